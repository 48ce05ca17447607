import { fetchProvided, isProvided, takeFromAddress } from '../call/credentials.js';
import { element } from './element.js';

/** @import { Credentials } from '../call/credentials.js' */

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
 * @param {(entry: Entry, credentials: () => Credentials | Promise<Credentials>) => void} actions.joinVonage
 * @param {() => void} actions.openVonage the user opened the Vonage form
 * @param {(error: unknown) => void} actions.report
 */
export function createCallPanel(room, { joinDemo, joinVonage, openVonage, report }) {
  const outside = element('outside', HTMLDivElement);
  const inside = element('inside', HTMLDivElement);
  const demo = element('form-demo', HTMLFormElement);
  const vonage = element('form-vonage', HTMLFormElement);
  const typed = element('credentials', HTMLFieldSetElement);
  const provided = element('provided', HTMLParagraphElement);
  const showTab = createTabs(openVonage);

  const invitation = new URLSearchParams(location.search).get('call');
  if (invitation !== null) {
    element('demo-text', HTMLParagraphElement).textContent =
      'You were invited to a call in this browser. Join to see each other.';
  }
  // Whoever was sent here for a call should find its form open.
  if (isProvided()) {
    provided.hidden = false;
    typed.hidden = true;
    showTab('vonage');
  }
  fillIn();
  // A link pasted into the address bar of the open page changes the fragment only.
  addEventListener('hashchange', fillIn);

  function fillIn() {
    try {
      const credentials = takeFromAddress();
      if (!credentials) return;
      for (const [name, value] of Object.entries(credentials)) field(vonage, name).value = value;
      provided.hidden = true;
      typed.hidden = false;
      showTab('vonage');
    } catch (error) {
      report(error);
    }
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
    const value = (/** @type {string} */ name) => field(vonage, name).value.trim();
    const credentials = {
      application: value('application'),
      session: value('session'),
      token: value('token'),
    };
    joinVonage(entry(vonage), typed.hidden ? fetchProvided : () => credentials);
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
      element(`panel-${name}`, HTMLDivElement).hidden = !selected;
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
  const join = element('join', HTMLButtonElement);
  const leave = element('leave', HTMLButtonElement);

  leave.addEventListener('click', () => void room.leave());
  room.addEventListener('change', () => {
    const joined = room.state === 'in';
    state.textContent = stateOf(room);
    join.hidden = room.state !== 'out';
    leave.hidden = room.state === 'out';
    leave.textContent = joined ? 'Leave' : 'Cancel';
  });
}

/** @param {import('../call/room.js').Room} room */
function stateOf({ state, lost }) {
  if (state !== 'in') return 'Joining…';
  return lost ? 'The connection was lost. Reconnecting…' : 'You are in the call.';
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
