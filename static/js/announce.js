// Lets screen readers speak: text that a swap has changed, and the messages of a new page.
import { byId } from "./dom.js";

const announcer = byId("announcer");
const lastTexts = {};

export const announce = (text) => { announcer.textContent = text; };

const announceChanges = (aloud) => {
  for (const piece of document.querySelectorAll("[data-announce]")) {
    const text = piece.dataset.announce;
    if (aloud && lastTexts[piece.id] !== text) announce(text);
    lastTexts[piece.id] = text;
  }
};

document.addEventListener("htmx:after:swap", () => announceChanges(true));
announceChanges(false);

// a screen reader does not speak what a live region contains from the beginning
const flashed = [...document.querySelectorAll("[data-flash]")];
if (flashed.length) setTimeout(() => announce(flashed.map((each) => each.innerText).join(" ")), 100);
