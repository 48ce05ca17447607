/** In place of worker/clock.js: the usual clock, until somebody says that it is time to hang. */
let hanging = false;
new BroadcastChannel('hang').onmessage = () => {
  hanging = true;
};

/** @param {number} milliseconds @returns {Promise<void>} */
export async function sleep(milliseconds) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  while (hanging);
}
