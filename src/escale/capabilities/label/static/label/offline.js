/* Where there is no network, the page of a visit is shown as it was last seen. What is typed there is kept by visit.js. */
const SHELF = "escale-visits";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (!url.pathname.startsWith("/static/") && !/^\/label\/visites\/VL[0-9-]+\/$/.test(url.pathname)) return;
  event.respondWith(answer(request, `${url.origin}${url.pathname}`));
});
async function answer(request, key) {
  try {
    const found = await fetch(request);
    if (found.ok && !found.redirected) (await caches.open(SHELF)).put(key, found.clone());
    return found;
  } catch (error) {
    const kept = await (await caches.open(SHELF)).match(key, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}
