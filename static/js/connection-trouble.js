// Says that the wizard does not answer or that the session has ended, and sends the draft again afterwards.
import { byId } from "./dom.js";

const banner = byId("offline");
let reason = ""; // the id of the template with its text
let renewed = false;

const show = (id) => {
  if (reason === id) return;
  reason = id;
  banner.hidden = !id;
  banner.innerHTML = id && byId(id).innerHTML;
};

const sendAgain = () => document.querySelector("form[hx-post]")?.dispatchEvent(new Event("change"));

const renew = (token) => { // after a new login in another tab
  if (renewed) return;
  renewed = true;
  for (const each of document.querySelectorAll("[name=csrf_token]")) each.value = token;
  document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": token }));
  setTimeout(sendAgain);
};

addEventListener("focus", () => { if (reason) sendAgain(); });
document.addEventListener("htmx:error", () => show("no-answer"));
document.addEventListener("htmx:after:request", (event) => {
  const { status, headers } = event.detail.ctx.response;
  const token = headers.get("X-CSRFToken");
  if (token) return renew(token);
  const accepted = status < 400 || [409, 422].includes(status);
  if (accepted) renewed = false;
  show(accepted ? "" : status === 401 ? "signed-out" : "no-answer");
});
