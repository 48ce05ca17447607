import { listCameras, onDevicesChanged } from '../camera.js';
import { element, fillSelect } from './element.js';

/** @type {Record<import('../api').State, string>} */
const STATUS = {
  loading: 'Loading',
  waiting: 'Looking for you',
  live: 'Live',
  paused: 'Paused',
  failed: 'Failed',
  stopped: 'Camera off',
};

/**
 * The self-view with start, stop and the choice of camera.
 * @param {import('../studio.js').Studio} studio
 * @param {object} actions
 * @param {() => Promise<void>} actions.start
 * @param {() => Promise<void>} actions.stop
 * @param {(error: unknown) => void} actions.report
 */
export function createStage(studio, { start, stop, report }) {
  const self = element('self', HTMLVideoElement);
  const intro = element('intro', HTMLDivElement);
  const introTitle = element('intro-title', HTMLHeadingElement);
  const startButton = element('start', HTMLButtonElement);
  const stopButton = element('stop', HTMLButtonElement);
  const camera = element('camera', HTMLSelectElement);
  const status = element('status', HTMLParagraphElement);
  const welcome = introTitle.textContent;

  self.addEventListener('resize', () => {
    const ratio = self.videoWidth / self.videoHeight;
    if (ratio > 0) document.documentElement.style.setProperty('--ratio', ratio.toFixed(4));
  });
  startButton.addEventListener('click', () => void start());
  stopButton.addEventListener('click', () => void stop());
  camera.addEventListener('change', () => {
    studio.chooseCamera({ deviceId: camera.value || null }).catch(report);
  });
  studio.addEventListener('change', () => {
    render();
    void showCameras();
  });
  if ('mediaDevices' in navigator) onDevicesChanged(() => void showCameras());

  function render() {
    const { cyclorama, output, opening } = studio;
    const state = cyclorama?.state ?? 'stopped';
    document.documentElement.dataset.state = state;
    // Without a camera the card is waiting for nobody.
    status.textContent = STATUS[studio.camera ? state : 'stopped'];
    show(output);
    intro.hidden = studio.camera !== null || opening;
    introTitle.textContent = output ? 'The camera is off' : welcome;
    stopButton.hidden = !cyclorama && !opening;
  }

  /** @param {MediaStreamTrack | null} output */
  function show(output) {
    self.hidden = output === null;
    const shown = self.srcObject instanceof MediaStream ? self.srcObject.getTracks()[0] : undefined;
    if (output && shown !== output) self.srcObject = new MediaStream([output]);
    if (!output) self.srcObject = null;
  }

  async function showCameras() {
    // Absent on an insecure origin, which `start` will say.
    if (!('mediaDevices' in navigator)) return;
    const cameras = await listCameras();
    const choices = cameras.map(({ deviceId, label }, index) => ({
      value: deviceId,
      label: label || `Camera ${index + 1}`,
    }));
    const inUse = studio.camera?.getSettings().deviceId ?? studio.cameraChoice.deviceId ?? '';
    // Before it may see names, the page has only the browser's own choice to offer; a camera
    // that is none of the devices (a captured element, say) is shown as that too.
    if (!choices.some(({ value }) => value === inUse)) {
      choices.unshift({ value: '', label: 'Default camera' });
      fillSelect(camera, choices, '');
    } else {
      fillSelect(camera, choices, inUse);
    }
  }
}
