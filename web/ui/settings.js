import { element, fillSelect } from './element.js';

/** Sizes by the name people know them under. */
const SIZES = new Map([
  ['240p', { width: 320, height: 240 }],
  ['360p', { width: 640, height: 360 }],
  ['480p', { width: 640, height: 480 }],
  ['720p', { width: 1280, height: 720 }],
]);
const FRAME_RATES = [15, 24, 30];
/** The names that BodyPix gives to these shares. */
const RESOLUTIONS = [
  { value: '0.25', label: 'Low (0.25)' },
  { value: '0.5', label: 'Medium (0.5)' },
  { value: '0.75', label: 'High (0.75)' },
  { value: '1', label: 'Full (1)' },
];
const QUALITIES = [
  { value: 'finest', label: 'Finest' },
  { value: 'fine', label: 'Fine' },
  { value: 'good', label: 'Good' },
  { value: 'fair', label: 'Fair' },
  { value: 'low', label: 'Low' },
  { value: 'lowest', label: 'Lowest, for the slowest computers' },
];

/**
 * Camera size and rate, and how the person is found.
 * @param {import('../studio.js').Studio} studio
 * @param {(error: unknown) => void} report
 */
export function createSettings(studio, report) {
  const size = element('camera-size', HTMLSelectElement);
  const rate = element('frame-rate', HTMLSelectElement);
  const segmentation = element('segmentation', HTMLFieldSetElement);
  const segmenter = element('segmenter', HTMLSelectElement);
  const stride = element('stride', HTMLSelectElement);
  const resolution = element('internal-resolution', HTMLSelectElement);
  const quality = element('quality', HTMLSelectElement);
  const threshold = element('threshold', HTMLInputElement);
  const thresholdValue = element('threshold-value', HTMLOutputElement);
  const running = element('segmenter-running', HTMLParagraphElement);

  size.addEventListener('change', () => {
    studio.chooseCamera(SIZES.get(size.value) ?? {}).catch(report);
  });
  rate.addEventListener('change', () => {
    studio.chooseCamera({ frameRate: Number(rate.value) }).catch(report);
  });
  segmenter.addEventListener('change', () => {
    const info = studio.cyclorama?.segmenters.find(({ id }) => id === segmenter.value);
    // A stride that the new one does not have would be refused.
    const [first] = info?.strides ?? [];
    configure({ segmenter: segmenter.value, ...(first === undefined ? {} : { stride: first }) });
  });
  stride.addEventListener('change', () => configure({ stride: Number(stride.value) }));
  resolution.addEventListener('change', () => {
    configure({ internalResolution: Number(resolution.value) });
  });
  quality.addEventListener('change', () => {
    configure({ quality: /** @type {import('../api').Settings['quality']} */ (quality.value) });
  });
  threshold.addEventListener('input', () => configure({ threshold: threshold.valueAsNumber }));
  studio.addEventListener('change', render);
  render();

  /** @param {Partial<import('../api').Settings>} settings */
  function configure(settings) {
    studio.cyclorama?.configure(settings).then(render, (error) => {
      render();
      report(error);
    });
  }

  function render() {
    const { cyclorama, cameraChoice } = studio;
    const named = [...SIZES].find(([, { height }]) => height === cameraChoice.height);
    fillSelect(
      size,
      [...SIZES].map(([name, { width, height }]) => ({
        value: name,
        label: width / height > 1.5 ? `${name} wide` : name,
      })),
      named?.[0] ?? '',
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
    const info = segmenters.find(({ id }) => id === settings.segmenter);
    fillSelect(
      segmenter,
      segmenters.map(({ id, label }) => ({ value: id, label })),
      settings.segmenter,
    );
    const strides = info?.strides ?? [];
    stride.disabled = strides.length < 2;
    fillSelect(
      stride,
      strides.map((value) => ({ value: String(value), label: String(value) })),
      String(settings.stride),
    );
    resolution.disabled = !info?.scalable;
    fillSelect(resolution, RESOLUTIONS, nearest(settings.internalResolution));
    fillSelect(quality, QUALITIES, settings.quality);
    threshold.valueAsNumber = settings.threshold;
    thresholdValue.value = settings.threshold.toFixed(2);
    const { segmenter: label, backend } = cyclorama.stats();
    running.textContent = backend ? `${label} runs on the ${backend} backend.` : '';
  }
}

/** @param {number} share internal resolution, which an embedding page may set to any value */
function nearest(share) {
  const distances = RESOLUTIONS.map(({ value }) => Math.abs(Number(value) - share));
  return RESOLUTIONS[distances.indexOf(Math.min(...distances))]?.value ?? '';
}
