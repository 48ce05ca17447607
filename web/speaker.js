import { CycloramaError } from './errors.js';

/** Safari lets only the system choose. */
export const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

/** Two soft notes, a fifth apart. */
const NOTES_HZ = [440, 660];
const NOTE_S = 0.35;
const LOUDNESS = 0.2;

/**
 * Plays a short sound. Resolves at its end.
 * @param {string} deviceId empty for the system's own choice
 * @returns {Promise<void>} rejects with `speaker-unavailable`
 */
export async function playTestSound(deviceId) {
  const context = new AudioContext();
  const audio = new Audio();
  try {
    const output = context.createMediaStreamDestination();
    audio.srcObject = output.stream;
    if (deviceId) await audio.setSinkId(deviceId);
    await audio.play();
    await Promise.all(NOTES_HZ.map((hertz, index) => playNote(output, hertz, index * NOTE_S)));
  } catch (error) {
    throw new CycloramaError('speaker-unavailable', error);
  } finally {
    audio.srcObject = null;
    await context.close();
  }
}

/**
 * @param {AudioNode} output
 * @param {number} hertz
 * @param {number} afterS
 */
function playNote(output, hertz, afterS) {
  const { context } = output;
  const start = context.currentTime + afterS;
  const note = new OscillatorNode(context, { frequency: hertz });
  const gain = new GainNode(context, { gain: 0 });
  // Faded in and out: an edge would click.
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  gain.gain.linearRampToValueAtTime(0, start + NOTE_S);
  note.connect(gain).connect(output);
  note.start(start);
  note.stop(start + NOTE_S);
  return new Promise((resolve) => note.addEventListener('ended', resolve));
}
