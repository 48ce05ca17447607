/**
 * The service worker: a second visit starts from what the first one fetched, and needs no network.
 * Our own files are kept as one version, fetched whole and checked by their hashes; files whose
 * path names their version are kept for as long as the build has them. Everything else, such as
 * session.json, and every page but ours, is left to the network.
 *
 * @typedef {import('../worker/protocol').ToServiceWorker} ToServiceWorker
 * @typedef {import('../worker/protocol').FromServiceWorker} FromServiceWorker
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

const { scope } = worker.registration;
/** Several builds may lie on one host. */
const prefix = `cyclorama ${scope} `;
const PAGE = `${prefix}page ${BUILD.version}`;
const VERSIONED = `${prefix}versioned`;

const versioned = new Set(BUILD.versioned);

/** Whoever serves from the computer itself has just built what is there, and loses no time. */
const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(worker.location.hostname);

/** Workers of pages other than ours. @type {Set<string>} */
const strangers = new Set();

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const path = pathOf(event.request);
  if (path !== null) event.respondWith(answer(event, path));
});
worker.addEventListener('message', (event) => {
  const [port] = event.ports;
  /** @type {ToServiceWorker} */
  const message = event.data;
  if (message.type === 'version') port?.postMessage(BUILD.version);
  else event.waitUntil(take().then((taken) => port?.postMessage(taken)));
});

/** Fetches all that a start needs, or rejects: then the version in use stays so. */
async function install() {
  try {
    const page = await caches.open(PAGE);
    const files = Object.entries(BUILD.page);
    await Promise.all(
      files.map(([path, integrity]) => keep(page, path, { integrity, cache: 'no-cache' })),
    );
    const kept = await caches.open(VERSIONED);
    for (const path of BUILD.start) {
      // The visit that goes on fetched it already, so that it comes from the browser's own cache.
      if (!(await kept.match(urlOf(path)))) await keep(kept, path, { cache: 'force-cache' });
    }
  } catch (error) {
    await caches.delete(PAGE);
    await tellPages({ type: 'unkept', detail: String(error) });
    throw error;
  }
}

/**
 * @param {Cache} cache
 * @param {string} path
 * @param {RequestInit} options
 */
async function keep(cache, path, options) {
  const url = urlOf(path);
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  await cache.put(url, response);
}

/** Drops what only earlier versions needed. */
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && ![PAGE, VERSIONED].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  const kept = await caches.open(VERSIONED);
  const shipped = new Set(BUILD.versioned.map(urlOf));
  for (const request of await kept.keys()) {
    if (!shipped.has(request.url)) await kept.delete(request);
  }
  await worker.clients.claim();
}

/**
 * @param {Request} request
 * @returns {string | null} the path in the build of a file that is kept, or may be
 */
function pathOf({ method, mode, url, headers }) {
  if (method !== 'GET' || headers.has('Range') || !url.startsWith(scope)) return null;
  const path = url.slice(scope.length);
  if (mode === 'navigate') return isPage(url) ? './' : null;
  return versioned.has(path) || Object.hasOwn(BUILD.page, path) ? path : null;
}

/** @param {string} path */
function urlOf(path) {
  return new URL(path, scope).href;
}

/** @param {string} url Whether it is that of our page, whatever follows its path. */
function isPage(url) {
  const { origin, pathname } = new URL(url);
  return [scope, urlOf('index.html')].includes(origin + pathname);
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 * @returns {Promise<Response>}
 */
async function answer(event, path) {
  const { request } = event;
  if (!(await isOurs(event))) return fetch(request);
  const lasting = versioned.has(path);
  if (isLocal && !lasting) {
    const newest = await fetch(request, { cache: 'no-cache' }).catch(() => null);
    if (newest) return newest;
  }
  const cache = await caches.open(lasting ? VERSIONED : PAGE);
  const kept = await cache.match(urlOf(path));
  if (kept) return kept;
  const response = await fetch(request);
  if (lasting && response.ok) event.waitUntil(keepUsed(cache, path, response.clone()));
  return response;
}

/**
 * Keeps what only some visitors need, such as another segmenter, once it was used.
 * @param {Cache} cache
 * @param {string} path
 * @param {Response} response
 */
async function keepUsed(cache, path, response) {
  try {
    await cache.put(urlOf(path), response);
  } catch (error) {
    await tellPages({ type: 'unkept', detail: String(error) });
  }
}

/**
 * Whether our page, or a worker of it, asks. A page that embeds Cyclorama comes from the network,
 * of whatever version: its workers must be of the same.
 * @param {FetchEvent} event
 */
async function isOurs({ request, clientId, resultingClientId }) {
  if (request.mode === 'navigate') return true;
  const client = await worker.clients.get(clientId);
  const ours = client?.type === 'window' ? isPage(client.url) : !strangers.has(clientId);
  if (!ours && resultingClientId) strangers.add(resultingClientId);
  return ours;
}

/**
 * Puts this version in place of the one in use; not under the feet of another tab, which would
 * get workers of another version than its own.
 * @returns {Promise<boolean>} whether it was done
 */
async function take() {
  if ((await pages()).length > 1) return false;
  await worker.skipWaiting();
  return true;
}

/** Every tab that shows our page, whichever version. */
async function pages() {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter(({ url }) => isPage(url));
}

/** @param {FromServiceWorker} message */
async function tellPages(message) {
  for (const page of await pages()) page.postMessage(message);
}
