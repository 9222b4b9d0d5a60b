/* After an answer is saved: what depends on it is read again from the server, without touching what is being typed. */
const LIVE = "[data-live]";
let soon;
const fields = (root) => [...root.querySelectorAll("escale-autosave .field[id]")].filter((one) => !one.closest("template"));
async function refresh() {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll(LIVE)) {
    const fresh = page.querySelector(`[data-live="${old.dataset.live}"]`);
    if (fresh && fresh.innerHTML !== old.innerHTML) old.replaceChildren(...fresh.childNodes);
  }
  appear(page);
}
function appear(page) {
  const wanted = fields(page);
  const seen = document.querySelector("[name=seen]");
  const fresh = JSON.parse(page.querySelector("[name=seen]")?.value || "{}");
  const said = JSON.parse(seen.value || "{}");
  const known = new Set(wanted.map((one) => one.id));
  const waiting = document.querySelector("escale-autosave").waiting;
  for (const old of fields(document)) {
    const name = old.id.replace("field-", "");
    if (known.has(old.id) || waiting.has(name) || old.contains(document.activeElement)) continue;
    old.remove();
    delete said[name];
  }
  wanted.forEach((one, rank) => {
    if (document.getElementById(one.id) || one.closest(".repeat__row, tr, [data-line]")) return;
    const before = document.getElementById(wanted[rank - 1]?.id);
    if (before) before.after(one); else document.querySelector("escale-autosave .field[id]")?.before(one);
    const name = one.id.replace("field-", "");
    if (fresh[name]) said[name] = fresh[name];
  });
  seen.value = JSON.stringify(said);
}
document.addEventListener("escale:saved", () => {
  clearTimeout(soon);
  soon = setTimeout(refresh, 400);
});
