// Says at once that a file is larger than the server takes, so that nothing typed is sent in vain.
"use strict";

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.type !== "file" || !input.dataset.most) return;
  const file = input.files[0];
  const isLarge = Boolean(file) && file.size > Number(input.dataset.most);
  input.setCustomValidity(isLarge ? input.dataset.tooLarge : "");
  if (isLarge) input.reportValidity();
});
