// Moves the focus to what is new on the page: an error summary, the end of a check, the input of an opened secret.
export const focusOn = (element) => {
  if (!element) return;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus();
};

const focused = new WeakSet();
const focusOnNews = () => {
  const news = document.querySelector("[data-focus]");
  if (!news || focused.has(news)) return;
  focused.add(news);
  if (!document.activeElement.matches("input, select, textarea")) focusOn(news); // do not interrupt typing
};

document.addEventListener("htmx:after:swap", () => setTimeout(focusOnNews)); // after htmx has restored the focus

document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.matches(".secret")) event.target.querySelector("input").focus();
}, true);

// the news take precedence over the fragment of the address
if (document.querySelector("[data-focus]")) history.replaceState(null, "", location.pathname + location.search);
focusOnNews();
