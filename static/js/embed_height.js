/* Tells the page that embeds this one how high it is; that page decides what to do with the number. */
(() => {
  "use strict";
  const root = document.documentElement;
  const tell = () => {
    const height = Math.ceil(root.getBoundingClientRect().height);
    window.parent.postMessage({ type: "kongressatlas:height", height }, "*");
  };
  if (window.parent === window) return;
  new ResizeObserver(tell).observe(root);
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.data?.type === "kongressatlas:ask") tell();
  });
})();
