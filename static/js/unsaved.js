// Asks before a page is left whose form was changed and not sent.
import { closest } from "./dom.js";

const changed = new Set(document.querySelectorAll("form[data-unsaved][data-is-changed]"));

const note = (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) changed.add(form);
};
document.addEventListener("input", note);
document.addEventListener("change", note);
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("click", (event) => { if (closest(event, "[data-leaves]")) changed.clear(); }); // the page has asked

addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault(); // the browser asks in its own words
});
