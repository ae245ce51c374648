// A second press sends nothing while the first request is on its way.
const sent = new Set();

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.matches("[data-download]")) return; // the page stays after a download
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
  event.submitter?.setAttribute("aria-busy", "true");
});

addEventListener("pageshow", () => { // the Back button may restore the page as it was left
  sent.clear();
  for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
});
