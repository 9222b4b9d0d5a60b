// Keyboard of the desk: J and K walk the rows, Enter opens, X chooses, / searches. Without it Tab does it all.
const table = document.querySelector("table[data-keys]");

function rows() {
  return table ? [...table.querySelectorAll("tbody tr")] : [];
}

function walk(step) {
  const all = rows();
  const now = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const next = all[Math.min(all.length - 1, Math.max(0, now + step))];
  if (!next) return;
  for (const row of all) row.removeAttribute("aria-selected");
  next.setAttribute("aria-selected", "true");
  next.querySelector("th a").focus();
}

function chosen() {
  return rows().find((row) => row.getAttribute("aria-selected") === "true");
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = chosen()?.querySelector("input[type=checkbox]");
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "x" && box) box.checked = !box.checked;
  else if (event.key === "/") {
    const search = document.querySelector("[data-key='/']");
    search?.closest("details")?.setAttribute("open", "");
    search?.focus();
    event.preventDefault();
  }
});
