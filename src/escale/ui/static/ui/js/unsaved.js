/* <form data-unsaved>: the browser asks before one leaves with answers that were not sent. */
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("escale:saved", (event) => changed.delete(event.target.closest("form")));
window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
