import { element } from './element.js';

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
 * The self-view with start and stop.
 * @param {import('../studio.js').Studio} studio
 * @param {object} actions
 * @param {() => Promise<void>} actions.start
 * @param {() => Promise<void>} actions.stop
 */
export function createStage(studio, { start, stop }) {
  const self = element('self', HTMLVideoElement);
  const intro = element('intro', HTMLDivElement);
  const introTitle = element('intro-title', HTMLHeadingElement);
  const startButton = element('start', HTMLButtonElement);
  const stopButton = element('stop', HTMLButtonElement);
  const status = element('status', HTMLParagraphElement);
  const welcome = introTitle.textContent;

  self.addEventListener('resize', () => {
    const ratio = self.videoWidth / self.videoHeight;
    if (ratio > 0) document.documentElement.style.setProperty('--ratio', ratio.toFixed(4));
  });
  startButton.addEventListener('click', () => void start());
  stopButton.addEventListener('click', () => void stop());
  studio.addEventListener('change', render);

  function render() {
    const { camera, cyclorama, output, opening } = studio;
    // Without a camera the card is waiting for nobody.
    const state = camera ? (cyclorama?.state ?? 'loading') : opening ? 'loading' : 'stopped';
    document.documentElement.dataset.state = state;
    status.textContent = STATUS[state];
    show(output);
    intro.hidden = camera !== null || opening;
    introTitle.textContent = output ? 'The camera is off' : welcome;
    stopButton.hidden = !output && !opening;
  }

  /** @param {MediaStreamTrack | null} output */
  function show(output) {
    self.hidden = output === null;
    const shown = self.srcObject instanceof MediaStream ? self.srcObject.getTracks()[0] : undefined;
    if (output && shown !== output) self.srcObject = new MediaStream([output]);
    if (!output) self.srcObject = null;
  }
}
