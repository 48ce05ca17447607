import { element } from './element.js';

/** @import { Participant, Presence } from '../call/call' */
/** @typedef {Presence & Pick<Participant, 'kind' | 'name' | 'level'>} Person */

/** Often enough for the eye to join a voice to a name. */
const VOICES_EVERY_MS = 200;

/** Speech is far from full scale; the root brings it up. */
const visible = (/** @type {number} */ level) => Math.min(1, Math.sqrt(level) * 1.5);

/**
 * The list of who is in the call: name, camera or screen, muted or not, and who speaks.
 * @param {import('../call/room.js').Room} room
 */
export function createPeople(room) {
  const list = element('people', HTMLUListElement);
  /** @type {Map<string, { person: Person, row: HTMLLIElement }>} */
  const people = new Map();
  const self = document.createElement('li');
  let timer = 0;

  room.addEventListener('joined', ({ detail }) => {
    people.get(detail.id)?.row.remove();
    const { kind, name, muted, cameraOff, level } = detail;
    const person = { kind, name, muted, cameraOff, level };
    const row = document.createElement('li');
    people.set(detail.id, { person, row });
    fill(row, person.name, person);
    list.append(row);
  });
  room.addEventListener('changed', ({ detail: { id, ...presence } }) => {
    const known = people.get(id);
    if (!known) return;
    Object.assign(known.person, presence);
    fill(known.row, known.person.name, known.person);
  });
  room.addEventListener('left', ({ detail: { id } }) => {
    people.get(id)?.row.remove();
    people.delete(id);
  });
  room.addEventListener('change', () => {
    if (room.state === 'out') {
      clearInterval(timer);
      timer = 0;
      people.clear();
      list.replaceChildren();
      return;
    }
    fill(self, `${room.name} (you)`, { kind: 'camera', ...room.presence });
    if (!self.isConnected) list.prepend(self);
    timer ||= setInterval(showVoices, VOICES_EVERY_MS);
  });

  function showVoices() {
    if (document.hidden) return;
    for (const { person, row } of people.values()) {
      const level = person.muted ? 0 : visible(person.level());
      row.style.setProperty('--level', level.toFixed(2));
    }
  }
}

/**
 * @param {HTMLLIElement} row
 * @param {string} called
 * @param {Presence & { kind: Participant['kind'] }} person
 */
function fill(row, called, { kind, muted, cameraOff }) {
  const voice = document.createElement('span');
  voice.className = 'voice';
  const name = document.createElement('span');
  name.className = 'name';
  name.textContent = called;
  const notes = document.createElement('span');
  notes.className = 'notes';
  notes.textContent =
    kind === 'screen'
      ? 'screen'
      : [muted ? 'muted' : '', cameraOff ? 'camera off' : ''].filter(Boolean).join(', ');
  row.replaceChildren(voice, name, notes);
}
