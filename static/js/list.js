/* Lists of events change without a full reload: filters apply as soon as they are chosen, and links to another
   choice or another look (list, month, year, map) exchange what <main> shows. htmx asks for the very pages that
   visitors without scripts get. This file says what takes part, and makes the exchange as good as a navigation:
   styles first, focus, place on the page, announcement, head, way back. */
(() => {
  "use strict";
  const script = document.currentScript;
  const main = document.getElementById("inhalt");
  const SIGNS = ["pointermove", "pointerdown", "keydown", "scroll"];
  const SETTINGS = {
    target: "#inhalt", select: "#inhalt > *", swap: "innerHTML", sync: "#inhalt:replace", indicator: "#inhalt",
  };
  const CHOICES = "#filters :is([type=checkbox], [type=date]), select[form=filters], #filters select";
  const IN_HEAD = "link:is([rel=canonical], [rel=alternate], [rel=prev], [rel=next]), meta[name=robots]";
  const LANGUAGES = ":is(.site-header, .site-footer) a[hreflang]";
  const FAILURES = ["responseError", "sendError", "timeout", "swapError", "onLoadError", "targetError"];

  /* htmx 2 notes the address in the session storage, whatever its configuration says; where nothing can be
     written it does without. This site promises to keep nothing on its visitors' devices. */
  Storage.prototype.setItem = () => { throw new DOMException("Nothing is kept here.", "QuotaExceededError"); };

  /* The browser turns text into a page, or an address into a script, for two reasons alone (Trusted Types): it is
     the answer that was asked for here, or it is a file of this site. Nobody else may declare this policy again. */
  let answered = "";
  const files = new URL("../", script.src).href;
  window.trustedTypes?.createPolicy("default", {
    createHTML: (text) => (text === answered ? text : null),
    createScriptURL: (address) => (new URL(address, location.href).href.startsWith(files) ? address : null),
  });

  const make = (name, attributes) => {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return element;
  };
  const status = make("p", { class: "visually-hidden", role: "status" });
  const title = () => document.getElementById("results-title");

  /* What takes part: the form, and every link in <main> to one of the looks, whatever month or year it names. */
  const takePart = () => {
    const looks = [...main.querySelectorAll(".view-switch a")].map(({ pathname }) => pathname);
    const address = new RegExp(`^(${looks.map((path) => path.replace(/\d+/g, "\\d+")).join("|")})$`);
    for (const link of main.querySelectorAll("a[href]")) {
      const leads = link.origin === location.origin && address.test(link.pathname);
      if (leads) link.setAttribute("data-hx-boost", "true");
    }
    document.getElementById("filters")?.setAttribute("data-hx-boost", "true");
  };

  let latest = null;  // the request under way
  let cause = null;  // the element that it began with
  let origin = null;  // the element that had the focus then
  let place = null;  // where the page was left that the visitor returns to, px from its top

  /* htmx itself comes with the first sign that somebody uses the page: whoever only reads goes without. Should
     it not come, the form is sent as ever. */
  const awake = new Promise((done) => {
    const call = () => {
      for (const sign of SIGNS) removeEventListener(sign, call);
      const code = make("script", { src: script.dataset.htmx });
      code.onload = code.onerror = done;
      document.head.append(code);
    };
    for (const sign of SIGNS) addEventListener(sign, call, { passive: true });
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches(CHOICES) || !target.form.checkValidity()) return;
    awake.then(() => target.form?.requestSubmit());
  });
  /* The address names what was chosen: no empty field, no order that nobody asked for. */
  document.addEventListener("htmx:configRequest", ({ detail: { formData } }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
    const isGiven = document.getElementById("sort")?.selectedOptions[0]?.defaultSelected;
    if (isGiven && !new URLSearchParams(location.search).has("sort")) formData.delete("sort");
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    latest = detail.xhr;
    detail.error = "";  // no complaint on the console when a newer choice ends an older request
    cause = detail.requestConfig.triggeringEvent?.submitter ?? detail.elt;
    origin = document.activeElement;
    status.textContent = "";
  });

  /* Whatever goes wrong: the browser goes there itself and tells what the matter is. */
  const leave = ({ detail: { pathInfo } }) => location.assign(pathInfo?.finalRequestPath ?? location.href);
  for (const failure of FAILURES) document.addEventListener(`htmx:${failure}`, leave);

  /* The styles of the other page have to be there before its content is. */
  const dress = (page) => {
    const worn = new Set([...document.querySelectorAll("link[rel=stylesheet]")].map(({ href }) => href));
    const missing = [...page.querySelectorAll("link[rel=stylesheet]")].filter(({ href }) => !worn.has(href));
    return missing.map(({ href }) => new Promise((done) => {
      const link = make("link", { rel: "stylesheet", href });
      link.onload = link.onerror = done;
      document.head.append(link);
    }));
  };
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr } = event.detail;
    if (xhr.status !== 200) return;
    answered = xhr.responseText;
    if (xhr.page) return;
    xhr.page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const isList = xhr.page.getElementById("filters") !== null;
    const styles = isList ? dress(xhr.page) : [];
    if (isList && !styles.length) return;
    event.preventDefault();
    if (!isList) leave(event);
    else Promise.all(styles).then(() => xhr === latest && xhr.onload());
  });

  /* What the visitor has in hand is found again in the new content: the same field, the same link. */
  const nameOf = (details) => details.className + details.firstElementChild.textContent.replace(/[(\d].*/s, "");
  const kept = () => new Map([...main.querySelectorAll("details")].map((one) => [nameOf(one), one.open]));
  const again = (old) => {
    if (old.id) return document.getElementById(old.id);
    if (old.rel) return main.querySelector(`a[rel="${old.rel}"]`);
    const kin = [...main.querySelectorAll(old.localName)].filter((one) => one.className === old.className);
    const same = (one) => one.name === old.name && one.value === old.value && one.textContent === old.textContent;
    return kin.find((one) => one.href && one.href === old.href) ?? kin.find(same);
  };

  let before = null;
  document.addEventListener("htmx:beforeSwap", () => {
    const focused = document.activeElement, { top } = focused.getBoundingClientRect();
    const held = main.contains(focused) ? focused : null;
    before = { path: location.pathname, folds: kept(), focused, held, typed: focused.value, top };
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const one of main.querySelectorAll("details")) one.open = before.folds.get(nameOf(one)) ?? one.open;
    const goesOn = before.focused === origin && cause.matches(".pagination a, #filters button");
    if (goesOn) main.querySelector(".filters__more").open = false;
    takePart();
    handBack(goesOn);
    follow(latest.page);
    const page = main.querySelector(".pagination [aria-current]");
    status.textContent = [title(), page].map((one) => one?.textContent.trim()).filter(Boolean).join(", ");
    place = null;
  });

  /* Focus and place: with what was in hand, at the results where the visitor asked for them, where they were. */
  const handBack = (goesOn) => {
    const held = !goesOn && before.held && again(before.held);
    if (held) {
      if (/^(search|text)$/.test(held.type)) held.value = before.typed;
      held.focus({ preventScroll: true });
    } else if (before.held || goesOn) {
      title()?.setAttribute("tabindex", "-1");
      title()?.focus({ preventScroll: true });
    }
    if (place !== null) scrollTo({ top: place, behavior: "instant" });
    else if (goesOn) main.querySelector(".listing__results").scrollIntoView({ behavior: "instant" });
    else if (held && before.path === location.pathname) {
      scrollBy({ top: held.getBoundingClientRect().top - before.top, behavior: "instant" });
    }
  };

  /* What programs and the language switch read follows the content, and so do the scripts of one look alone
     (data-look): they attach to what stands in <main> and run for each new content. */
  const follow = (page) => {
    document.head.querySelectorAll(IN_HEAD).forEach((one) => one.remove());
    document.head.append(...page.head.querySelectorAll(IN_HEAD));
    const links = page.querySelectorAll(LANGUAGES);
    document.querySelectorAll(LANGUAGES).forEach((one, number) => { one.href = links[number].href; });
    document.querySelectorAll("script[data-look]").forEach((one) => one.remove());
    for (const { src } of page.querySelectorAll("script[data-look]")) {
      document.head.append(make("script", { src, "data-look": "" }));
    }
  };

  /* Back and forward: each entry of the history notes how far down the page was. */
  const note = () => history.replaceState({ ...history.state, top: scrollY }, "");
  document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history: update } }) => {
    if (update.path === location.pathname + location.search) update.type = "replace";
    else note();
  });
  addEventListener("scrollend", () => history.state?.htmx && place === null && note());
  addEventListener("popstate", ({ state }) => { place = state?.top ?? 0; });
  document.addEventListener("htmx:historyCacheMiss", (event) => {
    event.preventDefault();
    htmx.ajax("GET", location.href, { source: main, push: "false" });
  });

  for (const name in SETTINGS) main.setAttribute(`data-hx-${name}`, SETTINGS[name]);
  document.body.append(status);
  takePart();
})();
