// Keyboard of a session: J and K walk the dossiers, 1 to 4 choose the opinion, M goes to the amount. Tab does it all without.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const form = document.querySelector("form[data-opinion]");
  const radios = form ? [...form.querySelectorAll("input[type=radio]")] : [];
  const chosen = radios[Number(event.key) - 1];
  if (event.key === "j") document.querySelector("a[rel=next]")?.click();
  else if (event.key === "k") document.querySelector("a[rel=prev]")?.click();
  else if (event.key === "m") {
    form?.querySelector("[name=amount]")?.focus();
    event.preventDefault();
  } else if (chosen) {
    chosen.checked = true;
    chosen.focus();
  }
});
