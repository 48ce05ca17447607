/** The tab in front: counts down, tells its opener when it goes, and closes itself. */
import { MESSAGES } from './proof.js';
import { element } from './ui/element.js';

const SECONDS = 10;

const left = element('left', HTMLParagraphElement);
const endsAt = performance.now() + SECONDS * 1000;

element('close', HTMLButtonElement).addEventListener('click', () => close());
opener?.postMessage(MESSAGES.here, location.origin);
// However it goes: by itself, by the button, or closed by the user.
addEventListener('pagehide', () => opener?.postMessage(MESSAGES.over, location.origin));

const ticking = setInterval(() => {
  const remainingMs = endsAt - performance.now();
  left.textContent = String(Math.max(0, Math.ceil(remainingMs / 1000)));
  if (remainingMs > 0) return;
  clearInterval(ticking);
  close();
}, 100);
