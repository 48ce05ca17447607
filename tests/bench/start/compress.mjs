/**
 * How small a file becomes as a host compresses static files: once, as well as it can.
 *
 *   node compress.mjs FILE      prints {"gzip": bytes, "brotli": bytes}
 */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const data = readFileSync(process.argv[2] ?? '');
const brotli = brotliCompressSync(data, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
  },
});
const gzip = gzipSync(data, { level: constants.Z_BEST_COMPRESSION });
console.log(JSON.stringify({ gzip: gzip.length, brotli: brotli.length }));
