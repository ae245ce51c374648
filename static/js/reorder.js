// Rows are dragged by their grip; the move is saved where the row is dropped. A list that shows the order follows it.
import { byId, closest } from "./dom.js";

const EDGE = 60; // pixels from the edge of the window where it scrolls
let row = null;
let follower = null; // what came after the row before it was dragged

const follow = () => {
  for (const list of document.querySelectorAll("[data-follows]")) {
    const entries = new Map([...list.children].map((each) => [each.dataset.key, each]));
    for (const { dataset } of byId(list.dataset.follows).querySelectorAll("tr[data-key]")) {
      if (entries.has(dataset.key)) list.append(entries.get(dataset.key));
    }
  }
};

const end = () => {
  row.classList.remove("dragged");
  row = null;
};

const takeBack = () => {
  row.parentElement.insertBefore(row, follower);
  end();
  follow();
};

const drop = () => {
  const { form } = row.querySelector("button");
  if (row.nextElementSibling !== follower) {
    const { drop: button, before } = form.elements; // a button that is not shown
    before.value = row.nextElementSibling?.dataset.key ?? "";
    button.value = `before:${row.dataset.key}`;
    form.requestSubmit(button);
  }
  end();
};

const scroll = (y) => {
  if (y < EDGE) scrollBy(0, -EDGE / 4);
  if (y > innerHeight - EDGE) scrollBy(0, EDGE / 4);
};

document.addEventListener("pointerdown", (event) => {
  const grip = closest(event, ".grip");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  row = grip.closest("tr");
  follower = row.nextElementSibling;
  row.classList.add("dragged");
  row.parentElement.setPointerCapture(event.pointerId); // it goes on outside the list
});

document.addEventListener("pointermove", ({ clientX, clientY }) => {
  if (!row) return;
  scroll(clientY);
  const { left, right } = row.getBoundingClientRect();
  const x = Math.min(Math.max(clientX, left + 1), right - 1); // the pointer may leave the list at its side
  const over = (document.elementFromPoint(clientX, clientY) ?? document.elementFromPoint(x, clientY))?.closest("tr");
  if (!over || over === row || over.parentElement !== row.parentElement) return;
  const { top, height } = over.getBoundingClientRect();
  if (clientY < top + height / 2) over.before(row);
  else over.after(row);
  follow();
});

document.addEventListener("pointerup", () => { if (row) drop(); });
document.addEventListener("pointercancel", () => { if (row) takeBack(); });
document.addEventListener("keydown", ({ key }) => { if (row && key === "Escape") takeBack(); });
document.addEventListener("htmx:after:swap", follow);
