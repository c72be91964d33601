// Text becomes part of a page only where nothing in it would run (Trusted Types): the editors' pages are made with
// jQuery and Select2, which write HTML as text. Comes before them. Scripts are never made of text here.
(function () {
  "use strict";

  const REFUSED = "script, iframe, frame, object, embed, base, meta, link, style, form[action]";
  const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "srcdoc"];
  let looking = false;

  function runs(element) {
    return Array.from(element.attributes).some(function (attribute) {
      const address = ADDRESSES.includes(attribute.name) && attribute.value.replace(/[\0-\x20]/g, "");
      return attribute.name.startsWith("on") || /^(javascript|data|vbscript):/i.test(address || "");
    });
  }

  function isStill(content) {
    return !content.querySelector(REFUSED) && Array.from(content.querySelectorAll("*")).every(function (element) {
      return !runs(element) && (element.localName !== "template" || isStill(element.content));
    });
  }

  // A template's content belongs to no page: nothing of it is fetched or run while it is looked at.
  function harmless(text) {
    const template = document.createElement("template");
    looking = true;
    try {
      template.innerHTML = text;
    } finally {
      looking = false;
    }
    return isStill(template.content);
  }

  if (window.trustedTypes) {
    window.trustedTypes.createPolicy("default", {
      createHTML: function (text) {
        return looking || harmless(text) ? text : null;
      }
    });
  }
})();
