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
# The rules of those that look at colours.
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
RUN_AXE = """async (rules) => {
  const found = await axe.run(document, {
    ...rules, resultTypes: ["violations"], iframes: false, preload: false});
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


def violations(page: Page, *, colours_only: bool = False, best_practice: bool = False) -> list[str]:
    """What axe finds: ["rule: its meaning: selector"], one for each element.

    `colours_only` serves a second look at the same page in other colours: nothing else can differ.
    """
    rules = COLOUR_RULES if colours_only else ADVICE if best_practice else ALL_RULES
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(RUN_AXE, rules)


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
