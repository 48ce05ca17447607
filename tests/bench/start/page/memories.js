/**
 * Imported first by a worker: counts the WebAssembly memories that are made in it from then on.
 * Asked over CDP, a worker that runs Pyodide crashes (`Runtime.queryObjects`, Chromium 156).
 */

/** @type {WebAssembly.Memory[]} */
const memories = [];

WebAssembly.Memory = class extends WebAssembly.Memory {
  /** @param {WebAssembly.MemoryDescriptor} descriptor */
  constructor(descriptor) {
    super(descriptor);
    memories.push(this);
  }
};

/** Bytes of them all. */
function memoryBytes() {
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

Object.assign(globalThis, { memoryBytes });
