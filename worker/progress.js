/** @typedef {import('./protocol').Progress} Progress */

/**
 * Counts the bytes of every fetch that this worker makes from now on, whoever makes it: Pyodide
 * and tfjs load their own files and tell nobody how far they are.
 *
 * @param {Progress['stage']} stage
 * @param {Record<string, number>} sizes bytes by absolute URL
 * @param {(progress: Progress) => void} report called at most every 100 ms, and at the end
 * @returns {(urls: string[]) => void} names the files that are to be fetched from now on. Called
 *   again, it puts them in place of those that have not come, and what was counted stays counted.
 */
export function countFetches(stage, sizes, report) {
  const fetchFile = self.fetch.bind(self);
  /** @type {Set<string>} */
  let expected = new Set();
  let loaded = 0;
  let total = 0;
  let reported = -Infinity;

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
    const current = expected;
    const counter = new TransformStream({
      /** @param {Uint8Array} chunk @param {TransformStreamDefaultController<Uint8Array>} controller */
      transform(chunk, controller) {
        if (current === expected) count(chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
    // The status and headers stay: `instantiateStreaming` looks at the MIME type.
    return new Response(response.body.pipeThrough(counter), {
      status: response.status,
      headers: response.headers,
    });
  };

  return (urls) => {
    expected = new Set(urls);
    total = loaded;
    for (const url of expected) total += sizes[url] ?? 0;
  };
}
