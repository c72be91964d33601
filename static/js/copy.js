/* Shows the buttons that copy a text, where the browser can: <button hidden data-copy="the text">, or
   data-copy-from="id of a field". What follows the button says that it is done. */
(() => {
  "use strict";
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
    const said = document.getElementById(button.getAttribute("aria-describedby"));
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copyFrom);
      try {
        await navigator.clipboard.writeText(field ? field.value : button.dataset.copy);
        said.textContent = said.dataset.done;
      } catch {
        said.textContent = said.dataset.failed;
      }
    });
  }
})();
