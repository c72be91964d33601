// Select2 names its boxes by what is chosen; a screen reader needs the field's own name as well.
(function () {
  "use strict";

  function nameOf(select) {
    const label = document.querySelector('label[for="' + select.id + '"]');
    return select.getAttribute("aria-label") || (label ? label.textContent.replace(/:\s*$/, "").trim() : "");
  }

  function label(container) {
    const select = container.previousElementSibling;
    const box = container.querySelector('[role="combobox"]');
    const shown = container.querySelector(".select2-selection__rendered");
    if (!select || !box || !shown || select.tagName !== "SELECT") {
      return;
    }
    const chosen = select.selectedOptions.length ? select.selectedOptions[0].textContent.trim() : "";
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", [nameOf(select), chosen].filter(Boolean).join(": "));
    if (box.getAttribute("aria-owns")) {
      box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
      document.querySelectorAll(".select2-dropdown .select2-search__field").forEach(function (field) {
        field.setAttribute("aria-label", nameOf(select));
      });
    }
    // The box is one thing: what stands in it is no second field.
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
  }

  function labelAll() {
    document.querySelectorAll(".select2-container").forEach(function (container) {
      label(container);
    });
  }

  // Without scripts the menu is open; on narrow windows it would push everything else out of sight.
  function fold() {
    const menu = document.querySelector("details.menu");
    if (menu && window.matchMedia("(max-width: 767px)").matches) {
      menu.open = false;
    }
  }

  document.addEventListener("DOMContentLoaded", fold);
  new MutationObserver(labelAll).observe(document.documentElement, {childList: true, subtree: true});
  document.addEventListener("DOMContentLoaded", labelAll);
})();
