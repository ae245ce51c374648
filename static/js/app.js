// What the pages gain from script beyond htmx. Everything works without it.
import "./needs-script.js"; // before anything scrolls to its place
import "./time-zone.js";
import "./disabled.js"; // before the others that listen for clicks, which it stops
import "./copy.js";
import "./reveal.js";
import "./print.js";
import "./dialog.js";
import "./submit-once.js";
import "./draft-order.js";
import "./keep-typed.js"; // before focus.js, which leaves the field alone that is being typed into
import "./pressed-button.js";
import "./connection-trouble.js";
import "./passkey.js";
import "./provider-link.js";
import "./reorder.js";
import "./announce.js";
import "./focus.js";
import "./menu.js";
import "./mapping.js";
import "./choices.js";
import "./unsaved.js";
