// Says that the wizard does not answer or that the session has ended, and saves the draft again afterwards.
// Until then no form leaves the page: what is typed on it would be lost.
import { byId } from "./dom.js";
import { saveDraft } from "./draft.js";
import { focusOn } from "./focus.js";

const banner = byId("offline");
let reason = ""; // the id of the template with its text
let renewed = false;
let pressed = null; // name and value of the button that waits for the draft to be saved

const show = (id) => {
  const dialog = document.querySelector("dialog[open]"); // what is below it can be read, and not be used
  if (dialog && id) dialog.append(banner);
  if (reason === id) return;
  reason = id;
  banner.hidden = !id;
  banner.innerHTML = id && byId(id).innerHTML;
};

const trouble = (id) => {
  show(id);
  if (pressed) focusOn(banner.querySelector("a") ?? banner);
  pressed = null;
};

const goOn = () => {
  show("");
  renewed = false;
  const { name, value } = pressed ?? {};
  pressed = null;
  // after the swap, which may bring the button anew
  if (name) setTimeout(() => document.querySelector(`main form[hx-post] [name="${name}"][value="${value}"]`)?.click());
};

// It belongs behind the dialog, which is emptied when it closes.
document.addEventListener("close", (event) => event.target.after(banner), true);

const sendAgain = (element) => {
  if (element.matches("form")) element.requestSubmit();
  else element.dispatchEvent(new Event("change", { bubbles: true }));
};

const renew = (token, sender) => { // after a new login in another tab
  if (renewed) return;
  renewed = true;
  for (const each of document.querySelectorAll("[name=csrf_token]")) each.value = token;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": token }));
  setTimeout(() => (sender.closest("dialog") ? sendAgain(sender) : saveDraft()));
};

document.addEventListener("submit", (event) => {
  if (!reason || !event.target.matches("main form[hx-post]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pressed = { name: event.submitter?.name, value: event.submitter?.value };
  saveDraft();
}, true);

addEventListener("focus", () => { if (reason) saveDraft(); });
document.addEventListener("htmx:error", () => trouble("no-answer"));
document.addEventListener("htmx:after:request", (event) => {
  const { status, headers } = event.detail.ctx.response;
  const token = headers.get("X-CSRFToken");
  if (token) return renew(token, event.target);
  if (status < 400 || [409, 422].includes(status)) return goOn();
  trouble(status === 401 ? "signed-out" : "no-answer");
});
