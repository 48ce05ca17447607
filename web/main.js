import { createLoopbackCall } from './call/loopback.js';
import { Room } from './call/room.js';
import { createVonageCall, loadSdk } from './call/vonage.js';
import { keepCalibration, recallCalibration, recallCamera, recallSettings } from './choices.js';
import { createCyclorama } from './cyclorama.js';
import { Devices } from './devices.js';
import { loadManifest } from './manifest.js';
import { Microphone } from './microphone.js';
import { keepOffline } from './offline.js';
import { Presenting } from './presenting.js';
import { Studio } from './studio.js';
import { createBackgrounds } from './ui/backgrounds.js';
import { createCallPanel } from './ui/call.js';
import { createDevices } from './ui/devices.js';
import { element } from './ui/element.js';
import { createLoading } from './ui/loading.js';
import { createNotices } from './ui/notices.js';
import { createPanels } from './ui/panels.js';
import { createParticipants } from './ui/participants.js';
import { createPeople } from './ui/people.js';
import { createPresent } from './ui/present.js';
import { createReadout } from './ui/readout.js';
import { createRemedies } from './ui/remedies.js';
import { createSettings } from './ui/settings.js';
import { createStage } from './ui/stage.js';
import { createToggles } from './ui/toggles.js';
import { createUpdate } from './ui/update.js';

const devices = new Devices();
const microphone = new Microphone(devices);
const studio = new Studio(
  async (options) =>
    createCyclorama({
      calibration: recallCalibration(),
      ...(await recallSettings()),
      ...options,
    }),
  devices,
  recallCamera(),
);
const room = new Room(microphone);
const presenting = new Presenting(studio, room);
const { report, clear } = createNotices(
  createRemedies({
    start: () => void start(),
    join: () => void joinAgain(),
    share: () => void presenting.start(),
  }),
);
const container = element('published', HTMLDivElement);

studio.addEventListener('error', ({ detail }) => {
  // Of a camera only the newest is true.
  if (detail.id.startsWith('camera-')) clear('camera-');
  // It is not being restarted any more.
  if (detail.id === 'composite-failed') clear('compositor-');
  report(detail);
});
studio.addEventListener('calibration', ({ detail }) => keepCalibration(detail));
studio.addEventListener('camera', () => clear('camera-'));
microphone.addEventListener('error', ({ detail }) => {
  clear('microphone-');
  report(detail);
});
microphone.addEventListener('sound', () => clear('microphone-'));
room.addEventListener('error', ({ detail }) => report(detail));
studio.addEventListener('change', () => {
  if (room.presence.cameraOff !== studio.off) void room.tell({ cameraOff: studio.off });
});
presenting.addEventListener('error', ({ detail }) => report(detail));
presenting.addEventListener('change', () => {
  if (presenting.stream) clear('share-');
});

async function start() {
  try {
    await studio.start();
  } catch (error) {
    report(error);
  }
}

/** What `join` was last asked for. @type {() => Promise<void>} */
let joinAgain = async () => {};

async function stop() {
  // The output track ends with the camera, and a call cannot be given another.
  await room.leave();
  await studio.stop();
}

/**
 * @param {import('./ui/call.js').Entry} entry
 * @param {() => import('./call/call').Call | Promise<import('./call/call').Call>} create
 */
async function join({ name, withMicrophone }, create) {
  joinAgain = () => join({ name, withMicrophone }, create);
  clear('call-', 'link-', 'microphone-', 'publish-', 'sdk-', 'session-');
  try {
    // First, so that nobody is asked for a camera only to hear that a field is empty.
    const call = await create();
    if (!studio.output) await start();
    const camera = studio.output;
    if (camera) await room.join(call, { camera, name, withMicrophone });
  } catch (error) {
    report(error);
  }
}

/** The SDK's address in this build. */
const sdkUrl = async () => (await loadManifest()).opentok;

createStage(studio, { start, stop });
createToggles({ studio, microphone, room }, start);
createDevices({ devices, studio, microphone, room }, report);
createLoading(studio);
createBackgrounds(studio, report);
createSettings(studio, report);
createParticipants(room);
createPeople(room);
createPresent(presenting, studio, room);
createReadout(studio, (error) => {
  // Of the proof only the newest is true.
  clear('proof-');
  report(error);
});
createPanels();
createCallPanel(room, {
  joinDemo: (entry, id) => join(entry, () => createLoopbackCall(id, { container })),
  joinVonage: (entry, credentials) =>
    join(entry, async () =>
      createVonageCall(await credentials(), { script: await sdkUrl(), container }),
    ),
  openVonage: () => void sdkUrl().then(loadSdk).catch(report),
  report,
});

/** @param {import('./api').State[]} states @returns {Promise<void>} */
const reached = (...states) =>
  new Promise((resolve) => {
    studio.addEventListener('change', () => {
      if (studio.cyclorama && states.includes(studio.cyclorama.state)) resolve();
    });
  });
studio.addEventListener('change', () => {
  if (studio.cyclorama?.state !== 'live') return;
  // Whatever of the machinery was missing or lost is back.
  clear('file-', 'python-', 'segmenter-', 'compositor-', 'composite-');
});
// Of what cannot be loaded, the next version may be the remedy.
const failed = new Promise((resolve) => studio.addEventListener('error', resolve, { once: true }));
const loaded = Promise.race([reached('waiting', 'live', 'failed'), failed]);
void keepOffline({ loaded, live: reached('live') }, createUpdate(room));

// Whatever can go wrong from here on is told by a script.
element('unscripted', HTMLDivElement).remove();

// What is missing is said at once, so that nobody fills in a form for nothing.
studio.load();
