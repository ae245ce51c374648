// Drops a swap that arrives while a button is held down: it would replace the button before the click.
import { closest } from "./dom.js";

let pressed = false;

document.addEventListener("pointerdown", (event) => { pressed = Boolean(closest(event, "button[type=submit]")); });
document.addEventListener("click", () => { setTimeout(() => { pressed = false; }); });
document.addEventListener("pointercancel", () => { pressed = false; });
document.addEventListener("htmx:before:swap", (event) => { if (pressed) event.preventDefault(); });
