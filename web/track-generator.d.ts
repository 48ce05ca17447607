/**
 * What Chromium has and TypeScript's library does not declare: a track of the frames that are
 * written to it, by whichever thread its stream was given to.
 */
declare class MediaStreamTrackGenerator extends MediaStreamTrack {
  constructor(init: { kind: 'video' });
  readonly writable: WritableStream<VideoFrame>;
}
