import { CycloramaError } from '../errors.js';

/**
 * What a Vonage call is joined with, and the ways by which it comes: the page's form, the
 * fragment of a link, or `session.json` on the page's own host.
 *
 * @typedef {object} Credentials
 * @property {string} application application id, or API key of an OpenTok project
 * @property {string} session
 * @property {string} token a JWT, or a token of OpenTok
 */

const NAMES = /** @type {const} */ (['application', 'session', 'token']);

/** The query that says that the host provides a `session.json`. */
const PROVIDED = 'session';

/** Ids, base64 and JWTs are made of these letters; a token has up to some 2000. */
const VALUE = /^[\w.~=+/-]{1,8192}$/;

/**
 * @param {Credentials} credentials
 * @returns {Credentials}
 * @throws {CycloramaError} `call-incomplete`, or `call-refused` where one cannot be right
 */
export function checked(credentials) {
  const { application, session, token } = credentials;
  if (!application || !session || !token) throw new CycloramaError('call-incomplete');
  const wrong = NAMES.find((name) => !VALUE.test(credentials[name]));
  if (wrong) throw new CycloramaError('call-refused', `this is no ${wrong}`);
  return { application, session, token };
}

/**
 * What the address brings as `#application=…&session=…&token=…`. A token is a secret: it is
 * taken out of the address bar and the history at once, and never sent to the page's host.
 * @returns {Credentials | null} null where the fragment is about something else
 * @throws {CycloramaError} `link-invalid`
 */
export function takeFromAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  if (!NAMES.some((name) => fragment.has(name))) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  // A token may hold a plus, which a query that was not encoded turns into a space.
  const value = (/** @type {string} */ name) => fragment.get(name)?.replaceAll(' ', '+');
  return parsed(Object.fromEntries(NAMES.map((name) => [name, value(name)])), 'link-invalid');
}

/** Whether the address says that the host provides a `session.json`; a guess would cost a 404. */
export function isProvided() {
  return new URLSearchParams(location.search).has(PROVIDED);
}

/**
 * Asks for it anew each time: its token expires.
 * @returns {Promise<Credentials>} rejects with `session-missing`
 */
export async function fetchProvided() {
  const url = new URL('session.json', document.baseURI);
  try {
    // Not redirected to another origin, which would hand out a call of its own.
    const response = await fetch(url, { cache: 'no-store', mode: 'same-origin' });
    if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
    return parsed(await response.json(), 'session-missing');
  } catch (error) {
    if (error instanceof CycloramaError) throw error;
    throw new CycloramaError('session-missing', error);
  }
}

/**
 * @param {unknown} data from outside
 * @param {'link-invalid' | 'session-missing'} otherwise
 * @returns {Credentials}
 */
function parsed(data, otherwise) {
  const values = new Map(Object.entries(data ?? {}));
  const part = (/** @type {typeof NAMES[number]} */ name) => {
    const value = values.get(name);
    if (typeof value === 'string' && VALUE.test(value)) return value;
    // Without the value, which may be a secret.
    throw new CycloramaError(otherwise, `the ${name} is missing or malformed`);
  };
  return { application: part('application'), session: part('session'), token: part('token') };
}
