/**
 * @typedef {import('./protocol').Progress} Progress
 *
 * @typedef {object} Meter
 * @property {(urls: string[]) => void} expect Names the files that are to be fetched from now on.
 *   Called again, it puts them in place of those that have not come; what was counted stays so.
 * @property {(bytes: number) => void} count Takes in bytes of theirs that came to another thread.
 * @property {(url: string) => void} countFile Takes in one of them that did.
 */

const WASM = 'application/wasm';

/**
 * Counts the bytes of every fetch that this worker makes from now on, whoever makes it: Pyodide
 * and tfjs load their own files and tell nobody how far they are.
 *
 * @param {Progress['stage']} stage
 * @param {Record<string, number>} sizes bytes by absolute URL
 * @param {(progress: Progress) => void} report called at most every 100 ms, and at the end
 * @returns {Meter}
 */
export function countFetches(stage, sizes, report) {
  const fetchFile = self.fetch.bind(self);
  /** @type {Set<string>} */
  let expected = new Set();
  let loaded = 0;
  let total = 0;
  let reported = -Infinity;
  /** URLs of files that are counted when they are there. @type {Set<string>} */
  const whole = new Set();

  /** @param {number} bytes */
  const count = (bytes) => {
    loaded = Math.min(loaded + bytes, total);
    if (performance.now() - reported < 100 && loaded < total) return;
    reported = performance.now();
    report({ type: 'progress', stage, loaded, total });
  };

  self.fetch = async (input, init) => {
    const response = await fetchFile(input, init);
    if (!response.ok || !response.body || !expected.has(response.url)) return response;
    // Browsers keep compiled what they compiled from a response of the network, and from no other:
    // on the next visit Python starts by a third of a second earlier.
    if (response.headers.get('Content-Type') === WASM) {
      whole.add(response.url);
      return response;
    }
    const current = expected;
    const counter = new TransformStream({
      /** @param {Uint8Array} chunk @param {TransformStreamDefaultController<Uint8Array>} controller */
      transform(chunk, controller) {
        if (current === expected) count(chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(counter), {
      status: response.status,
      headers: response.headers,
    });
  };

  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (whole.delete(name)) count(sizes[name] ?? 0);
  }).observe({ type: 'resource' });

  return {
    expect(urls) {
      expected = new Set(urls);
      total = loaded;
      for (const url of expected) total += sizes[url] ?? 0;
    },
    count,
    countFile: (url) => count(sizes[url] ?? 0),
  };
}
