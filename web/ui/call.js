import { canShareScreen } from '../screen.js';
import { element } from './element.js';

/**
 * @typedef {object} Entry what the user typed to join
 * @property {string} name
 * @property {boolean} withMicrophone
 */

/**
 * The panel of a call: how to get in, and what to do inside.
 * @param {import('../call/room.js').Room} room
 * @param {object} actions
 * @param {(entry: Entry, id: string) => void} actions.joinDemo
 * @param {(entry: Entry, credentials: import('../call/vonage.js').Credentials) => void} actions.joinVonage
 * @param {() => void} actions.openVonage the user opened the Vonage form
 */
export function createCallPanel(room, { joinDemo, joinVonage, openVonage }) {
  const outside = element('outside', HTMLDivElement);
  const inside = element('inside', HTMLDivElement);
  const demo = element('panel-demo', HTMLFormElement);
  const vonage = element('panel-vonage', HTMLFormElement);
  const showTab = createTabs(openVonage);

  const invitation = new URLSearchParams(location.search).get('call');
  if (invitation !== null) {
    element('demo-text', HTMLParagraphElement).textContent =
      'You were invited to a call in this browser. Join to see each other.';
  }
  fillIn();
  // A link pasted into the address bar of the open page changes the fragment only.
  addEventListener('hashchange', fillIn);

  function fillIn() {
    const credentials = takeCredentials();
    if (!credentials) return;
    for (const [name, value] of Object.entries(credentials)) field(vonage, name).value = value;
    showTab('vonage');
  }

  demo.addEventListener('submit', (event) => {
    event.preventDefault();
    const id = invitation ?? crypto.randomUUID();
    showLink(id);
    joinDemo(entry(demo), id);
  });
  vonage.addEventListener('submit', (event) => {
    event.preventDefault();
    showLink(null);
    joinVonage(entry(vonage), {
      application: field(vonage, 'application').value.trim(),
      session: field(vonage, 'session').value.trim(),
      token: field(vonage, 'token').value.trim(),
    });
  });

  createActions(room);
  room.addEventListener('change', () => {
    outside.hidden = room.state !== 'out';
    inside.hidden = room.state === 'out';
  });
}

/**
 * The tabs over the two forms, by the pattern of the ARIA guide.
 * @param {() => void} openVonage
 */
function createTabs(openVonage) {
  const names = /** @type {const} */ (['demo', 'vonage']);
  const tabs = names.map((name) => element(`tab-${name}`, HTMLButtonElement));

  /** @param {'demo' | 'vonage'} chosen */
  function show(chosen) {
    names.forEach((name, index) => {
      const selected = name === chosen;
      tabs[index]?.setAttribute('aria-selected', String(selected));
      tabs[index]?.setAttribute('tabindex', selected ? '0' : '-1');
      element(`panel-${name}`, HTMLFormElement).hidden = !selected;
    });
    if (chosen === 'vonage') openVonage();
  }

  names.forEach((name, index) => {
    tabs[index]?.addEventListener('click', () => show(name));
    tabs[index]?.addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const other = name === 'demo' ? 'vonage' : 'demo';
      show(other);
      tabs[names.indexOf(other)]?.focus();
    });
  });
  return show;
}

/** @param {import('../call/room.js').Room} room */
function createActions(room) {
  const state = element('call-state', HTMLParagraphElement);
  const mute = element('mute', HTMLButtonElement);
  const share = element('share', HTMLButtonElement);
  const unshare = element('unshare', HTMLButtonElement);
  const leave = element('leave', HTMLButtonElement);

  mute.addEventListener('click', () => room.toggleMicrophone());
  share.addEventListener('click', () => void room.share());
  unshare.addEventListener('click', () => void room.unshare());
  leave.addEventListener('click', () => void room.leave());
  room.addEventListener('change', () => {
    const { microphone, screen } = room;
    const joined = room.state === 'in';
    state.textContent = joined ? 'You are in the call.' : 'Joining…';
    mute.hidden = microphone === null;
    mute.textContent = microphone?.enabled ? 'Mute' : 'Unmute';
    mute.setAttribute('aria-pressed', String(microphone !== null && !microphone.enabled));
    share.hidden = !joined || !canShareScreen;
    share.textContent = screen ? 'Share something else' : 'Share a tab or screen';
    unshare.hidden = screen === null;
    leave.textContent = joined ? 'Leave' : 'Cancel';
  });
}

/** @param {string | null} id of a demo call */
function showLink(id) {
  const invitation = element('invitation', HTMLDivElement);
  const link = element('call-link', HTMLInputElement);
  const copy = element('copy-link', HTMLButtonElement);
  invitation.hidden = id === null;
  if (id === null) return;
  const url = new URL(location.href);
  url.search = new URLSearchParams({ call: id }).toString();
  url.hash = '';
  link.value = url.href;
  copy.textContent = 'Copy';
  copy.onclick = async () => {
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
      copy.textContent = 'Copied';
    } catch {
      // Not allowed; the link is selected, so that the keys do it.
      copy.textContent = 'Press Ctrl+C';
    }
  };
}

/**
 * What the address brings as `#application=…&session=…&token=…`. A token is a secret: it is
 * taken out of the address bar and the history at once.
 */
function takeCredentials() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const names = ['application', 'session', 'token'];
  if (!names.some((name) => fragment.has(name))) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return Object.fromEntries(names.map((name) => [name, fragment.get(name) ?? '']));
}

/** @param {HTMLFormElement} form */
function entry(form) {
  return {
    name: field(form, 'name').value.trim() || 'Guest',
    withMicrophone: field(form, 'microphone').checked,
  };
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function field(form, name) {
  const input = form.elements.namedItem(name);
  if (!(input instanceof HTMLInputElement)) throw new TypeError(`no field ${name}`);
  return input;
}
