// Quick and safe typing in the editors' forms. Without scripts the same forms work; nothing is kept in the browser.
(function () {
  "use strict";

  const PAUSE = 400;

  // -- nothing is lost: leaving a form with unsaved changes asks first -----------------------------------

  // What the form would send. Scripts of the admin fire events while the page is made; values tell the truth.
  function told(form) {
    return JSON.stringify(Array.from(new FormData(form), function ([name, value]) {
      return [name, typeof value === "string" ? value : value.name];
    }));
  }

  function guard(form) {
    // A form that came back with errors holds what is saved nowhere.
    let saved = null;
    let sending = false;
    window.addEventListener("load", function () {
      saved = document.querySelector(".errornote, .problems") ? "" : told(form);
    });
    form.addEventListener("submit", function () { sending = true; });
    window.addEventListener("beforeunload", function (event) {
      if (!sending && saved !== null && saved !== told(form)) {
        event.preventDefault();
      }
    });
  }

  // -- Ctrl+S, or Cmd+S, saves and stays ---------------------------------------------------------------

  function listen(form) {
    const button = form.querySelector("[name=_continue]") || form.querySelector("[type=submit]");
    if (!button) {
      return;
    }
    button.setAttribute("aria-keyshortcuts", "Control+S");
    document.addEventListener("keydown", function (event) {
      const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
      if (isSave) {
        event.preventDefault();
        if (!event.repeat) {
          form.requestSubmit(button);
        }
      }
    });
  }

  // -- dates as the organiser writes them fill in the fields below --------------------------------------

  function read(field) {
    const names = ["starts_on", "ends_on", "start_time", "end_time", "date_precision"];
    const told = document.createElement("p");
    let timer = 0;
    let asked = null;
    told.className = "pasted";
    told.setAttribute("role", "status");
    field.closest(".form-row").append(told);

    function fill(values) {
      Object.entries(values).forEach(function ([name, value]) {
        const target = document.getElementById("id_" + name);
        if (target && target.value !== value) {
          target.value = value;
          target.dispatchEvent(new Event("input", {bubbles: true}));
          target.dispatchEvent(new Event("change", {bubbles: true}));
        }
      });
    }

    async function ask() {
      if (asked) {
        asked.abort();
      }
      if (!field.value.trim()) {
        told.textContent = "";
        return;
      }
      asked = new AbortController();
      try {
        const query = new URLSearchParams({text: field.value});
        const answer = await (await fetch(field.dataset.url + "?" + query, {signal: asked.signal, redirect: "error"})).json();
        told.textContent = answer.error || answer.said;
        told.classList.toggle("pasted--refused", Boolean(answer.error));
        if (answer.values) {
          filling = true;
          fill(answer.values);
          filling = false;
        }
      } catch (error) {
        if (error.name !== "AbortError") {
          // The server reads the text once more when the form is sent.
          told.textContent = "";
        }
      }
    }

    let filling = false;
    field.addEventListener("input", function (event) {
      clearTimeout(timer);
      timer = setTimeout(ask, /^insertFromPaste/.test(event.inputType) ? 0 : PAUSE);
    });
    field.addEventListener("change", function () {
      clearTimeout(timer);
      ask();
    });
    // Who corrects a day by hand means that day: the text would win when the form is sent.
    names.forEach(function (name) {
      const target = document.getElementById("id_" + name);
      if (target) {
        target.addEventListener("input", function () {
          if (!filling) {
            field.value = told.textContent = "";
          }
        });
      }
    });
  }

  // -- a name that the list does not know goes along to the form of a new entry -------------------------

  function carry() {
    const jQuery = window.django && window.django.jQuery;
    const typed = new WeakMap();
    if (!jQuery) {
      return;
    }
    jQuery(document).on("select2:closing", function (event) {
      const box = document.querySelector(".select2-container--open .select2-search__field");
      typed.set(event.target, box ? box.value.trim() : "");
    });
    jQuery(document).on("select2:select", function (event) { typed.delete(event.target); });
    document.addEventListener("click", function (event) {
      const link = event.target.closest("a.related-widget-wrapper-link.add-related");
      const select = link && link.parentElement.querySelector("select");
      const name = select && typed.get(select);
      if (!name) {
        return;
      }
      const address = new URL(link.href);
      const words = name.split(/\s+/);
      if (address.pathname.endsWith("/speaker/add/")) {
        address.searchParams.set("family_name", words.pop());
        address.searchParams.set("given_name", words.join(" "));
      } else {
        address.searchParams.set(address.pathname.endsWith("/topic/add/") ? "name_de" : "name", name);
      }
      link.href = address.href;
    }, true);
  }

  document.addEventListener("DOMContentLoaded", function () {
    const form = document.querySelector("#content-main form[id$=_form]");
    const dates = document.getElementById("id_pasted_dates");
    if (form && document.body.classList.contains("change-form")) {
      guard(form);
      listen(form);
      carry();
    }
    if (dates) {
      read(dates);
    }
  });
})();
