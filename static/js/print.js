// The button that prints the page.
import { closest } from "./dom.js";

document.addEventListener("click", (event) => { if (closest(event, "[data-print]")) print(); }, true);
