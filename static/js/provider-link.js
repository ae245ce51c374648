// Takes a provider's values from behind the # of the address, which browsers do not send: into no server's log.
const page = document.querySelector("[data-takes-fragment]");

if (page && location.hash.length > 1) {
  document.getElementById(page.dataset.takesFragment).value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  page.requestSubmit();
}
