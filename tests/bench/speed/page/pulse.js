/** Asks the page again and again, from a worker, how soon it answers. */
const REST_MS = 10;

let askedAt = 0;

function ask() {
  askedAt = performance.now();
  self.postMessage({ answeredMs: null });
}

self.onmessage = () => {
  self.postMessage({ answeredMs: performance.now() - askedAt });
  setTimeout(ask, REST_MS);
};

ask();
