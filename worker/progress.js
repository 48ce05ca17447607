/** @typedef {import('./protocol').Progress} Progress */

/**
 * Counts the bytes of every fetch that this worker makes from now on, whoever makes it: Pyodide
 * and tfjs load their own files and tell nobody how far they are.
 *
 * @param {Progress['stage']} stage
 * @param {Record<string, number>} sizes bytes by absolute URL of the files that will be fetched
 * @param {(progress: Progress) => void} report called at most every 100 ms, and at the end
 */
export function countFetches(stage, sizes, report) {
  const fetchFile = self.fetch.bind(self);
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  let loaded = 0;
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
    if (!response.ok || !response.body || !(response.url in sizes)) return response;
    const counter = new TransformStream({
      /** @param {Uint8Array} chunk @param {TransformStreamDefaultController<Uint8Array>} controller */
      transform(chunk, controller) {
        count(chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
    // The status and headers stay: `instantiateStreaming` looks at the MIME type.
    return new Response(response.body.pipeThrough(counter), {
      status: response.status,
      headers: response.headers,
    });
  };
}

/**
 * @param {import('./protocol').Manifest} manifest with absolute URLs
 * @param {(url: string) => boolean} wanted
 * @returns {Record<string, number>} bytes by URL
 */
export function sizesOf(manifest, wanted) {
  return Object.fromEntries(Object.entries(manifest.sizes).filter(([url]) => wanted(url)));
}
