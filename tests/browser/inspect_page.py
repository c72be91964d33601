"""What a machine can see of a page's accessibility: axe's rules, width, text that is cut off."""

from importlib.resources import files

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# WCAG 2.0 to 2.2, A and AA. The size of targets (2.5.8) is in there, yet has to be switched on.
ALL_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
}
# What axe's makers advise beyond them: headings in order, landmarks, names that say more than a title.
ADVICE = {
    **ALL_RULES,
    "runOnly": {"type": "tag", "values": [*ALL_RULES["runOnly"]["values"], "best-practice"]},
}
# The rules of those that look at colours: they take two thirds of axe's time.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Each text's element under a key of all that its contrast can follow from: its colour, size and weight, and
# what lies beneath it, layer by layer. What is placed out of the flow may lie on anything: it gets a key of
# its own each time. `judged` keeps the keys that axe has seen since the page was loaded.
SITUATIONS = """
(() => {
  const numbers = new Map();
  let alone = 0;
  const layer = (one, layers) => {
    if (!one) return 0;
    if (!layers.has(one)) {
      const style = getComputedStyle(one);
      const isPlaced = /absolute|fixed|sticky/.test(style.position) || style.transform !== "none" ||
        parseFloat(style.marginTop) < 0 || parseFloat(style.marginLeft) < 0;
      const key = [layer(one.parentElement, layers), style.color, style.backgroundColor,
        style.backgroundImage, style.opacity, style.filter, style.mixBlendMode, style.textShadow,
        style.zIndex, isPlaced && ++alone].join();
      if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
      layers.set(one, numbers.get(key));
    }
    return layers.get(one);
  };
  window.judged = new Set();
  window.situations = () => {
    const layers = new Map(), found = new Map();
    for (const one of document.body.querySelectorAll("*")) {
      const isText = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!one.checkVisibility() || !(isText || one.matches("input, select, textarea"))) continue;
      const {fontSize, fontWeight, textDecorationLine} = getComputedStyle(one);
      const key = [layer(one, layers), fontSize, fontWeight, textDecorationLine, one.localName];
      found.set(key.join(), one);
    }
    return found;
  };
})();
"""
RUN_AXE = """async ({rules, onlyNew}) => {
  const there = situations();
  const nodes = [...there].filter(([key]) => !judged.has(key)).map(([, one]) => one);
  if (onlyNew && !nodes.length) return [];
  const found = await axe.run(onlyNew ? {include: nodes} : document, {
    ...rules, resultTypes: ["violations"], iframes: false, preload: false});
  if (rules.rules?.["color-contrast"]?.enabled !== false) for (const key of there.keys()) judged.add(key);
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${rule.help}: ${node.target.flat().join(" ")}`));
}"""
UNFOLD = """() => document.querySelectorAll("details").forEach((one) => one.open = true)"""
# The innermost elements that reach beyond the window; hidden ones keep their unseen width.
TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && getComputedStyle(one).clipPath === "none" &&
      Math.max(box.right, box.left + one.scrollWidth) > root.clientWidth + 1;
  });
  return wide.filter((one) => !wide.some((other) => other !== one && one.contains(other))).map((one) =>
    `${root.scrollWidth} px instead of ${root.clientWidth}: ${one.tagName.toLowerCase()}` +
    `.${one.className} ${one.textContent.trim().slice(0, 40)}`);
}"""
CUT_OFF = """() => [...document.body.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return /hidden|clip/.test(style.overflowX + style.overflowY) &&
    !["SELECT", "INPUT"].includes(one.tagName) && one.innerText &&
    one.clientWidth > 1 && one.clientHeight > 1 &&
    (one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 2);
}).map((one) => `cut off: ${one.tagName.toLowerCase()}.${one.className} ${one.innerText.slice(0, 40)}`)"""


def violations(page: Page, *, best_practice: bool = False, colours: bool = True) -> list[str]:
    """What axe finds: ["rule: its meaning: selector"], one for each element."""
    rules = ADVICE if best_practice else ALL_RULES
    if not colours:
        off = {name: {"enabled": False} for name in COLOUR_RULES}
        rules = {**rules, "rules": {**rules["rules"], **off}}
    return run_axe(page, rules)


def violations_of_new_colours(page: Page) -> list[str]:
    """What axe finds in texts that it has not seen yet on this page in these colours.

    For a second look at a page in other colours or in another width. Texts in the same situation have the
    same contrast: one of them stands for all.
    """
    return run_axe(page, {"runOnly": {"type": "rule", "values": COLOUR_RULES}}, only_new=True)


def run_axe(page: Page, rules: dict, *, only_new: bool = False) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE + ";" + SITUATIONS)
    return page.evaluate(RUN_AXE, {"rules": rules, "onlyNew": only_new})


def unfold(page: Page) -> None:
    """Opens everything that can be unfolded."""
    page.evaluate(UNFOLD)


def overflow(page: Page) -> list[str]:
    """What makes the page wider than its window."""
    return page.evaluate(TOO_WIDE)[:3]


def cut_off(page: Page) -> list[str]:
    return page.evaluate(CUT_OFF)[:3]


def set_text_size(page: Page, percent: int) -> None:
    """As a visitor sets it in the browser."""
    session = page.context.new_cdp_session(page)
    sizes = {"standard": 16 * percent // 100, "fixed": 13 * percent // 100}
    session.send("Page.setFontSizes", {"fontSizes": sizes})
    session.detach()
