/**
 * Every failure that a user can meet: its name, what happened in one sentence, and what to do
 * in one more. Nothing else in the product words an error.
 *
 * @import { CycloramaError as Shape } from './api'
 * @typedef {keyof typeof ERRORS} ErrorId
 */
export const ERRORS = /** @type {const} */ ({
  'insecure-origin': [
    'This page was opened over an insecure connection, where browsers give no camera.',
    'Open it over HTTPS, or on localhost.',
  ],
  'browser-unsupported': [
    'This browser lacks something that the virtual background needs.',
    'Use a current version of Chrome, Edge or another Chromium browser.',
  ],
  'camera-refused': [
    'The camera was not allowed.',
    'Allow the camera for this page in the address bar, then start again.',
  ],
  'camera-missing': ['No camera was found.', 'Plug one in, then start again.'],
  'camera-busy': [
    'The camera could not be started; another program may be using it.',
    'Close the other program, then start again.',
  ],
  'camera-settings': [
    'The camera cannot deliver this size and frame rate.',
    'Choose another size or frame rate.',
  ],
  'camera-ended': [
    'The camera stopped delivering pictures.',
    'Check that it is plugged in and allowed, then start again.',
  ],
  'microphone-unavailable': [
    'The microphone could not be used, so the others cannot hear you.',
    'Allow it for this page and join again.',
  ],
  'image-unreadable': [
    'This file could not be read as a picture; the background stays as it was.',
    'Choose a JPEG, PNG, WebP or AVIF picture.',
  ],
  'background-invalid': [
    'This background is not one that Cyclorama knows; the background stays as it was.',
    'Choose an image, a colour, a scene or blur.',
  ],
  'setting-invalid': [
    'This setting is out of range; it stays as it was.',
    'Choose one of the values offered.',
  ],
  'file-missing': [
    'A part of Cyclorama could not be loaded from its server.',
    'Check the network and reload; if it stays so, the site is incomplete.',
  ],
  'segmenter-failed': [
    'Finding the person in the picture failed.',
    'Reload the page, or choose another segmenter in the settings.',
  ],
  'python-failed': [
    'Python, which paints the picture, could not be started.',
    'Reload the page; if it stays so, free some memory or update the browser.',
  ],
  'composite-failed': [
    'A picture could not be composited, so the neutral card is shown.',
    'Choose another background or reload the page.',
  ],
  'compositor-lost': [
    'The compositor stopped answering and is being restarted; the neutral card is shown.',
    'Wait a few seconds.',
  ],
  'segmenter-lost': [
    'The segmenter stopped answering and is being restarted.',
    'Wait a few seconds.',
  ],
  'call-unreachable': [
    'The call could not be reached.',
    'Check the network, then join again.',
  ],
  'call-refused': [
    'The call did not accept the session id or the token.',
    'Check both; a token expires and belongs to one session.',
  ],
  'call-incomplete': [
    'Joining needs an application id or API key, a session id and a token.',
    'Fill in all three.',
  ],
  'call-ended': ['The call ended.', 'Join again.'],
  'publish-failed': [
    'Your picture could not be published in the call.',
    'Leave and join again.',
  ],
  'sdk-missing': [
    'The Vonage video library could not be loaded.',
    'Reload the page; if it stays so, the site is incomplete.',
  ],
  'share-refused': ['Nothing was shared.', 'Press Share again and choose a tab, window or screen.'],
  'link-invalid': ['This link is not a complete invitation.', 'Ask for a new one.'],
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
    const [sentence, action] = ERRORS[id];
    super(sentence, { cause });
    this.name = 'CycloramaError';
    this.id = id;
    this.action = action;
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
  const id = /** @type {ErrorId} */ (failure.id in ERRORS ? failure.id : 'composite-failed');
  return new CycloramaError(id, failure.detail);
}
