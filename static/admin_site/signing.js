// Hands the page's own names to allauth's script, and tells when a security key was not read.
(() => {
  const start = document.currentScript.dataset.start;
  const button = document.getElementById("use-key");
  const problem = document.getElementById("key-problem");
  if (!button || !window.PublicKeyCredential) {
    problem.hidden = false;
    return;
  }
  button.hidden = false;
  button.addEventListener("click", () => { problem.hidden = true; });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    problem.hidden = false;
  });
  const credential = button.form.elements.credential.id;
  window.allauth.webauthn.forms[start]({
    ids: { add: "use-key", authenticate: "use-key", credential, data: "key-data" },
  });
})();
