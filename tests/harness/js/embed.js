/** A page that embeds Cyclorama; the tests drive it through these globals. */

/** @type {typeof import('../../../web/cyclorama.js')} */
const { createCyclorama } = await import(String(new URL('../cyclorama.js', import.meta.url)));

/** @param {MediaTrackConstraints} [video] */
async function openCamera(video = { width: 640, height: 480, frameRate: 30 }) {
  const stream = await navigator.mediaDevices.getUserMedia({ video });
  return stream.getVideoTracks()[0];
}

Object.assign(globalThis, { createCyclorama, openCamera });
document.documentElement.dataset.embed = 'ready';
