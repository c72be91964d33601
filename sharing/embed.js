/* Makes the frames of this site as high as their content. Put it once on a page that embeds some:
   <script src="https://…/embed.js" async></script>
   It asks frames of its own origin alone, listens to them alone, and stores nothing. */
(() => {
  "use strict";
  const origin = new URL(document.currentScript.src).origin;
  const TALLEST = 20000;

  const own = () => [...document.querySelectorAll("iframe")].filter((frame) => {
    try {
      return new URL(frame.src).origin === origin;
    } catch {
      return false;
    }
  });

  window.addEventListener("message", (event) => {
    if (event.origin !== origin || !event.data || event.data.type !== "kongressatlas:height") return;
    const height = Number(event.data.height);
    const frame = own().find((one) => one.contentWindow === event.source);
    if (!frame || !(height > 0 && height <= TALLEST)) return;
    frame.style.height = `${Math.ceil(height)}px`;
  });

  // Frames that were quicker than this script have told their height to nobody.
  const ask = () => own().forEach((frame) => {
    // To any origin: a frame that has not been loaded yet has none, and nothing is told.
    frame.contentWindow?.postMessage({ type: "kongressatlas:ask" }, "*");
  });
  ask();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ask);
})();
