/**
 * Joins a demo call from a page that has no camera: a receiver that leaves the machine to the
 * sender. What it receives is laid out as on the real page.
 * @param {string} id of the call
 */
export async function join(id) {
  /** @type {typeof import('../../../web/call/loopback.js')} */
  const { createLoopbackCall } = await import(
    String(new URL('../call/loopback.js', import.meta.url))
  );
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const [camera] = canvas.captureStream().getVideoTracks();
  if (!camera) throw new Error('captureStream gave no video track');

  const participants = document.createElement('div');
  participants.id = 'participants';
  document.body.append(participants);
  /** @type {Map<string, HTMLElement>} */
  const tiles = new Map();
  const call = createLoopbackCall(id, { container: document.createElement('div') });
  call.addEventListener('joined', ({ detail }) => {
    const tile = document.createElement('div');
    tile.dataset.kind = detail.kind;
    tile.dataset.muted = String(detail.muted);
    tile.append(detail.element);
    participants.append(tile);
    tiles.set(detail.id, tile);
  });
  call.addEventListener('changed', ({ detail: { id, muted } }) => {
    const tile = tiles.get(id);
    if (tile && muted !== undefined) tile.dataset.muted = String(muted);
  });
  call.addEventListener('left', ({ detail }) => tiles.get(detail.id)?.remove());
  await call.join({ camera, microphone: null, muted: true, cameraOff: false, name: 'Guest' });
}
