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
  label.textContent = label.dataset.copied;
  announce(label.dataset.copied);
  setTimeout(() => { label.textContent = label.dataset.text; }, 2000);
};

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-copy]");
  if (button) copy(button);
}, true);
