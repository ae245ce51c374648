// A disabled button stays focusable; pressing it leads to the text that says why it is disabled.
import { byId, closest } from "./dom.js";
import { focusOn } from "./focus.js";

document.addEventListener("click", (event) => {
  const disabled = closest(event, "[aria-disabled=true]");
  if (!disabled) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  focusOn(byId(disabled.getAttribute("aria-describedby")));
}, true);
