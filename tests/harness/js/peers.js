/** Keeps a page's connections where a test finds them; the page itself has no hook for tests. */
const connections = /** @type {RTCPeerConnection[]} */ ([]);

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  /** @param {RTCConfiguration} [configuration] */
  constructor(configuration) {
    super(configuration);
    connections.push(this);
  }
};

/**
 * Frames decoded so far of what a video element plays; 0 where it plays nobody's.
 * @param {HTMLVideoElement} video
 */
async function framesDecoded(video) {
  const track = video.srcObject instanceof MediaStream && video.srcObject.getVideoTracks()[0];
  for (const connection of connections) {
    const receiver = connection.getReceivers().find((one) => one.track === track);
    for (const report of (await receiver?.getStats())?.values() ?? []) {
      if (report.type === 'inbound-rtp') return report.framesDecoded;
    }
  }
  return 0;
}

Object.assign(globalThis, { framesDecoded });
