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

/** The microphones that are sent, once for each who receives them. */
function microphonesSent() {
  const senders = connections.flatMap((connection) => connection.getSenders());
  const tracks = senders.map(({ track }) => track);
  return tracks.filter((track) => track?.kind === 'audio' && track.readyState === 'live');
}

/** How many there were so far, those that are closed included. */
const connectionsMade = () => connections.length;

/** Between which addresses, and by which kinds of candidates, something is sent. */
async function waysInUse() {
  const ways = [];
  for (const connection of connections) {
    const reports = await connection.getStats();
    for (const pair of reports.values()) {
      if (pair.type !== 'candidate-pair' || !pair.bytesSent) continue;
      const [local, remote] = [reports.get(pair.localCandidateId), reports.get(pair.remoteCandidateId)];
      ways.push({
        types: [local.candidateType, remote.candidateType],
        addresses: [local.address, remote.address],
      });
    }
  }
  return ways;
}

Object.assign(globalThis, { framesDecoded, microphonesSent, connectionsMade, waysInUse });
