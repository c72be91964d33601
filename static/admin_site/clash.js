// While an editor types the days of an event, a line below them tells what else is on. Without scripts nothing is missing.
(function () {
  "use strict";

  const PAUSE = 500;

  function start() {
    const hint = document.querySelector(".clash-hint");
    const first = document.getElementById("id_starts_on");
    const last = document.getElementById("id_ends_on");
    if (!hint || !first || !last) {
      return;
    }
    let timer = 0;
    let asked = null;

    function values(selector) {
      return Array.from(document.querySelectorAll(selector), function (field) { return field.value; }).filter(Boolean);
    }

    function question() {
      const query = new URLSearchParams({from: first.value});
      if (last.value) {
        query.set("to", last.value);
      }
      values('select[name^="topic_links-"][name$="-topic"]').forEach(function (key) { query.append("topic", key); });
      values('input[name="audiences"]:checked').forEach(function (value) { query.append("audience", value); });
      values('select[name^="venue_links-"][name$="-venue"]').slice(0, 1).forEach(function (key) { query.set("venue", key); });
      if (hint.dataset.event) {
        query.set("event", hint.dataset.event);
      }
      return query;
    }

    async function ask() {
      if (asked) {
        asked.abort();
      }
      if (!first.value) {
        hint.replaceChildren();
        return;
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
      if (/^(starts_on|ends_on|audiences|(topic|venue)_links-\d+-(topic|venue))$/.test(name)) {
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
    // A form that was filled in beforehand has its days already.
    if (first.value && !hint.dataset.event) {
      ask();
    }
  }

  document.addEventListener("DOMContentLoaded", start);
})();
