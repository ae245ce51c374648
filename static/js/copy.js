// Copies the text of another element to the clipboard.
import { announce } from "./announce.js";
import { byId, closest } from "./dom.js";

const copy = async (button) => {
  const source = byId(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch { // a page without TLS has no clipboard
    const details = source.closest("details");
    if (details) details.open = true;
    getSelection().selectAllChildren(source);
    document.execCommand("copy");
  }
  const label = button.querySelector("span");
  const before = (label.dataset.text ??= label.textContent);
  label.textContent = document.body.dataset.copied;
  announce(document.body.dataset.copied);
  setTimeout(() => { label.textContent = before; }, 2000);
};

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-copy]");
  if (button) copy(button);
}, true);
