import { createLoopbackCall } from './call/loopback.js';
import { Room } from './call/room.js';
import { createVonageCall, loadSdk } from './call/vonage.js';
import { createCyclorama } from './cyclorama.js';
import { CycloramaError } from './errors.js';
import { loadManifest } from './manifest.js';
import { Studio } from './studio.js';
import { createBackgrounds } from './ui/backgrounds.js';
import { createCallPanel } from './ui/call.js';
import { element } from './ui/element.js';
import { createLoading } from './ui/loading.js';
import { createNotices } from './ui/notices.js';
import { createParticipants } from './ui/participants.js';
import { createReadout } from './ui/readout.js';
import { createSettings } from './ui/settings.js';
import { createStage } from './ui/stage.js';

const studio = new Studio(createCyclorama);
const room = new Room();
const { report, clear } = createNotices();
const container = element('published', HTMLDivElement);

studio.addEventListener('error', ({ detail }) => report(detail));
room.addEventListener('error', ({ detail }) => report(detail));
room.addEventListener('change', () => {
  if (room.screen) clear('share-');
});

async function start() {
  try {
    await studio.start();
    clear('camera-');
  } catch (error) {
    report(error);
  }
}

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
  clear('call-', 'link-', 'microphone-', 'publish-', 'sdk-');
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

createStage(studio, { start, stop, report });
createLoading(studio);
createBackgrounds(studio, report);
createSettings(studio, report);
createParticipants(room);
createReadout(studio);
createCallPanel(room, {
  joinDemo: (entry, id) => join(entry, () => createLoopbackCall(id, { container })),
  joinVonage: (entry, credentials) =>
    join(entry, async () => createVonageCall(credentials, { script: await sdkUrl(), container })),
  openVonage: () => void sdkUrl().then(loadSdk).catch(report),
});

// Said at once, so that nobody fills in a form for nothing.
if (!isSecureContext) report(new CycloramaError('insecure-origin'));
