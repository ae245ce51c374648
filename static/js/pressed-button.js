// Holds back a swap while a button is pressed: it would replace the button before the click. Never for longer than that.
import { closest } from "./dom.js";
import { saveDraft } from "./draft.js";

const LONGEST_PRESS = 1000; // milliseconds; whatever becomes of the pointer, the page goes on

let pressedAt = -Infinity;
let missed = false;

document.addEventListener("pointerdown", (event) => {
  const presses = event.button === 0 && closest(event, "button[type=submit]:not([aria-disabled=true])");
  pressedAt = presses ? performance.now() : -Infinity;
}, true);

const release = () => setTimeout(() => { // after the click
  pressedAt = -Infinity;
  if (missed && !document.querySelector("[aria-busy]")) saveDraft(); // its answer brings what was held back
  missed = false;
});
for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, release, true);

document.addEventListener("htmx:before:swap", (event) => {
  if (performance.now() - pressedAt > LONGEST_PRESS) return;
  event.preventDefault();
  missed = true;
});
