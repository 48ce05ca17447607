/**
 * A timer that a hidden page does not slow down.
 * @param {MessageEvent<number>} event with the milliseconds to wait
 */
self.onmessage = ({ data: delayMs }) => {
  setTimeout(() => self.postMessage(null), delayMs);
};
