// While an editor types a name or a title, a box below it tells what is entered already. Without scripts the box comes with the form.
(function () {
  "use strict";

  const PAUSE = 600;
  const ASKED = [
    "title", "title_en", "name", "name_de", "name_en", "short_name", "given_name", "family_name", "aliases", "synonyms",
    "starts_on", "ends_on", "date_precision", "series", "edition", "parent", "mode", "website", "registration_url",
    "city", "state", "country", "street", "kind",
  ];

  function start() {
    const hint = document.querySelector(".twins-hint");
    const first = hint && document.getElementById("id_" + hint.dataset.below);
    if (!hint || !first) {
      return;
    }
    let timer = 0;
    let asked = null;
    const row = first.closest(".form-row");
    if (row) {
      row.after(hint);
    }

    function question() {
      const query = new URLSearchParams();
      ASKED.forEach(function (name) {
        const field = document.getElementById("id_" + name);
        if (field && field.value) {
          query.set(name, field.value);
        }
      });
      const venue = document.querySelector('select[name="venue_links-0-venue"]');
      if (venue && venue.value) {
        query.set("venue", venue.value);
      }
      if (hint.dataset.key) {
        query.set("key", hint.dataset.key);
      }
      return query;
    }

    async function ask() {
      if (asked) {
        asked.abort();
      }
      asked = new AbortController();
      try {
        const answer = await fetch(hint.dataset.url + "?" + question(), {signal: asked.signal, redirect: "error"});
        // The server's own template, escaped there.
        hint.innerHTML = answer.status === 200 ? await answer.text() : "";
      } catch (error) {
        if (error.name !== "AbortError") {
          hint.replaceChildren();
        }
      }
    }

    function soon(event) {
      const name = event.target.name || "";
      if (ASKED.includes(name) || name === "venue_links-0-venue") {
        clearTimeout(timer);
        timer = setTimeout(ask, PAUSE);
      }
    }

    // Select2 tells its changes through jQuery alone, which hears those of the browser as well.
    const jQuery = window.django && window.django.jQuery;
    if (jQuery) {
      jQuery(first.form).on("input change", soon);
    } else {
      first.form.addEventListener("input", soon);
    }
  }

  document.addEventListener("DOMContentLoaded", start);
})();
