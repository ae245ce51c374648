// Saves what is typed at once; the answer brings what follows from it, the list before OK for example.
export const saveDraft = () => {
  document.querySelector("main form[hx-post]")?.dispatchEvent(new Event("change"));
};
