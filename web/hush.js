/**
 * Mutes all that plays in the page, and whatever begins to play, until told otherwise.
 * @returns {() => void} gives everything its voice back
 */
export function hush() {
  /** @type {HTMLMediaElement[]} */
  const hushed = [];

  /** @param {HTMLMediaElement} media */
  function mute(media) {
    if (media.muted) return;
    media.muted = true;
    hushed.push(media);
  }

  /** @param {Event} event */
  function onPlay({ target }) {
    if (target instanceof HTMLMediaElement) mute(target);
  }

  for (const media of document.querySelectorAll('audio')) mute(media);
  for (const media of document.querySelectorAll('video')) mute(media);
  // It does not bubble, but it is captured.
  document.addEventListener('play', onPlay, true);
  return () => {
    document.removeEventListener('play', onPlay, true);
    for (const media of hushed) media.muted = false;
  };
}
