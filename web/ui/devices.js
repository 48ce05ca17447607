import { watchLevel } from '../level.js';
import { recall, remember } from '../memory.js';
import { canChooseSpeaker, playTestSound } from '../speaker.js';
import { element, fillSelect } from './element.js';

/** @import { Device, Devices } from '../devices.js' */
/** @import { Microphone } from '../microphone.js' */

/**
 * The choice of camera, microphone and speaker, each remembered on this computer.
 * @param {object} parts
 * @param {Devices} parts.devices
 * @param {import('../studio.js').Studio} parts.studio
 * @param {Microphone} parts.microphone
 * @param {import('../call/room.js').Room} parts.room
 * @param {(error: unknown) => void} report
 */
export function createDevices({ devices, studio, microphone, room }, report) {
  const hint = element('devices-hint', HTMLParagraphElement);

  const showCameras = createChoice(devices, {
    kind: 'videoinput',
    name: 'camera',
    inUse: () => studio.camera,
    choose: (deviceId) => void studio.chooseCamera({ deviceId }).catch(report),
  });
  studio.addEventListener('change', showCameras);

  const showMicrophones = createChoice(devices, {
    kind: 'audioinput',
    name: 'microphone',
    inUse: () => microphone.track,
    choose: (deviceId) => void microphone.choose(deviceId).catch(report),
  });
  microphone.addEventListener('change', showMicrophones);
  createMeter(microphone, report);

  let speakerId = '';
  createChoice(devices, {
    kind: 'audiooutput',
    name: 'speaker',
    inUse: () => null,
    choose: (deviceId) => {
      speakerId = deviceId ?? '';
      void room.setSpeaker(speakerId);
    },
  });
  element('speaker-choice', HTMLElement).hidden = !canChooseSpeaker;
  element('speaker-fixed', HTMLParagraphElement).hidden = canChooseSpeaker;
  const sound = element('test-sound', HTMLButtonElement);
  sound.addEventListener('click', async () => {
    sound.disabled = true;
    await playTestSound(speakerId).catch(report);
    sound.disabled = false;
  });

  devices.addEventListener('change', () => {
    hint.hidden = !devices.withheld('audioinput');
  });
}

/**
 * A select of all devices of a kind.
 * @param {Devices} devices
 * @param {object} options
 * @param {MediaDeviceKind} options.kind
 * @param {string} options.name of the select, and of what is remembered
 * @param {() => MediaStreamTrack | null} options.inUse the track of the one open now
 * @param {(deviceId: string | null) => void} options.choose null for the system's own choice
 * @returns {() => void} shows anew which one is in use
 */
function createChoice(devices, { kind, name, inUse, choose }) {
  const select = element(name, HTMLSelectElement);
  let chosen = recallDevice(name, kind);
  if (chosen) choose(chosen.deviceId);

  select.addEventListener('change', () => {
    keep(devices.list(kind).find(({ deviceId }) => deviceId === select.value) ?? null);
    choose(chosen && chosen.deviceId);
    render();
  });
  devices.addEventListener('change', render);
  render();
  return render;

  /** @param {Device | null} device */
  function keep(device) {
    chosen = device && { kind, deviceId: device.deviceId, label: device.label };
    remember(name, chosen);
  }

  function render() {
    const listed = devices.list(kind);
    const track = inUse();
    const opened = track && devices.of(track);
    const current = listed.find(({ deviceId }) => deviceId === opened?.deviceId) ?? chosen;
    // The browser may have a new id for the one that was chosen.
    if (chosen && current?.label === chosen.label && current !== chosen) keep(current);

    const choices = listed.map(({ deviceId, label }, index) => ({
      value: deviceId,
      label: label || `${select.dataset.title} ${index + 1}`,
    }));
    choices.unshift({ value: '', label: `Default ${name}` });
    if (current && !listed.some(({ deviceId }) => deviceId === current.deviceId)) {
      const known = listed.length > 0 && !devices.withheld(kind);
      const label = known ? `${current.label} (not connected)` : current.label;
      choices.push({ value: current.deviceId, label });
    }
    fillSelect(select, choices, current?.deviceId ?? '');
  }
}

/**
 * @param {string} name
 * @param {MediaDeviceKind} kind
 * @returns {Device | null}
 */
function recallDevice(name, kind) {
  const stored = /** @type {Partial<Device> | null | undefined} */ (recall(name));
  if (typeof stored?.deviceId !== 'string' || typeof stored.label !== 'string') return null;
  return { kind, deviceId: stored.deviceId, label: stored.label };
}

/**
 * The level meter. It opens the microphone only when asked to, and shows the level of one that a
 * call has opened.
 * @param {Microphone} microphone
 * @param {(error: unknown) => void} report
 */
function createMeter(microphone, report) {
  const panel = element('devices-panel', HTMLDetailsElement);
  const button = element('test-microphone', HTMLButtonElement);
  const row = element('level-row', HTMLLabelElement);
  const meter = element('level', HTMLMeterElement);
  const hint = element('level-hint', HTMLParagraphElement);
  let testing = false;
  /** @type {MediaStreamTrack | null} */
  let watched = null;
  let stopWatching = () => {};

  button.addEventListener('click', () => test(!testing));
  panel.addEventListener('toggle', () => {
    if (!panel.open) test(false);
    render();
  });
  microphone.addEventListener('change', render);

  /** @param {boolean} wanted */
  function test(wanted) {
    testing = wanted;
    if (!wanted) microphone.close('meter');
    else {
      microphone.open('meter').catch((error) => {
        testing = false;
        render();
        report(error);
      });
    }
    render();
  }

  function render() {
    const track = panel.open ? microphone.track : null;
    if (track !== watched) {
      stopWatching();
      stopWatching = track ? watchLevel(track, show) : () => {};
      watched = track;
    }
    button.setAttribute('aria-pressed', String(testing));
    row.hidden = hint.hidden = track === null;
    hint.textContent = microphone.muted
      ? 'Muted: nothing is heard of you.'
      : 'Speak, and the bar moves.';
  }

  /** @param {number} level */
  function show(level) {
    meter.value = level;
  }
}
