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

const renew = (token) => { // after a new login in another tab
  if (renewed) return;
  renewed = true;
  for (const each of document.querySelectorAll("[name=csrf_token]")) each.value = token;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": token }));
  setTimeout(saveDraft);
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
  if (token) return renew(token);
  if (status < 400 || [409, 422].includes(status)) return goOn();
  trouble(status === 401 ? "signed-out" : "no-answer");
});
