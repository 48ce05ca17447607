/** A box in fractions of the frame's width and height: left, top, right, bottom. */
export type Box = [left: number, top: number, right: number, bottom: number];

export interface RecordOptions {
  /** Boxes whose mean brightness is wanted for every frame. */
  boxes: Box[];
  /** Keep the pixels of this many frames, from the first. */
  keep: number;
  /**
   * Keep them in pairs of neighbours, one pair in this many frames, so that few cover a long time
   * and changes can still be seen; 2 keeps every frame.
   */
  pairEvery: number;
}

export interface SeenFrame {
  /** Index of the track, of those that are recorded. */
  track: number;
  /** Of the frame, microseconds. */
  timestamp: number;
  /** When it was read, milliseconds since the epoch. */
  atMs: number;
  width: number;
  height: number;
  /** Equal for equal pictures. */
  hash: number;
  /** Mean brightness of each box, 0 to 255. */
  boxes: number[];
  /** Whether its pixels were kept. */
  kept: boolean;
}

/** The frames of a track: all of them, or the newest whenever the port is sent something. */
export type Frames = ReadableStream<VideoFrame> | MessagePort;

export type ToRecorder =
  | { type: 'start'; frames: Frames[]; options: RecordOptions }
  | { type: 'count' }
  /** Answer with what was seen; send the kept pixels to `upload` first, where it is given. */
  | { type: 'stop'; upload: string };
