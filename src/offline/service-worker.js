// Keeps the site for reading without a network.
//
// `offline.json` lists the site's files, each with its checksum; the checksum of the list names the version. A page that
// has been read for a moment asks for the site to be kept. The files that are not here yet are fetched, a few at a time
// and each compared with the list. Only when the last of them is here does the version become the current one, in one
// step; one that does not fit (a deploy is under way, or something on the way rewrites pages) ends the attempt. What was
// fetched until then stays and need not be fetched again, and neither need files that two versions share: a file is
// stored under its address and checksum.
//
//   seoga <scope> 1 files    address?checksum → file        what every version has from the beginning
//   seoga <scope> 1 larger   address?checksum.size → file   what is kept once somebody has looked at it
//   seoga <scope> 1 state    scope?current → name; scope?list=<name> → list; scope?client=<id> → version and time
//
// A page opens with the current version, and whatever it loads later comes from that same version, however many have
// been fetched since: which page has which is written down, because a worker may be ended at any time. A version goes
// when the last page that was opened with it has gone. So there is never a mixture within a page, and reading on or
// reloading shows the new site. (Were a version a worker of its own, as browsers have
// it, it would have to wait until every tab is closed, or change the site under pages that are open.)
//
// A page that came from the network, such as the first one of a visitor, goes on loading from it, and from what is kept
// only where there is no network.
"use strict";

const SCOPE = new URL(self.registration.scope);
const OURS = "seoga " + SCOPE.pathname + " ";
const FILES = OURS + "1 files";
const LARGER = OURS + "1 larger";
const STATE = OURS + "1 state";

const AT_ONCE = 4;
// Milliseconds. The page asks again after a batch, so that fetching stops when the reader leaves, and no browser thinks
// that the worker runs for ever.
const BATCH = 15000;
// A page that is just being opened is not among the open ones yet.
const OPENING = 10000;
// Of what was looked at, the oldest goes first.
const LARGER_BYTES = 64 << 20;
const DAY = 24 * 60 * 60 * 1000;

// ── Checksums: CRC-32, as in `offline.json` ──

const TABLE = new Int32Array(256).map((_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? (number >>> 1) ^ 0xedb88320 : number >>> 1;
  return number;
});

function checksum(buffer) {
  const bytes = new Uint8Array(buffer);
  let crc = -1;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]) & 255];
  return (~crc >>> 0).toString(16).padStart(8, "0");
}

// ── What is remembered when the worker ends ──

function place(name) {
  return SCOPE.href + "?" + name;
}

// Reading makes no cache: there may be none on purpose.
async function recall(name) {
  const found = await caches.match(place(name), { cacheName: STATE });
  return found ? found.json() : null;
}

async function remember(name, value) {
  const state = await caches.open(STATE);
  await state.put(place(name), new Response(JSON.stringify(value)));
}

async function forget(name) {
  const state = await caches.open(STATE);
  await state.delete(place(name));
}

// ── Versions ──

function versionOf(list) {
  const files = new Map();
  function add(path, cache, sum, mark, size) {
    const address = SCOPE.href + path.split("/").map(encodeURIComponent).join("/");
    files.set(path, { address, cache, sum, key: address + "?" + mark, size });
  }
  // `1a2b3c4d 쪽.html`, and with the size between them for larger files.
  for (const line of list.kept) add(line.slice(9), FILES, line.slice(0, 8), line.slice(0, 8));
  for (const line of list.larger) {
    const [sum, size] = line.split(" ", 2);
    add(line.slice(sum.length + size.length + 2), LARGER, sum, sum + "." + size, Number(size));
  }
  return { name: list.version, words: list.words, files };
}

const versions = new Map();

async function versionCalled(name) {
  if (!versions.has(name)) {
    const list = await recall("list=" + name);
    if (!list) return null;
    versions.set(name, versionOf(list));
  }
  return versions.get(name);
}

let currentName;

async function current() {
  if (currentName === undefined) currentName = await recall("current");
  return currentName ? versionCalled(currentName) : null;
}

// Which version a page was opened with; null for one that came from the network.
const opened = new Map();

async function versionOfPage(id) {
  if (!id) return null;
  if (!opened.has(id)) {
    const record = await recall("client=" + id);
    opened.set(id, record ? record.version : null);
  }
  const name = opened.get(id);
  return name ? versionCalled(name) : null;
}

function opens(id, version) {
  opened.set(id, version.name);
  return remember("client=" + id, { version: version.name, time: Date.now() });
}

// ── Answering ──

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const inside = url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
  if (inside && event.request.method === "GET") event.respondWith(answer(event, url));
});

async function answer(event, url) {
  const { request } = event;
  // A page within a page belongs to it.
  const isPage = request.mode === "navigate" && request.destination === "document";
  let version = null;
  try {
    version = isPage ? await current() : await versionOfPage(event.clientId);
    const kept = version && (await find(version, request, url));
    if (kept) {
      if (event.resultingClientId) event.waitUntil(opens(event.resultingClientId, version).catch(() => {}));
      return kept;
    }
  } catch (error) {
    // A store that cannot be read is no reason not to ask the network.
  }
  try {
    const response = await fetch(request);
    if (version) keepLarger(event, version, url, response);
    return response;
  } catch (error) {
    version = version || (await current());
    const kept = version && (await find(version, request, url));
    if (kept) return kept;
    if (version && request.mode === "navigate") return notFound(version);
    throw error;
  }
}

// The file that an address names; what stands behind `?` says nothing about which file it is.
function pathOf(version, url) {
  let path = url.pathname.slice(SCOPE.pathname.length);
  try {
    path = decodeURIComponent(path);
  } catch (error) {
    return null;
  }
  if (path === "" || path.endsWith("/")) path += "index.html";
  return version.files.has(path) ? path : path.normalize("NFC");
}

async function find(version, request, url) {
  const path = pathOf(version, url);
  if (path === null) return null;
  let file = version.files.get(path);
  if (!file && request.mode === "navigate") {
    // Many servers show `글.html` for `글`, and all send `폴더` to `폴더/`.
    if (version.files.has(path + "/index.html")) return Response.redirect(url.pathname + "/" + url.search, 302);
    file = version.files.get(path + ".html");
  }
  const kept = file && (await caches.match(file.key, { cacheName: file.cache }));
  if (!kept) return null;
  const range = request.headers.get("Range");
  return range ? part(kept, range) : kept;
}

// Players ask for parts of a film, and want nothing else.
async function part(response, range) {
  const body = await response.blob();
  const bounds = /^\s*bytes=(\d*)-(\d*)\s*$/.exec(range);
  if (!bounds || (!bounds[1] && !bounds[2])) return new Response(body, { headers: response.headers });
  const first = bounds[1] ? Number(bounds[1]) : Math.max(0, body.size - Number(bounds[2]));
  const last = bounds[1] && bounds[2] ? Math.min(Number(bounds[2]), body.size - 1) : body.size - 1;
  const headers = new Headers(response.headers);
  if (first > last) {
    headers.set("Content-Range", "bytes */" + body.size);
    return new Response(null, { status: 416, headers });
  }
  headers.set("Content-Range", "bytes " + first + "-" + last + "/" + body.size);
  return new Response(body.slice(first, last + 1), { status: 206, headers });
}

async function notFound(version) {
  const file = version.files.get("404.html");
  const kept = file && (await caches.match(file.key, { cacheName: file.cache }));
  if (!kept) return Response.error();
  // Shown at an address of any depth, its links still start from the site's root.
  const base = '<head><base href="' + SCOPE.pathname.replace(/&/g, "&amp;") + '">';
  const page = (await kept.text()).replace("<head>", () => base);
  return new Response(page, { status: 404, headers: kept.headers });
}

// ── Fetching ──

class Misfit extends Error {}

async function store(file, response, buffer) {
  const headers = new Headers(response.headers);
  // The bytes are stored unpacked, and found by their address alone.
  for (const name of ["Content-Encoding", "Content-Length", "Transfer-Encoding", "Vary"]) headers.delete(name);
  // A browser that kept what it was given, beside the worker, would show it with pages of another version.
  headers.set("Cache-Control", "no-store");
  const cache = await caches.open(file.cache);
  await cache.put(file.key, new Response(buffer, { headers }));
}

async function fetchFile(file) {
  const response = await fetch(file.address, { cache: "no-cache" });
  if (response.status >= 500 || response.status === 429) throw new Error("busy");
  const buffer = await response.arrayBuffer();
  if (response.status !== 200 || checksum(buffer) !== file.sum) throw new Misfit();
  await store(file, response, buffer);
}

// What a reader has looked at and was not fetched beforehand.
function keepLarger(event, version, url, response) {
  const file = version.files.get(pathOf(version, url));
  if (!file || file.cache !== LARGER || response.status !== 200 || file.size > LARGER_BYTES) return;
  const copy = response.clone();
  event.waitUntil(
    copy
      .arrayBuffer()
      .then(async (buffer) => {
        if (checksum(buffer) !== file.sum) return;
        const cache = await caches.open(LARGER);
        const stored = await cache.keys();
        const sizes = stored.map((request) => Number(request.url.split(".").pop()) || 0);
        let total = sizes.reduce((sum, size) => sum + size, file.size);
        for (let at = 0; total > LARGER_BYTES && at < stored.length; at++) {
          total -= sizes[at];
          await cache.delete(stored[at]);
        }
        await store(file, copy, buffer);
      })
      .catch(() => {}),
  );
}

// The list as it is published now; null where it cannot be had.
async function published() {
  let response;
  try {
    response = await fetch(SCOPE.href + "offline.json", { cache: "no-cache" });
    if (response.ok) {
      const list = await response.json();
      if (list.version && Array.isArray(list.kept) && Array.isArray(list.larger)) return list;
    }
  } catch (error) {
    if (!response) return null;
  }
  if (response.ok || response.status === 404 || response.status === 410) await leaveIfGone();
  return null;
}

// Browsers hold on to a worker whose script is gone. What stands at this address now is somebody else's site.
async function leaveIfGone() {
  let script;
  try {
    script = await fetch(SCOPE.href + "service-worker.js", { cache: "no-cache" });
  } catch (error) {
    return;
  }
  const isScript = /javascript/.test(script.headers.get("Content-Type") || "");
  if (script.status !== 404 && script.status !== 410 && !(script.ok && !isScript)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS)) await caches.delete(name);
  }
  currentName = null;
  versions.clear();
  await self.registration.unregister();
}

let working = null;

// Fetches for a while. Says whether there is more to fetch. Pages that ask meanwhile wait for the same.
function update() {
  if (!working) {
    working = fetchBatch()
      .catch(() => false)
      .then((more) => {
        working = null;
        return more;
      });
  }
  return working;
}

async function fetchBatch() {
  const list = await published();
  if (!list) return false;
  const kept = await current();
  if (kept && kept.name === list.version) {
    await sweep(false);
    return false;
  }
  const refused = await recall("refused");
  const isRefused = refused && refused.version === list.version;
  if (isRefused && Date.now() < refused.until) return false;

  const next = versionOf(list);
  const cache = await caches.open(FILES);
  const stored = new Set((await cache.keys()).map((request) => request.url));
  const wanted = Array.from(next.files.values()).filter((file) => file.cache === FILES && !stored.has(file.key));
  const end = Date.now() + BATCH;
  let at = 0;
  let fault = null;
  async function lane() {
    while (at < wanted.length && !fault && Date.now() < end) await fetchFile(wanted[at++]);
  }
  const lanes = Array.from({ length: AT_ONCE }, () =>
    lane().catch((error) => {
      fault = fault || error;
    }),
  );
  await Promise.all(lanes);
  if (fault instanceof Misfit) {
    // A deploy is soon over, so the next page asks at once; a server that rewrites what it sends is asked ever less.
    const times = isRefused ? refused.times + 1 : 1;
    const wait = times > 1 ? Math.min(2 ** times * 60000, DAY) : 0;
    await remember("refused", { version: list.version, times, until: Date.now() + wait });
  } else if (fault && fault.name === "QuotaExceededError") {
    await remember("refused", { version: list.version, times: 1, until: Date.now() + DAY });
  }
  if (fault) return false;
  if (at < wanted.length) return true;

  await remember("list=" + next.name, list);
  await remember("current", next.name);
  versions.set(next.name, next);
  currentName = next.name;
  await forget("refused");
  await sweep(true);
  return false;
}

// Removes the versions that no page was opened with, but for the current one, and then their files.
async function sweep(isNew) {
  const open = await self.clients.matchAll({ includeUncontrolled: true, type: "all" });
  const ids = new Set(open.map((page) => page.id));
  const names = new Set([currentName]);
  const state = await caches.open(STATE);
  const entries = (await state.keys()).map((request) => new URL(request.url).search.slice(1));
  for (const entry of entries.filter((entry) => entry.startsWith("client="))) {
    const record = await recall(entry);
    if (!record) continue;
    if (ids.has(entry.slice(7)) || Date.now() - record.time < OPENING) names.add(record.version);
    else {
      opened.delete(entry.slice(7));
      await forget(entry);
    }
  }
  let isLess = isNew;
  for (const name of entries.filter((entry) => entry.startsWith("list=")).map((entry) => entry.slice(5))) {
    if (names.has(name)) continue;
    await forget("list=" + name);
    versions.delete(name);
    isLess = true;
  }
  if (!isLess) return;
  const used = new Set();
  for (const name of names) {
    const version = await versionCalled(name);
    if (version) version.files.forEach((file) => used.add(file.key));
  }
  for (const name of [FILES, LARGER]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!used.has(request.url)) await cache.delete(request);
    }
  }
}

// ── Pages ──

self.addEventListener("message", (event) => {
  const asked = event.data && event.data.seoga;
  if (asked && event.source && event.source.id) event.waitUntil(attend(event.source, asked));
});

async function attend(page, asked) {
  let mine = await versionOfPage(page.id);
  if (asked.version) {
    // A page that was put aside by the browser and comes back.
    mine = await versionCalled(asked.version);
    if (!mine) return page.postMessage({ seoga: { reload: true } });
    await opens(page.id, mine);
  }
  async function say(more) {
    const kept = await current();
    page.postMessage({ seoga: { words: kept ? kept.words : null, version: mine ? mine.name : null, more } });
  }
  await say(false);
  if (asked.update) await say(await update());
}

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      // Stores of another kind, from before or after this worker.
      for (const name of await caches.keys()) {
        if (name.startsWith(OURS) && ![FILES, LARGER, STATE].includes(name)) await caches.delete(name);
      }
      // The page that has brought the worker can be read on without a network too.
      await self.clients.claim();
    })(),
  );
});
