/* Two answers to one question: the choice is told to <escale-autosave>, and the fieldset goes away. */
document.addEventListener("change", (event) => {
  const choice = event.target.closest("fieldset.conflict");
  const autosave = choice?.closest("escale-autosave");
  if (!autosave) return;
  const { control: name, rev, theirs } = choice.dataset;
  const detail = { name, side: event.target.value.split(":")[0], rev: Number(rev), theirs: JSON.parse(theirs) };
  choice.remove();
  autosave.dispatchEvent(new CustomEvent("escale:choice", { detail }));
});
