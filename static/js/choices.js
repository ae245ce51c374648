// Fills a select with the options that it shares with others, once it is used: hundreds of rows would repeat them.
import { byId } from "./dom.js";

const fill = (event) => {
  const select = event.target.closest?.("select[data-choices]");
  if (!select) return;
  const shared = byId(select.dataset.choices).content.cloneNode(true);
  const chosen = select.value;
  delete select.dataset.choices;
  const values = new Set([...shared.children].map((option) => option.value));
  for (const option of [...select.options]) if (values.has(option.value)) option.remove();
  select.append(shared);
  select.value = chosen;
};
document.addEventListener("pointerdown", fill);
document.addEventListener("focusin", fill);
