/**
 * Cyclorama: a virtual background whose picture does not stop when the page is hidden.
 * These are the types of `cyclorama.js`; the build ships them as `cyclorama.d.ts`.
 */

export type Background =
  /** `#rgb` or `#rrggbb`. */
  | { type: 'color'; color: string }
  /** The room itself, out of focus; strength 0 to 1. */
  | { type: 'blur'; strength: number }
  /** Painted by Python; `cyclorama.scenes` lists them. */
  | { type: 'scene'; name: string }
  /** Fitted to cover the frame. A bitmap stays the caller's; it is copied. */
  | { type: 'image'; source: ImageBitmap | Blob | string }
  /**
   * Presenter over slides: what is shared, and the person in front of it. The output has the size
   * of the shared picture, at most 1280×720. Until that comes, the background before it stays; when
   * the track ends, it comes back, which the event `background` tells. The track stays the caller's.
   */
  | {
      type: 'screen';
      track: MediaStreamTrack;
      /** Where the person stands, on the lower edge; `right` by default. */
      place?: 'left' | 'center' | 'right';
      /** Share of the picture's height that the camera's frame takes, 0.2 to 1; 0.5 by default. */
      size?: number;
    }
  /**
   * A plain wall, `#rgb` or `#rrggbb`, with a sign in its upper left corner as the others see it:
   * the name, up to 60 letters, and the logo over it, in its own shape where it is transparent.
   * Where the wall would swallow a logo, it is put on a plaque. Either may be missing.
   */
  | { type: 'brand'; name: string; logo?: ImageBitmap | Blob | string | null; color: string };

export interface Settings {
  /** An id of `cyclorama.segmenters`. */
  segmenter: string;
  /** Output stride of BodyPix: 8 is finer, 16 faster. */
  stride: number;
  /**
   * What computes the masks. Automatic is WebGPU or WebGL where the browser has a real GPU, and
   * WebAssembly elsewhere. One that does not work, or that is lost, gives way to the next.
   */
  backend: 'automatic' | 'wasm' | 'webgl' | 'webgpu';
  /**
   * Share of the frame's size at which the segmenter looks, 0.1 to 1. Of a frame whose shorter
   * side is over 480 pixels, as of one that is scaled down to that.
   */
  internalResolution: number;
  /** Probability above which a pixel counts as person, 0 < t < 1. */
  threshold: number;
  /** How much time the edge may take, from the best to the fastest. */
  quality: 'finest' | 'fine' | 'good' | 'fair' | 'low' | 'lowest';
  /** Output frames per second to aim at, 1 to 60. */
  frameRate: number;
  /**
   * How much of the machine may be taken to keep the frame rate and, within it, fresh masks and
   * quality. `segmenter`, `stride`, `internalResolution` and `quality` are then changed as the
   * machine needs it, except for those that were named: to `createCyclorama`, or to `configure`
   * since `tuning` was last named there. `quiet` and `balanced` never take more than the
   * defaults do; `off` changes nothing.
   */
  tuning: 'quiet' | 'balanced' | 'best' | 'off';
}

/** A change that the tuning made. */
export interface TuningChange {
  /** Milliseconds since 1970. */
  atMs: number;
  /** For people: what was measured, and what was changed. */
  reason: string;
}

export interface Options extends Partial<Settings> {
  /** What a `calibration` event brought on an earlier visit. */
  calibration?: string | undefined;
  /** A screen is set later, by `setBackground`. */
  background?: Exclude<Background, { type: 'screen' }>;
  /** Stops the instance when aborted. */
  signal?: AbortSignal;
}

/** A background that Python paints, with a small picture of it; the bitmap is not to be closed. */
export interface Scene {
  readonly name: string;
  readonly picture: ImageBitmap;
}

/** A segmenter that this build ships. */
export interface SegmenterInfo {
  id: string;
  label: string;
  /** Strides to choose from; empty where there is no choice. */
  strides: number[];
  /** Whether `internalResolution` has an effect. */
  scalable: boolean;
}

/**
 * - `loading`: Python or the segmenter is not there yet; the track shows the card.
 * - `waiting`: everything runs, but there is no composite to show; the card.
 * - `live`: the track shows the composite.
 * - `paused`: by `pause()`; the card.
 * - `failed`: cannot go on; see the `error` event. The card.
 * - `stopped`: by `stop()`; the track has ended.
 */
export type State = 'loading' | 'waiting' | 'live' | 'paused' | 'failed' | 'stopped';

export interface Quantiles {
  p50: number;
  p95: number;
}

export interface Stats {
  state: State;
  /** When this was measured, by the worker's clock: milliseconds since 1970; 0 before. */
  atMs: number;
  /** Frames published since Python started, each of another picture of the camera. */
  frames: number;
  /** Frames published per second. */
  fps: number;
  masksPerSecond: number;
  /** Camera time between a frame and the mask used on it. */
  maskAgeMs: Quantiles;
  /** Worker milliseconds by stage. */
  stagesMs: Record<'pixels' | 'matte' | 'composite' | 'show' | 'mask', Quantiles>;
  /** Output repeated, since start. */
  held: number;
  /** Camera frames never composited, since start. */
  dropped: number;
  width: number;
  height: number;
  /** Label of the segmenter that runs. */
  segmenter: string;
  /** tfjs backend that runs it. */
  backend: string;
  /** The last changes that the tuning made, the newest first. */
  changes: readonly TuningChange[];
  /** How frames reach the worker, how they reach Python, and how they leave. */
  adapters: { input: string; pixels: string; output: string };
}

export interface Progress {
  stage: 'python' | 'segmenter';
  /** Bytes. */
  loaded: number;
  total: number;
}

/** An error with a row in the product's error table. */
export interface CycloramaError extends Error {
  /** Stable name, for example `image-unreadable`. */
  readonly id: string;
  /** What the user can do, one sentence. */
  readonly action: string;
}

export interface CycloramaEventMap {
  state: CustomEvent<State>;
  progress: CustomEvent<Progress>;
  /** About once a second while Python runs, in a hidden page too. */
  stats: CustomEvent<Stats>;
  error: CustomEvent<CycloramaError>;
  /** They are painted: `Cyclorama.scenes`. */
  scenes: CustomEvent<readonly Scene[]>;
  /** Another background stands behind the person. */
  background: CustomEvent<Background>;
  /** The tuning changed something. */
  tuned: CustomEvent<TuningChange>;
  /**
   * The tuning wishes for a camera of this share of its size, and at most this rate. Whoever can
   * change the track so (`applyConstraints`) says it by `preventDefault()`; where nobody does,
   * it is not asked for again.
   */
  camera: CustomEvent<{ scale: number; frameRate: number }>;
  /** What was measured of this machine, to be kept for `Options.calibration`. */
  calibration: CustomEvent<string>;
}

/** A media processor as `publisher.setVideoMediaProcessorConnector` of the Vonage SDK takes it. */
export interface Connector {
  /** Resolves with a track of its own, which the publisher may stop. */
  setTrack(camera: MediaStreamTrack): Promise<MediaStreamTrack>;
  /** Pauses the instance until the next `setTrack`. */
  destroy(): Promise<void>;
}

export interface Cyclorama {
  readonly state: State;
  /** Resolves with the first composite; rejects when there can be none. */
  readonly ready: Promise<void>;
  readonly segmenters: SegmenterInfo[];
  /** The painted backgrounds; empty until the event `scenes`. */
  readonly scenes: readonly Scene[];
  readonly background: Background;
  readonly settings: Settings;
  /** Names of the settings that the tuning leaves alone. */
  readonly pinned: ReadonlySet<string>;
  /**
   * Use this camera track. Resolves within a second with the output track, which is the
   * same for the whole life of the instance and shows the card until there is a composite.
   * Of concurrent calls the last wins; the others resolve with the same track.
   */
  process(track: MediaStreamTrack): Promise<MediaStreamTrack>;
  /** Rejects with `image-unreadable` and the like; the old background then stays. */
  setBackground(background: Background): Promise<void>;
  /**
   * A small picture of the room at this blur, without the person, as Python would paint it now;
   * null before the first composite. The caller closes it.
   */
  glimpse(strength: number): Promise<ImageBitmap | null>;
  /**
   * Change some settings while running. Rejects on a value out of range, naming it, and with an
   * AbortError where another segmenter was chosen before this one was there.
   */
  configure(settings: Partial<Settings>): Promise<void>;
  /** For an existing publisher of the Vonage SDK; one at a time. */
  connector(): Connector;
  stats(): Stats;
  /** Show the card and stop working until `resume()`. */
  pause(): void;
  resume(): void;
  /** Ends the output track and every worker; never the caller's track. Idempotent. */
  stop(): Promise<void>;
  addEventListener<K extends keyof CycloramaEventMap>(
    type: K,
    listener: (event: CycloramaEventMap[K]) => void,
    options?: AddEventListenerOptions | boolean,
  ): void;
  removeEventListener<K extends keyof CycloramaEventMap>(
    type: K,
    listener: (event: CycloramaEventMap[K]) => void,
    options?: EventListenerOptions | boolean,
  ): void;
}

/** Resolves as soon as the workers are on their way; see `ready`. */
export function createCyclorama(options?: Options): Promise<Cyclorama>;
