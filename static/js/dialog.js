// Opens the page of a link in the dialog instead, and returns the focus to the link when it closes.
import { byId, closest } from "./dom.js";
import { saveDraft } from "./draft.js";

const dialog = byId("dialog");
let opener = "";

const open = async (link) => {
  opener = link.id;
  await htmx.ajax("GET", link.dataset.dialog || link.href, { source: dialog, target: dialog, swap: "innerHTML" });
  if (dialog.firstElementChild && !dialog.open) dialog.showModal();
};

document.addEventListener("click", (event) => {
  const link = closest(event, "[data-dialog]");
  if (link && window.htmx && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(link);
  }
  if (dialog.open && closest(event, "[data-close]")) {
    event.preventDefault();
    dialog.close();
  }
}, true);

dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  byId(opener)?.focus();
  saveDraft(); // however it was closed, what depends on the draft is right again
});

document.addEventListener("close-dialog", () => {
  byId("specific").checked = true; // choosing users implies that not everyone is meant
  dialog.close();
});
