/** In place of worker/clock.js: the worker's clock jumps when it is told by how much. */
const now = performance.now.bind(performance);
let jumped = 0;
performance.now = () => now() + jumped;
new BroadcastChannel('jump').onmessage = ({ data }) => {
  jumped += data;
};

/** @param {number} milliseconds @returns {Promise<void>} */
export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
