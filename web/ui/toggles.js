import { element } from './element.js';

/** By the place of the key, whatever letter the keyboard's layout has there. */
const CAMERA_KEY = 'KeyV';
const MUTE_KEY = 'KeyU';

/**
 * Camera off and Mute: two buttons, and Alt + Shift + V and U.
 * @param {object} parts
 * @param {import('../studio.js').Studio} parts.studio
 * @param {import('../microphone.js').Microphone} parts.microphone
 * @param {import('../call/room.js').Room} parts.room
 * @param {() => Promise<void>} start turns the camera on
 */
export function createToggles({ studio, microphone, room }, start) {
  const cameraOff = element('camera-off', HTMLButtonElement);
  const mute = element('mute', HTMLButtonElement);

  cameraOff.addEventListener('click', () => {
    if (studio.off) void start();
    else studio.turnOff();
  });
  mute.addEventListener('click', () => {
    const add = isWithout();
    microphone.mute(!add && !microphone.muted);
    if (add) void room.addMicrophone();
  });
  addEventListener('keydown', (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const button = { [CAMERA_KEY]: cameraOff, [MUTE_KEY]: mute }[event.code];
    if (!button || button.hidden) return;
    event.preventDefault();
    button.click();
  });
  studio.addEventListener('change', render);
  microphone.addEventListener('change', render);
  room.addEventListener('change', render);

  /** In a call that was joined without a microphone: the others hear as little as if muted. */
  function isWithout() {
    return room.state === 'in' && !room.withMicrophone;
  }

  function render() {
    const nothing = studio.output === null;
    cameraOff.hidden = nothing;
    cameraOff.setAttribute('aria-pressed', String(studio.off));
    // Only then is it known whether there is anything to mute.
    mute.hidden = nothing || (room.state === 'joining' && !room.withMicrophone);
    mute.setAttribute('aria-pressed', String(microphone.muted || isWithout()));
  }
}
