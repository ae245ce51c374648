// Makes a passkey, or signs with one, and sends the answer with the form of the button.
import { closest } from "./dom.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const read = (options) => {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const each of [...(options.allowCredentials ?? []), ...(options.excludeCredentials ?? [])]) each.id = bytes(each.id);
  return options;
};

const written = ({ id, rawId, type, response }) => {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const present = parts.filter((name) => response[name]);
  return JSON.stringify({
    id, rawId: text(rawId), type, response: Object.fromEntries(present.map((name) => [name, text(response[name])])),
  });
};

const answer = async (button, form) => {
  const token = form.elements.csrf_token.value;
  const sent = await fetch(button.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } });
  if (sent.status === 401) return ""; // the page that the form leads to says what has to be done first
  if (!sent.ok) throw new Error(sent.status);
  const credential = await navigator.credentials[button.dataset.passkey]({ publicKey: read(await sent.json()) });
  return written(credential);
};

const run = async (button) => {
  const { form } = button;
  const trouble = form.querySelector("[data-passkey-trouble]");
  trouble.hidden = true;
  button.setAttribute("aria-busy", "true");
  try {
    form.elements[button.dataset.field].value = await answer(button, form);
    form.submit();
  } catch {
    trouble.hidden = false;
    button.removeAttribute("aria-busy");
  }
};

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-passkey]");
  if (!button) return;
  event.preventDefault();
  if (!button.hasAttribute("aria-busy")) run(button);
});
