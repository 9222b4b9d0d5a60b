/* [data-near-me]: asks the device where it is, only when pressed, and puts it in this search's address alone. */
for (const button of document.querySelectorAll("[data-near-me]")) {
  if (!navigator.geolocation) continue;
  const form = button.closest("form"), said = button.parentElement.querySelector("[role=status]");
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.near.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
      form.requestSubmit();
    }, () => { said.textContent = button.dataset.failed; }, { timeout: 10000, maximumAge: 60000 });
  });
}
