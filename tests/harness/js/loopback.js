/**
 * A connection of the page to itself: what a receiver gets of a track.
 * @param {MediaStreamTrack} track
 * @returns {Promise<{ decoded(): Promise<number> }>} frames decoded so far
 */
export async function loopback(track) {
  const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
  sender.onicecandidate = ({ candidate }) => void receiver.addIceCandidate(candidate ?? undefined);
  receiver.onicecandidate = ({ candidate }) => void sender.addIceCandidate(candidate ?? undefined);
  const video = document.createElement('video');
  video.muted = true;
  receiver.ontrack = ({ streams: [stream] }) => {
    video.srcObject = stream ?? null;
    void video.play();
  };
  sender.addTrack(track, new MediaStream([track]));
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(/** @type {RTCSessionDescription} */ (sender.localDescription));
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(/** @type {RTCSessionDescription} */ (receiver.localDescription));
  return {
    async decoded() {
      for (const report of (await receiver.getStats()).values()) {
        if (report.type === 'inbound-rtp') return report.framesDecoded;
      }
      return 0;
    },
  };
}
