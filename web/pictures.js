import { CycloramaError } from './errors.js';
import { openThread } from './thread.js';

/**
 * A picture of the user's, kept on this device: as large as a frame can show, and its thumbnail.
 * @typedef {{ id: string, name: string, picture: Blob, thumbnail: Blob }} OwnPicture
 * @typedef {import('../worker/protocol').FromPicture} FromPicture
 * @typedef {import('../worker/protocol').ToPicture} ToPicture
 */

/** So many are offered; more would be no choice any more. */
export const MOST = 24;

const DATABASE = 'cyclorama';
const STORE = 'pictures';
const BY_TIME = 'added';
const VERSION = 1;
/** Stored without a time, so that it is not among those that are offered. */
const LOGO = 'logo';

/**
 * Decodes and scales a file on another thread.
 * @param {File} file
 * @returns {Promise<OwnPicture>} rejects with `image-unreadable`
 */
export async function readPicture(file) {
  /** @type {PromiseWithResolvers<{ picture: Blob, thumbnail: Blob }>} */
  const { promise, resolve, reject } = Promise.withResolvers();
  const fail = (/** @type {unknown} */ cause) => reject(new CycloramaError('image-unreadable', cause));
  /** @type {import('./thread.js').Thread<ToPicture>} */
  const thread = openThread(
    new Worker(new URL('./worker/picture.js', import.meta.url), {
      type: 'module',
      name: 'cyclorama picture',
    }),
    /** @type {import('./thread.js').Handlers<FromPicture>} */ ({
      prepared: resolve,
      failed: ({ failure }) => fail(failure.detail),
    }),
    fail,
  );
  thread.send({ type: 'prepare', file });
  try {
    const { picture, thumbnail } = await promise;
    return { id: crypto.randomUUID(), name: file.name.replace(/\.\w+$/, ''), picture, thumbnail };
  } finally {
    thread.terminate();
  }
}

/** @returns {Promise<OwnPicture[]>} in the order in which they came; none where none can be kept */
export async function keptPictures() {
  try {
    return await transact('readonly', (store) => store.index(BY_TIME).getAll());
  } catch {
    return [];
  }
}

/**
 * @param {OwnPicture} picture
 * @returns {Promise<void>} rejects with `pictures-full` or `pictures-denied`
 */
export function keepPicture(picture) {
  return put({ ...picture, added: Date.now() });
}

/** @returns {Promise<Blob | null>} the logo of the user's wall */
export async function keptLogo() {
  try {
    const kept = await transact('readonly', (store) => store.get(LOGO));
    return kept?.picture instanceof Blob ? kept.picture : null;
  } catch {
    return null;
  }
}

/**
 * @param {Blob | null} picture
 * @returns {Promise<void>} rejects as `keepPicture`
 */
export async function keepLogo(picture) {
  if (picture) await put({ id: LOGO, picture });
  else await forgetPicture(LOGO);
}

/** @param {string} id of a picture, kept or not */
export async function forgetPicture(id) {
  // What is not kept need not be forgotten.
  await transact('readwrite', (store) => store.delete(id)).catch(() => {});
}

/** @param {{ id: string, picture: Blob, added?: number }} record */
async function put(record) {
  try {
    await transact('readwrite', (store) => store.put(record));
  } catch (error) {
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    throw new CycloramaError(full ? 'pictures-full' : 'pictures-denied', error);
  }
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>} once it is written
 */
async function transact(mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    return await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(STORE, { keyPath: 'id' });
      store.createIndex(BY_TIME, BY_TIME);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
