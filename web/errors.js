/**
 * Every failure that a user can meet. Nothing else in the product words an error.
 *
 * @import { CycloramaError as Shape } from './api'
 * @typedef {keyof typeof ERRORS} ErrorId
 *
 * @typedef {object} Row
 * @property {string} sentence what happened; `{cause}` stands for the cause, where it has words
 * @property {string} action what the user can do about it
 * @property {Remedy} [remedy] which of that a button of the page does, where one can
 *
 * @typedef {'start' | 'devices' | 'settings' | 'segmenter' | 'background' | 'picture' | 'join' | 'credentials'
 *   | 'share' | 'reload'} Remedy see ui/remedies.js
 */
export const ERRORS = /** @satisfies {Record<string, Row>} */ ({
  'insecure-origin': {
    sentence: 'This page was opened over an insecure connection, where browsers give no camera.',
    action: 'Open it over HTTPS, or on localhost.',
  },
  'browser-unsupported': {
    sentence: 'This browser lacks {cause}, which the virtual background needs.',
    action: 'Use a current version of Chrome, Edge, another Chromium browser or Firefox.',
  },
  'camera-refused': {
    sentence: 'The camera was not allowed.',
    action: 'Allow the camera for this page in the address bar, then start again.',
    remedy: 'start',
  },
  'camera-missing': {
    sentence: 'No camera was found.',
    action: 'Plug one in, then start again.',
    remedy: 'start',
  },
  'camera-busy': {
    sentence: 'The camera could not be started; another program may be using it.',
    action: 'Close the other program, then start again.',
    remedy: 'start',
  },
  'camera-settings': {
    sentence: 'The camera cannot deliver this size and frame rate.',
    action: 'Choose another size or frame rate.',
    remedy: 'settings',
  },
  'camera-ended': {
    sentence: 'The camera stopped delivering pictures.',
    action: 'Check that it is plugged in and allowed, then start again.',
    remedy: 'start',
  },
  'microphone-unavailable': {
    sentence: 'The microphone could not be used, so the others cannot hear you.',
    action: 'Allow it for this page and join again.',
    remedy: 'join',
  },
  'image-unreadable': {
    sentence: 'This file could not be read as a picture; the background stays as it was.',
    action: 'Choose a JPEG, PNG, WebP or AVIF picture.',
    remedy: 'picture',
  },
  'background-invalid': {
    sentence: 'This background is not one that Cyclorama knows; the background stays as it was.',
    action: 'Choose an image, a colour, a scene or blur.',
    remedy: 'background',
  },
  'setting-invalid': {
    sentence: 'This setting is out of range; it stays as it was.',
    action: 'Choose one of the values offered.',
    remedy: 'settings',
  },
  'file-missing': {
    sentence: 'A part of Cyclorama could not be loaded from its server.',
    action: 'Check the network and reload; if it stays so, the site is incomplete.',
    remedy: 'reload',
  },
  'message-invalid': {
    sentence: 'Two parts of Cyclorama did not understand each other, and went on without a message.',
    action: 'Reload the page; if it stays so, the site is incomplete.',
    remedy: 'reload',
  },
  'segmenter-failed': {
    sentence: 'Finding the person in the picture failed.',
    action: 'Check the network and reload the page, or choose another segmenter in the settings.',
    remedy: 'segmenter',
  },
  'python-failed': {
    sentence: 'Python, which paints the picture, could not be started.',
    action: 'Check the network and reload; if it stays so, free some memory or update the browser.',
    remedy: 'reload',
  },
  'composite-failed': {
    sentence: 'A picture could not be composited, so the neutral card is shown.',
    action: 'Reload the page, or choose another background.',
    remedy: 'reload',
  },
  'compositor-lost': {
    sentence: 'The compositor stopped answering and is being restarted; the neutral card is shown.',
    action: 'Wait a few seconds.',
  },
  'segmenter-lost': {
    sentence: 'The segmenter stopped answering and is being restarted.',
    action: 'Wait a few seconds.',
  },
  'call-unreachable': {
    sentence: 'The call could not be reached.',
    action: 'Check the network, then join again.',
    remedy: 'join',
  },
  'call-refused': {
    sentence: 'The call did not accept the session id or the token.',
    action: 'Check both; a token expires and belongs to one session.',
    remedy: 'credentials',
  },
  'call-incomplete': {
    sentence: 'Joining needs an application id or API key, a session id and a token.',
    action: 'Fill in all three.',
    remedy: 'credentials',
  },
  'call-ended': {
    sentence: 'The call ended.',
    action: 'Join again.',
    remedy: 'join',
  },
  'publish-failed': {
    sentence: 'Your picture could not be published in the call.',
    action: 'Leave and join again.',
    remedy: 'join',
  },
  'sdk-missing': {
    sentence: 'The Vonage video library could not be loaded.',
    action: 'Reload the page; if it stays so, the site is incomplete.',
    remedy: 'reload',
  },
  'share-refused': {
    sentence: 'Nothing was shared.',
    action: 'Press Share again and choose a tab, window or screen.',
    remedy: 'share',
  },
  'link-invalid': {
    sentence: 'This link is not a complete invitation.',
    action: 'Ask for a new one.',
  },
  'pictures-full': {
    sentence: 'The picture is in use, but this device has no space left to keep it.',
    action: 'Remove a picture or free some space, then add it again.',
    remedy: 'background',
  },
  'pictures-denied': {
    sentence: 'The picture is in use, but this browser does not let the page keep it.',
    action: 'Leave private browsing or allow this page to store data, then add it again.',
    remedy: 'background',
  },
  'pictures-many': {
    sentence: 'No more pictures can be added.',
    action: 'Remove one, then add another.',
    remedy: 'background',
  },
  'proof-blocked': {
    sentence: 'The browser did not open another tab.',
    action: 'Allow pop-ups for this page in the address bar, then press “Prove it” again.',
  },
  'proof-visible': {
    sentence: 'This page was never hidden: the other page opened beside it, not in front of it.',
    action: 'Let it open as a tab of this window, then press “Prove it” again.',
  },
  'proof-short': {
    sentence: 'The page was hidden too briefly to count its frames.',
    action: 'Press “Prove it” again, and leave the other tab open for its ten seconds.',
  },
  'camera-unplugged': {
    sentence: 'The camera was unplugged, so the neutral card is shown.',
    action: 'Plug it in again and it comes back by itself, or choose another.',
    remedy: 'devices',
  },
  'camera-absent': {
    sentence: 'The chosen camera is not connected.',
    action: 'Plug it in and start again, or choose another.',
    remedy: 'start',
  },
  'camera-muted': {
    sentence: 'The camera gives no picture: the system or a switch on it holds it back.',
    action: 'Release it, and the picture comes back by itself.',
  },
  'microphone-busy': {
    sentence: 'The microphone could not be started; another program may be using it.',
    action: 'Close the other program, then try again.',
    remedy: 'devices',
  },
  'microphone-missing': {
    sentence: 'The microphone was not found, so the others cannot hear you.',
    action: 'Plug it in or choose another, then try again.',
    remedy: 'devices',
  },
  'microphone-unplugged': {
    sentence: 'The microphone was unplugged, so the others cannot hear you.',
    action: 'Plug it in again and it comes back by itself, or choose another.',
    remedy: 'devices',
  },
  'microphone-muted': {
    sentence: 'The microphone gives no sound: the system or a switch on it holds it back.',
    action: 'Release it, and the sound comes back by itself.',
  },
  'speaker-unavailable': {
    sentence: 'The chosen speaker could not be used.',
    action: 'Plug it in, or choose another.',
    remedy: 'devices',
  },
  'session-missing': {
    sentence: 'The call that this site provides could not be had.',
    action: 'Join again; if it stays so, tell those who run the site.',
    remedy: 'join',
  },
  'call-removed': {
    sentence: 'A moderator took you out of the call.',
    action: 'Ask the moderator before you join again.',
  },
});

/**
 * An error with a row in the table.
 * @implements {Shape}
 */
export class CycloramaError extends Error {
  /**
   * @param {ErrorId} id
   * @param {unknown} [cause] the technical cause, for the console
   */
  constructor(id, cause) {
    /** @type {Row} */
    const row = ERRORS[id];
    super(row.sentence.replace('{cause}', typeof cause === 'string' ? cause : 'something'), {
      cause,
    });
    this.name = 'CycloramaError';
    this.id = id;
    this.action = row.action;
    this.remedy = row.remedy ?? null;
  }
}

/**
 * @param {unknown} error
 * @param {ErrorId} otherwise the row for an error that has none yet
 */
export function toCycloramaError(error, otherwise) {
  return error instanceof CycloramaError ? error : new CycloramaError(otherwise, error);
}

/** @param {import('../worker/protocol').Failure} failure reported by a worker */
export function fromFailure(failure) {
  return new CycloramaError(failure.id, failure.detail);
}
