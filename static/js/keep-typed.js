// A whole page that answers a form replaces it: what was typed since the form was sent, and passwords, go along.
import { byId } from "./dom.js";
import { saveDraft } from "./draft.js";

const TYPED = "input[id]:not([type=hidden], [type=file]), select[id], textarea[id]";

let sent = new Map();
let typed = [];
let place = null;

const stateOf = (control) => (control.matches("[type=checkbox], [type=radio]") ? control.checked : control.value);
const states = () => new Map([...document.querySelectorAll(`main form[hx-post] :is(${TYPED})`)]
  .map((control) => [control.id, stateOf(control)]));

const isWholePage = (event) => event.detail.tasks.some(({ target }) => target?.matches?.("main"));

const restore = ([id, state]) => {
  const control = byId(id);
  if (!control?.matches(TYPED)) return;
  if (typeof state === "boolean") control.checked = state;
  else control.value = state;
  const folded = control.closest("details");
  if (folded && state) folded.open = true;
};

document.addEventListener("htmx:before:request", (event) => {
  if (event.target.matches?.("main form[hx-post], main form[hx-post] *")) sent = states();
});

document.addEventListener("htmx:before:swap", (event) => {
  if (event.defaultPrevented || !isWholePage(event)) return;
  const active = document.activeElement;
  place = active.matches(TYPED) ? { id: active.id, start: active.selectionStart, end: active.selectionEnd } : null;
  typed = [...states()].filter(([id, state]) => state !== sent.get(id) || (state && byId(id).type === "password"));
});

document.addEventListener("htmx:after:swap", () => {
  if (!typed.length && !place) return;
  typed.forEach(restore);
  const active = place && byId(place.id);
  active?.focus();
  if (active && place.start !== null) active.setSelectionRange(place.start, place.end);
  if (typed.some(([id, state]) => state !== sent.get(id))) saveDraft();
  typed = [];
  place = null;
});
