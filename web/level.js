/** What counts as silence, in decibels below the loudest. */
const FLOOR_DB = -60;
const LIVELY = { intervalMs: 100, samples: 4096 };
/** Where the user wants nothing to flicker: as long a window, so that no word falls between. */
const CALM = { intervalMs: 1000, samples: 32768 };

/**
 * How loud these samples are, as one hears it.
 * @param {Float32Array} samples -1 to 1
 * @returns {number} 0 for silence to 1
 */
export function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length);
  return Math.min(1, Math.max(0, 1 - decibels / FLOOR_DB));
}

/**
 * Tells again and again how loud a track is, while the page can be seen.
 * @param {MediaStreamTrack} track
 * @param {(level: number) => void} tell 0 to 1
 * @returns {() => void} stops; leaves the track running
 */
export function watchLevel(track, tell) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const { intervalMs, samples } = calm ? CALM : LIVELY;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: samples });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const heard = new Float32Array(samples);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(heard);
    tell(loudness(heard));
  }, intervalMs);
  // Nobody looks at a hidden page's meter.
  const rest = () => {
    const done = document.hidden ? context.suspend() : context.resume();
    // Closed meanwhile: there is nothing left to pause.
    done.catch(() => {});
  };
  document.addEventListener('visibilitychange', rest);
  return () => {
    document.removeEventListener('visibilitychange', rest);
    clearInterval(timer);
    void context.close();
  };
}
