/**
 * Keeps the page on this device, so that the next visit starts from there: registers the service
 * worker, and tells of a new version that it has fetched.
 *
 * @typedef {import('../worker/protocol').ToServiceWorker} ToServiceWorker
 * @typedef {import('../worker/protocol').FromServiceWorker} FromServiceWorker
 */
import { loadManifest } from './manifest.js';

/** Pages stay open for days; browsers look for a new version only when one is opened. */
const CHECK_MS = 60 * 60 * 1000;

/** How long to wait for other tabs to close, of which no browser tells. */
const RETRY_MS = 2000;

/**
 * @param {object} start
 * @param {Promise<unknown>} start.loaded the page has fetched all that it needs
 * @param {Promise<unknown>} start.live and shows a composite: nothing here may delay that
 * @param {(take: () => Promise<boolean>) => void} offer
 *   A new version is ready. `take` goes over to it by loading the page anew; false where that
 *   cannot be, because another tab shows the page too.
 */
export async function keepOffline({ loaded, live }, offer) {
  // Browsers have none in private windows and on insecure origins.
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', (/** @type {MessageEvent<FromServiceWorker>} */ { data }) =>
    complain(data.detail),
  );
  try {
    const { version } = await loadManifest();
    // On a first visit the network and the processor are the start's own.
    if (!serviceWorker.controller) await live;
    const registration = await serviceWorker.register(new URL('./sw.js', import.meta.url));
    watch(registration, async (waiting) => {
      // A version does not give way while it has fetches to answer, and loses some if it does.
      await loaded;
      await consider(waiting, version, offer);
    });
    setInterval(() => registration.update().catch(() => {}), CHECK_MS);
  } catch (error) {
    complain(error);
  }
}

let complained = false;

/** Once is enough. @param {unknown} reason */
function complain(reason) {
  if (complained) return;
  complained = true;
  console.warn('Cyclorama is not kept on this device, and works from the network:', reason);
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {(waiting: ServiceWorker) => void} found called for each version that waits for its turn
 */
function watch(registration, found) {
  if (registration.waiting) found(registration.waiting);
  const follow = () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && registration.active) found(installing);
    });
  };
  follow();
  registration.addEventListener('updatefound', follow);
}

/**
 * @param {ServiceWorker} waiting
 * @param {string} running version of the page
 * @param {(take: () => Promise<boolean>) => void} offer
 */
async function consider(waiting, running, offer) {
  if ((await ask(waiting, { type: 'version' })) !== running) {
    offer(() => take(waiting));
    return;
  }
  // The page came from the network, as it does on localhost, and is this version already. Another
  // tab may show the earlier one: for a moment the page that this one was loaded in place of does.
  while (waiting.state === 'installed' && !(await ask(waiting, { type: 'take' }))) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** @param {ServiceWorker} waiting @returns {Promise<boolean>} */
async function take(waiting) {
  const activated = () => {
    if (waiting.state === 'activated') location.reload();
  };
  waiting.addEventListener('statechange', activated);
  const taken = Boolean(await ask(waiting, { type: 'take' }));
  if (!taken) waiting.removeEventListener('statechange', activated);
  return taken;
}

/**
 * @param {ServiceWorker} worker
 * @param {ToServiceWorker} message
 * @returns {Promise<unknown>} its answer
 */
function ask(worker, message) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [port2]);
  });
}
