/* Signing out wipes the local copies of what was being typed: the next person at this computer finds nothing. */
document.addEventListener("submit", (event) => {
  if (!event.target.getAttribute("action")?.endsWith("/sign-out")) return;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("escale-")) localStorage.removeItem(key);
    sessionStorage.clear();
    indexedDB.deleteDatabase("escale-photos");
    caches.delete("escale-visits").catch(() => {});
  } catch { /* no local storage: nothing was kept */ }
});
