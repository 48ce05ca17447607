import { forgetSettings, keepCamera, keepSettings } from '../choices.js';
import { element, fillSelect } from './element.js';

/** @typedef {import('../api').Settings} Settings */

/** Sizes by the name people know them under. */
const SIZES = new Map([
  ['240p', { width: 320, height: 240 }],
  ['360p', { width: 640, height: 360 }],
  ['480p', { width: 640, height: 480 }],
  ['720p', { width: 1280, height: 720 }],
]);
/** Where nobody chose one. */
const USUAL_SIZE = { width: 640, height: 480 };
const FRAME_RATES = [15, 24, 30];
/** The names that BodyPix gives to these shares. */
const RESOLUTIONS = [
  { value: '0.25', label: 'Low (0.25)' },
  { value: '0.475', label: 'Medium (0.475)' },
  { value: '0.75', label: 'High (0.75)' },
  { value: '1', label: 'Full (1)' },
];
const BACKENDS = [
  { value: 'automatic', label: 'Automatic' },
  { value: 'wasm', label: 'WebAssembly, on the processor' },
  { value: 'webgl', label: 'WebGL, on the graphics card' },
  { value: 'webgpu', label: 'WebGPU, on the graphics card' },
];
const QUALITIES = [
  { value: 'finest', label: 'Finest' },
  { value: 'fine', label: 'Fine' },
  { value: 'good', label: 'Good' },
  { value: 'fair', label: 'Fair' },
  { value: 'low', label: 'Low' },
  { value: 'lowest', label: 'Lowest, for the slowest computers' },
];

const BUDGETS = [
  { value: 'quiet', label: 'Quiet: little of this computer' },
  { value: 'balanced', label: 'Balanced: what the usual settings take, or less' },
  { value: 'best', label: 'Best: all that this computer has' },
  { value: 'off', label: 'Off: nothing changes by itself' },
];
const AUTOMATIC = 'automatic';

/**
 * Camera size and rate, and how the person is found.
 * @param {import('../studio.js').Studio} studio
 * @param {(error: unknown) => void} report
 */
export function createSettings(studio, report) {
  const size = element('camera-size', HTMLSelectElement);
  const rate = element('frame-rate', HTMLSelectElement);
  const tuning = element('tuning', HTMLSelectElement);
  const segmentation = element('segmentation', HTMLFieldSetElement);
  const segmenter = element('segmenter', HTMLSelectElement);
  const stride = element('stride', HTMLSelectElement);
  const backend = element('backend', HTMLSelectElement);
  const resolution = element('internal-resolution', HTMLSelectElement);
  const quality = element('quality', HTMLSelectElement);
  const threshold = element('threshold', HTMLInputElement);
  const thresholdValue = element('threshold-value', HTMLOutputElement);
  const running = element('segmenter-running', HTMLParagraphElement);

  size.addEventListener('change', () => {
    studio.cameraFixed = size.value !== AUTOMATIC;
    chooseCamera(SIZES.get(size.value) ?? USUAL_SIZE);
  });
  rate.addEventListener('change', () => {
    chooseCamera({ frameRate: Number(rate.value) });
  });
  segmenter.addEventListener('change', () => {
    if (segmenter.value === AUTOMATIC) return void release('segmenter', 'stride');
    const info = studio.cyclorama?.segmenters.find(({ id }) => id === segmenter.value);
    // A stride that the new one does not have would be refused.
    const [first] = info?.strides ?? [];
    void configure({ segmenter: segmenter.value, ...(first === undefined ? {} : { stride: first }) });
  });
  stride.addEventListener('change', () => {
    if (stride.value === AUTOMATIC) void release('stride');
    else void configure({ stride: Number(stride.value) });
  });
  backend.addEventListener('change', () => {
    void configure({ backend: /** @type {import('../api').Settings['backend']} */ (backend.value) });
  });
  resolution.addEventListener('change', () => {
    if (resolution.value === AUTOMATIC) void release('internalResolution');
    else void configure({ internalResolution: Number(resolution.value) });
  });
  quality.addEventListener('change', () => {
    if (quality.value === AUTOMATIC) return void release('quality');
    void configure({ quality: /** @type {import('../api').Settings['quality']} */ (quality.value) });
  });
  tuning.addEventListener('change', () => {
    void configure({
      ...named(),
      tuning: /** @type {import('../api').Settings['tuning']} */ (tuning.value),
    });
  });
  threshold.addEventListener('input', () => void configure({ threshold: threshold.valueAsNumber }));
  studio.addEventListener('change', render);
  render();

  /** @param {Partial<import('../camera.js').CameraChoice>} choice */
  function chooseCamera(choice) {
    studio.chooseCamera(choice).catch(report);
    const { frameRate, ...chosen } = studio.cameraChoice;
    keepCamera(studio.cameraFixed ? { ...chosen, frameRate } : { frameRate });
  }

  /** The settings that the user chose, of those that can be automatic. */
  function named() {
    const { cyclorama } = studio;
    const chosen = Object.entries(cyclorama?.settings ?? {}).filter(([name]) =>
      cyclorama?.pinned.has(name),
    );
    return /** @type {Partial<Settings>} */ (Object.fromEntries(chosen));
  }

  /** @param {(keyof Settings)[]} names of settings that are to be automatic again */
  async function release(...names) {
    const { tuning: budget = 'balanced' } = studio.cyclorama?.settings ?? {};
    const kept = Object.entries(named()).filter(([name]) => !names.some((n) => n === name));
    forgetSettings(names);
    await configure({ ...Object.fromEntries(kept), tuning: budget });
  }

  /** @param {Partial<import('../api').Settings>} settings */
  async function configure(settings) {
    try {
      await studio.cyclorama?.configure(settings);
      keepSettings(settings);
    } catch (error) {
      // Otherwise another segmenter was chosen before this one was there, or all was stopped.
      if (/** @type {Error} */ (error).name !== 'AbortError') report(error);
    } finally {
      render();
    }
  }

  function render() {
    const { cyclorama, cameraChoice } = studio;
    const known = [...SIZES].find(([, { height }]) => height === cameraChoice.height);
    fillSelect(
      size,
      [
        { value: AUTOMATIC, label: 'Automatic' },
        ...[...SIZES].map(([name, { width, height }]) => ({
          value: name,
          label: width / height > 1.5 ? `${name} wide` : name,
        })),
      ],
      studio.cameraFixed ? (known?.[0] ?? '') : AUTOMATIC,
    );
    fillSelect(
      rate,
      FRAME_RATES.map((fps) => ({ value: String(fps), label: `${fps} fps` })),
      String(cameraChoice.frameRate),
    );
    segmentation.disabled = cyclorama === null;
    if (cyclorama) renderSegmentation(cyclorama);
    else running.textContent = '';
  }

  /** @param {import('../api').Cyclorama} cyclorama */
  function renderSegmentation(cyclorama) {
    const { segmenters, settings } = cyclorama;
    fillSelect(tuning, BUDGETS, settings.tuning);
    const info = segmenters.find(({ id }) => id === settings.segmenter);
    fill(
      segmenter,
      'segmenter',
      segmenters.map(({ id, label }) => ({ value: id, label })),
      settings.segmenter,
    );
    const strides = info?.strides ?? [];
    stride.disabled = strides.length < 2;
    fill(
      stride,
      'stride',
      strides.map((value) => ({ value: String(value), label: String(value) })),
      String(settings.stride),
    );
    fillSelect(backend, BACKENDS, settings.backend);
    resolution.disabled = !info?.scalable;
    fill(resolution, 'internalResolution', RESOLUTIONS, nearest(settings.internalResolution));
    fill(quality, 'quality', QUALITIES, settings.quality);
    threshold.valueAsNumber = settings.threshold;
    thresholdValue.value = settings.threshold.toFixed(2);
    const { segmenter: label, backend: used } = cyclorama.stats();
    running.textContent = used ? `${label} runs on the ${used} backend.` : '';

    /**
     * The choices of a setting, and what it is now where that is automatic.
     * @param {HTMLSelectElement} select
     * @param {keyof Settings} name
     * @param {{ value: string, label: string }[]} choices
     * @param {string} value
     */
    function fill(select, name, choices, value) {
      if (settings.tuning === 'off') return fillSelect(select, choices, value);
      const now = choices.find((choice) => choice.value === value)?.label;
      const automatic = {
        value: AUTOMATIC,
        label: now ? `Automatic, now ${now}` : 'Automatic',
      };
      const chosen = cyclorama.pinned.has(name);
      fillSelect(select, [automatic, ...choices], chosen ? value : AUTOMATIC);
    }
  }
}

/** @param {number} share internal resolution, which an embedding page may set to any value */
function nearest(share) {
  const distances = RESOLUTIONS.map(({ value }) => Math.abs(Number(value) - share));
  return RESOLUTIONS[distances.indexOf(Math.min(...distances))]?.value ?? '';
}
