// The site is not kept for reading without a network any more (`offline: false`, or the development server). A browser
// that keeps it asks for this file again; it clears away what is kept, takes its leave and shows the site as it is now.
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const ours = "seoga " + new URL(self.registration.scope).pathname + " ";
  for (const name of await caches.keys()) {
    if (name.startsWith(ours)) await caches.delete(name);
  }
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: "window" })) {
    // With its fragment, the address would only be scrolled to; and the browser may have an old page beside the worker.
    const address = page.url.split("#")[0];
    await fetch(address, { cache: "reload" }).catch(() => {});
    page.navigate(address).catch(() => {});
  }
}
