// Serves the page of this one door, and what it is made of, while there is no connection. Names are not in here: they
// stand on the device apart, and are wiped apart.
const KEPT = "door";
const PATIENCE = 4_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => Promise.allSettled(event.data.keep.map((url) => kept.add(url)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const page = request.mode === "navigate" && url.pathname === new URL(self.registration.scope).pathname;
  const part = url.pathname.startsWith("/static/");
  if (request.method === "GET" && url.origin === self.location.origin && (page || part)) event.respondWith(answer(request, page));
});

async function answer(request, page) {
  const kept = await caches.open(KEPT);
  try {
    const late = new Promise((_found, give) => setTimeout(give, PATIENCE, new Error("late")));
    return await Promise.race([fetch(request), late]);
  } catch (error) {
    const found = await kept.match(request, { ignoreSearch: page, ignoreVary: true });
    if (found) return found;
    throw error;
  }
}
