// What visitors would see of an event, beside its form: drawn by the server from what is typed, shown in a
// shadow tree so that the site's own style sheet holds there and nowhere else. Without scripts it is not offered.
(function () {
  "use strict";

  const PAUSE = 700;
  const OPEN_FROM = "(min-width: 100rem)";
  const sheets = {};

  // In a shadow tree :root matches nothing, and widths are those of the box instead of the window.
  async function styles(url) {
    const sheet = new CSSStyleSheet();
    const text = await (await fetch(url)).text();
    await sheet.replace(
      text.replaceAll(":root", ":host").replace(/@media \(((?:min|max)-width: [\d.]+rem)\)/g, "@container ($1)") +
      ":host { display: block; container-type: inline-size; font: 1rem/1.5 var(--atlas-font); overflow-wrap: anywhere;" +
      " color: var(--kern-color-layout-text-default); background: var(--kern-color-layout-background-default); padding: .75rem; }" +
      ".preview__what { color: var(--kern-color-layout-text-muted); margin-block: .25rem .5rem; }" +
      ".event-list + .preview__what { margin-block-start: 1.5rem; }" +
      // The card's title follows the page's own here, so it is a heading of another level than in lists.
      ".event-card__title { font-size: 1.3125rem; letter-spacing: normal; line-height: 1.3; }" +
      ".preview__title { font-size: 1.75rem; font-weight: 700; line-height: 1.2; }" +
      ".event-head > * + * { margin-block-start: .75rem; }"
    );
    return sheet;
  }

  // Each <template class="public-look"> below the element becomes what it holds, in the site's own look.
  async function dress(place) {
    for (const template of place.querySelectorAll("template.public-look")) {
      const host = document.createElement("div");
      host.className = "public-look";
      host.lang = template.lang;
      const root = host.attachShadow({mode: "open"});
      root.append(template.content);
      root.querySelectorAll("a").forEach(function (link) {
        if (link.closest(".event-card__title")) {
          link.removeAttribute("href");
        } else {
          link.target = "_blank";
        }
      });
      const url = place.dataset.style;
      sheets[url] = sheets[url] || styles(url);
      root.adoptedStyleSheets = [await sheets[url]];
      template.replaceWith(host);
    }
  }

  function follow(preview) {
    const form = preview.closest("form");
    const looks = preview.querySelector(".preview__looks");
    const buttons = Array.from(preview.querySelectorAll("button"));
    let timer = 0;
    let asked = null;
    let drawn = "";

    function question() {
      const data = new FormData();
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string" && !(name.startsWith("_") && name !== "_language")) {
          data.append(name, value);
        }
      });
      data.set("_language", buttons.find(function (button) { return button.ariaPressed === "true"; }).value);
      return data;
    }

    async function draw() {
      if (!preview.open) {
        return;
      }
      if (asked) {
        asked.abort();
      }
      asked = new AbortController();
      const signal = asked.signal;
      try {
        const answer = await fetch(preview.dataset.url, {method: "POST", body: question(), signal: signal, redirect: "error"});
        const html = answer.ok ? await answer.text() : null;
        if (html === drawn) {
          return;
        }
        const fresh = looks.cloneNode(false);
        // The server's own template, escaped there.
        fresh.innerHTML = html === null ? "" : html;
        fresh.append(html === null ? looks.dataset.failed : "");
        await dress(fresh);
        if (!signal.aborted) {
          looks.replaceChildren(...fresh.childNodes);
          // Not before: what was overtaken while its style sheet came is not to be seen.
          drawn = html;
        }
      } catch (error) {
        if (error.name !== "AbortError") {
          drawn = "";
          looks.replaceChildren(looks.dataset.failed);
        }
      }
    }

    function soon() {
      clearTimeout(timer);
      timer = setTimeout(draw, PAUSE);
    }

    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        buttons.forEach(function (other) { other.ariaPressed = String(other === button); });
        draw();
      });
    });
    preview.addEventListener("toggle", draw);
    // Select2 tells its changes through jQuery alone, which hears those of the browser as well.
    const jQuery = window.django && window.django.jQuery;
    if (jQuery) {
      jQuery(form).on("input change", soon);
    }
    document.addEventListener("formset:removed", soon);
    preview.hidden = false;
    preview.open = matchMedia(OPEN_FROM).matches;
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("details.preview").forEach(follow);
    document.querySelectorAll(".move .preview__looks").forEach(dress);
  });
})();
