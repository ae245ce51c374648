// Stamps each draft with the time of the last key: two requests may arrive in the wrong order.
for (const type of ["input", "change", "submit"]) {
  document.addEventListener(type, (event) => {
    const stamp = (event.target.form ?? event.target).elements?.typed_at;
    if (stamp) stamp.value = Date.now();
  }, true);
}
