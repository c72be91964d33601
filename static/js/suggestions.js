/* Suggestions while typing, for each <input data-suggest="address of the suggestions">. Without this file the
   fields are plain search forms.

   The pattern is "Editable Combobox With List Autocomplete", manual selection, of the ARIA Authoring Practices
   Guide: focus stays in the field, aria-activedescendant tells the chosen option, nothing is chosen until an arrow
   key is pressed. The texts come with the answers, in the language of the page. */
(() => {
  "use strict";
  const WAIT = 120, LEAST = 2, MOST = 100;
  const script = document.currentScript;
  let number = 0, isDressed = false;

  const make = (name, attributes, text) => {
    const element = document.createElement(name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (text) element.textContent = text;
    return element;
  };

  /* The looks are fetched with the first field that is used. */
  const dress = () => {
    if (isDressed || !script.dataset.styles) return;
    isDressed = true;
    document.head.append(make("link", { rel: "stylesheet", href: script.dataset.styles }));
  };

  const enhance = (field) => {
    const id = `suggestions-${++number}`;
    const list = make("div", { id, class: "suggestions", role: "listbox", hidden: "" });
    const status = make("div", { class: "visually-hidden", role: "status" });
    const answers = new Map();
    let active = null, asked = "", timer = 0, running = null;

    for (const [key, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", id],
      ["aria-expanded", "false"], ["autocomplete", "off"]]) field.setAttribute(key, value);
    field.parentElement.append(list, status);

    const isOpen = () => !list.hidden;
    const choose = (option) => {
      active?.setAttribute("aria-selected", "false");
      active = option;
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };
    const open = () => {
      const some = list.childElementCount > 0 && document.activeElement === field;
      list.hidden = !some;
      field.setAttribute("aria-expanded", String(some));
    };
    const close = () => {
      clearTimeout(timer);
      running?.abort();
      choose(null);
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      status.textContent = "";
    };

    const show = (answer) => {
      choose(null);
      list.setAttribute("aria-label", answer.label);
      list.replaceChildren(...answer.suggestions.map((one, place) => {
        const option = make("a", {
          id: `${id}-${place}`, class: "suggestion", role: "option", href: one.url, tabindex: "-1",
          "aria-selected": "false",
        });
        const name = make("span", { class: "suggestion__name" }, one.label);
        if (one.lang) name.lang = one.lang;
        option.append(name, " ", make("span", { class: "suggestion__kind" },
          one.detail ? `${one.kind} · ${one.detail}` : one.kind));
        return option;
      }));
      open();
      status.textContent = document.activeElement === field ? answer.announcement : "";
    };

    const ask = async () => {
      const words = field.value.trim();
      asked = words;
      running?.abort();
      if (words.length < LEAST || words.length > MOST) {
        list.replaceChildren();
        return close();
      }
      if (answers.has(words)) return show(answers.get(words));
      running = new AbortController();
      try {
        const address = `${field.dataset.suggest}?q=${encodeURIComponent(words)}`;
        const response = await fetch(address, { signal: running.signal, credentials: "omit" });
        if (!response.ok) return close();
        const answer = await response.json();
        answers.set(words, answer);
        if (asked === words) show(answer);
      } catch (problem) {
        if (problem.name !== "AbortError") close();
      }
    };
    const askSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    };

    const step = (forward) => {
      const options = [...list.children];
      const at = options.indexOf(active) + (forward ? 1 : -1);
      /* Beyond the last option lies the field itself, then the first one again. */
      if (active) choose(options[at] ?? null);
      else choose(options.at(forward ? 0 : -1));
    };
    const keys = {
      ArrowDown: (event) => {
        event.preventDefault();
        if (!isOpen()) return list.childElementCount ? (open(), event.altKey || step(true)) : ask();
        if (!event.altKey) step(true);
      },
      ArrowUp: (event) => {
        if (!isOpen()) return;
        event.preventDefault();
        if (event.altKey) close();
        else step(false);
      },
      Enter: (event) => {
        if (!active) return close();
        event.preventDefault();
        active.click();
      },
      Escape: (event) => {
        if (!isOpen()) return;
        event.preventDefault();
        close();
      },
      Tab: close,
    };
    for (const key of ["Home", "End", "ArrowLeft", "ArrowRight"]) keys[key] = () => choose(null);

    field.addEventListener("keydown", (event) => {
      if (!event.isComposing && event.keyCode !== 229) keys[event.key]?.(event);
    });
    field.addEventListener("input", (event) => event.isComposing || askSoon());
    field.addEventListener("compositionend", askSoon);
    field.addEventListener("focus", dress);
    field.addEventListener("blur", close);
    field.form?.addEventListener("submit", close);
    /* Pressing an option must not take the focus away: the list would be gone before it is let go. */
    list.addEventListener("mousedown", (event) => event.preventDefault());
    /* A page that the browser kept and shows again starts closed. */
    addEventListener("pagehide", close);
  };

  const enhanceAll = () => document.querySelectorAll("input[data-suggest]:not([role])").forEach(enhance);
  enhanceAll();
  /* A list that changes without a reload (list.js) brings a new field. */
  document.addEventListener("htmx:afterSwap", enhanceAll);
})();
