// The service worker: keeps the empty form (the shell) on the phone. It holds no data and never touches /m/api/.
// SHELL is put before this by the portal: the shell's version, the address and hash of each of its files, and of those kept later.
/* global SHELL */

const CACHE = `phone-${SHELL.version}`;
const PAGE = "/m/visit/";

/** All files of one version, each checked against its hash, or none of them. */
async function fetchShell() {
  const cache = await caches.open(CACHE);
  const requests = SHELL.files.map(([address, integrity]) => new Request(address, { integrity, cache: "reload", credentials: "same-origin" }));
  try {
    await cache.addAll(requests);
  } catch (trouble) {
    await caches.delete(CACHE);
    throw trouble;
  }
}

/** The older shells, once the new one is complete and in use. */
async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("phone-") && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** A file that only some browsers need: checked like the others, and kept from when it was first asked for. */
async function fetchLater([address, integrity]) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address);
  if (kept) return kept;
  const answer = await fetch(new Request(address, { integrity, credentials: "same-origin" }));
  if (answer.ok) await cache.put(address, answer.clone());
  return answer;
}

const fromShell = (address) => caches.open(CACHE).then((cache) => cache.match(address));

/** Other pages come from the portal; without a network the form is shown in their place. */
async function pageOrForm(request) {
  try {
    return await fetch(request);
  } catch (trouble) {
    if (await fromShell(PAGE)) return Response.redirect(PAGE);
    throw trouble;
  }
}

self.addEventListener("install", (event) => event.waitUntil(fetchShell()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  const later = SHELL.later.find(([path]) => path === address.pathname);
  if (later) event.respondWith(fetchLater(later));
  else if (SHELL.files.some(([path]) => path === address.pathname)) {
    event.respondWith(fromShell(address.pathname).then((kept) => kept ?? fetch(request)));
  } else if (request.mode === "navigate" && address.pathname.startsWith("/m/")) {
    event.respondWith(pageOrForm(request));
  }
});

self.addEventListener("message", (event) => {
  if (event.data === "use") self.skipWaiting();
  if (event.data === "keep later") event.waitUntil(Promise.all(SHELL.later.map(fetchLater)).catch(() => {}));
});

self.addEventListener("sync", (event) => {
  const wake = async () => (await self.clients.matchAll()).forEach((client) => client.postMessage("outbox"));
  if (event.tag === "outbox") event.waitUntil(wake());
});
