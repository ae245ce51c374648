// In the mappings: a direction that is off because of the chosen SuperOffice field is on again with another one.
document.addEventListener("change", (event) => {
  if (!event.target.matches(".mapping select")) return;
  for (const radio of event.target.closest("tr").querySelectorAll("[data-off-with]")) {
    radio.disabled = radio.dataset.offWith === event.target.value && !radio.checked;
  }
});
