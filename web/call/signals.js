import { shownName } from './name.js';

/** @import { Presence } from './call' */

/**
 * What two tabs tell each other. With a description come the sender's name, its presence and
 * which of its streams is a shared screen: WebRTC itself says none of them.
 * @typedef {{ description: RTCSessionDescriptionInit, name: string, screen: string | null,
 *     presence: Presence }
 *   | { candidate: RTCIceCandidateInit }
 *   | { presence: Presence }} Signal
 */

/**
 * What a tab says to all that are in the call, or to one of them.
 * @typedef {{ type: 'hello', from: string }
 *   | { type: 'bye', from: string }
 *   | { type: 'signal', from: string, to: string, signal: Signal }} Message
 */

/** Letters, digits and dashes: an id goes into a link, and into the names of channels and locks. */
const ID = /^[\w-]{1,64}$/;
/** Letters. A description grows with each screen that was shared in the call. */
const LONGEST_DESCRIPTION = 1_000_000;
const LONGEST_CANDIDATE = 2000;

/** @param {unknown} value @returns {value is string} */
export function isId(value) {
  return typeof value === 'string' && ID.test(value);
}

/**
 * @param {unknown} data from another tab, of any shape
 * @returns {Message | null} what of it is a message of ours, and nothing besides
 */
export function toMessage(data) {
  const { type, from, to, signal } = record(data);
  if (!isId(from)) return null;
  if (type === 'hello' || type === 'bye') return { type, from };
  if (type !== 'signal' || !isId(to)) return null;
  const told = toSignal(record(signal));
  return told && { type, from, to, signal: told };
}

/** @param {Record<string, unknown>} data @returns {Signal | null} */
function toSignal(data) {
  if ('candidate' in data) return toCandidate(data.candidate);
  const { muted, cameraOff } = record(data.presence);
  if (typeof muted !== 'boolean' || typeof cameraOff !== 'boolean') return null;
  const presence = { muted, cameraOff };
  if (!('description' in data)) return { presence };
  const { type, sdp } = record(data.description);
  const { name, screen } = data;
  if (type !== 'offer' && type !== 'answer') return null;
  if (typeof sdp !== 'string' || sdp.length > LONGEST_DESCRIPTION) return null;
  if (typeof name !== 'string' || (screen !== null && typeof screen !== 'string')) return null;
  return { description: { type, sdp }, name: shownName(name), screen, presence };
}

/** @param {unknown} data @returns {Signal | null} */
function toCandidate(data) {
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = record(data);
  if (typeof candidate !== 'string' || candidate.length > LONGEST_CANDIDATE) return null;
  return {
    candidate: {
      candidate,
      sdpMid: typeof sdpMid === 'string' ? sdpMid : null,
      sdpMLineIndex: typeof sdpMLineIndex === 'number' ? sdpMLineIndex : null,
      usernameFragment: typeof usernameFragment === 'string' ? usernameFragment : null,
    },
  };
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function record(value) {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
