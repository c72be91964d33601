/* Whoever follows a link to a part of the description finds it open. */
(() => {
  "use strict";
  const show = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", show);
  show();
})();
