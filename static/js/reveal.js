// Shows what is typed into a password field, until the form is sent.
import { byId, closest } from "./dom.js";

const reveal = (button, shown) => {
  byId(button.dataset.reveal).type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", shown);
};

document.addEventListener("click", (event) => {
  const button = closest(event, "[data-reveal]");
  if (button) reveal(button, button.getAttribute("aria-pressed") !== "true");
});

document.addEventListener("submit", (event) => { // else browsers offer it again as a text
  for (const button of event.target.querySelectorAll("[data-reveal]")) reveal(button, false);
});
