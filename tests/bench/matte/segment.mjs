/**
 * BodyPix under Node, for the matte's evaluation: pictures on stdin, masks on stdout.
 *
 *   node segment.mjs FOLDER STRIDE      FOLDER holds model-strideN.json and its weights
 *
 * A picture is width and height (uint32, little endian) and its RGB bytes, already at the
 * network's input size. The answer is columns and rows (uint32) and a byte for each logit, as
 * MaskMessage in worker/protocol.d.ts has them.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from '@tensorflow-models/body-pix';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';

const LIMIT = 8;

const [folder = '', stride = '16'] = process.argv.slice(2);
await tf.setBackend('wasm');
const net = await load({
  architecture: 'MobileNetV1',
  multiplier: 0.5, // only names the files that modelUrl replaces
  outputStride: Number(stride),
  modelUrl: { load: () => readModel(join(folder, `model-stride${stride}.json`)) },
});

let rest = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  rest = Buffer.concat([rest, chunk]);
  while (rest.length >= 8) {
    const [width, height] = [rest.readUInt32LE(0), rest.readUInt32LE(4)];
    const end = 8 + width * height * 3;
    if (rest.length < end) break;
    process.stdout.write(await segment(rest.subarray(8, end), width, height));
    rest = rest.subarray(end);
  }
}

/** @param {Buffer} rgb @param {number} width @param {number} height */
async function segment(rgb, width, height) {
  const logits = tf.tidy(() => {
    const input = tf.tensor3d(Int32Array.from(rgb), [height, width, 3], 'int32');
    return net.predictForPersonSegmentation(input).segmentLogits;
  });
  const [rows, columns] = logits.shape;
  const values = await logits.data();
  logits.dispose();
  const answer = Buffer.alloc(8 + rows * columns);
  answer.writeUInt32LE(columns, 0);
  answer.writeUInt32LE(rows, 4);
  values.forEach((z, i) => {
    const clipped = Math.max(-LIMIT, Math.min(LIMIT, z));
    answer[8 + i] = Math.round(((clipped + LIMIT) * 255) / (2 * LIMIT));
  });
  return answer;
}

/** @param {string} path of a graph model on disk, which Node's tfjs cannot fetch by itself */
async function readModel(path) {
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(path, 'utf8'));
  const names = weightsManifest.flatMap(({ paths }) => paths);
  const shards = await Promise.all(names.map((name) => readFile(join(path, '..', name))));
  return {
    modelTopology,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData: new Uint8Array(Buffer.concat(shards)).buffer,
  };
}
