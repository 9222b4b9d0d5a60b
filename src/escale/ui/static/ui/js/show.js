/* A choice that decides of the questions that follow asks for them at once; without script its button does. */
document.addEventListener("change", (event) => {
  const choice = event.target.closest("select[data-show]");
  const near = choice?.closest("fieldset")?.querySelector(":scope button[data-shows]");
  const button = near || choice?.form?.querySelector(":scope > button[data-shows]");
  if (button && choice.form?.requestSubmit) choice.form.requestSubmit(button);
});
