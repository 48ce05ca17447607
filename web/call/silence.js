/**
 * A track without sound. A publisher that began without audio can never be given a microphone,
 * one that began with silence can.
 * @returns {{ track: MediaStreamTrack, close: () => void }}
 */
export function openSilence() {
  const context = new AudioContext();
  const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
  if (!track) throw new Error('an audio context gave no track');
  return {
    track,
    close() {
      track.stop();
      void context.close();
    },
  };
}
