/**
 * Every message between threads, all directions, declared once.
 *
 * The page (main thread) talks to three workers; the compositor also talks to the
 * stage over a MessagePort of its own, so that frames go out while the page is busy,
 * and while it starts, to a worker that compiles libraries for it.
 *
 *   page ⇄ compositor        page ⇄ segmenter        page ⇄ stage        compositor ⇄ stage
 *
 * Every message about a picture carries the `epoch` it belongs to: the generation of
 * camera, size and workers, raised by the page. A bitmap of an older epoch is closed
 * unread. Timestamps are those of the camera's VideoFrame, in microseconds.
 */

/* ---------------------------------------------------------------- shared values */

/** `dist/manifest.json`: what the build put into `dist/`. Paths are relative to it. */
export interface Manifest {
  /** Hash of the whole build. */
  version: string;
  /** What the page can offer; the first is the default. */
  segmenters: SegmenterAsset[];
  python: {
    /** Folder that holds pyodide.mjs, with a slash at its end. */
    pyodide: string;
    /** Wheels to install, in order. */
    wheels: string[];
    /** Zip of the `cyclorama` Python package, to be imported from as it is. */
    source: string;
    /** What of all that the product needs, made ready to start; tools/bundle. */
    bundle: {
      /** Zip of the standard library's modules. */
      stdlib: string;
      /** Tar of what goes into site-packages. */
      packages: string;
      /** Extension modules by path in site-packages, in the order in which they are linked. */
      libraries: { path: string; parts: string[] }[];
    };
  };
  tfjs: {
    /** UMD scripts for `importScripts`, in order. */
    scripts: string[];
    /** Folder that holds tfjs-backend-wasm*.wasm, with a slash at its end. */
    wasm: string;
  };
  /** The Vonage SDK's script. */
  opentok: string;
  /** Size in bytes of every file above, by path: the totals of the progress bars. */
  sizes: Record<string, number>;
}

export type SegmenterAsset = BodyPixAsset | SelfieAsset;

export interface BodyPixAsset {
  /** For example `bodypix-mobilenet-050-quant2`. */
  id: string;
  kind: 'bodypix';
  /** For example `BodyPix MobileNet ×0.50`. */
  label: string;
  architecture: 'MobileNetV1' | 'ResNet50';
  multiplier: 0.5 | 0.75 | 1;
  quantBytes: 1 | 2 | 4;
  /** Graph model by output stride, the default stride first. */
  models: { stride: 8 | 16 | 32; url: string }[];
}

export interface SelfieAsset {
  id: 'selfie';
  kind: 'selfie';
  label: string;
  model: string;
}

/**
 * Where a mask's cells lie on the frame. The centre of cell (row i, column j) is at
 * `(x + j·dx, y + i·dy)` in fractions of the frame's width and height, with (0, 0)
 * the outer corner of the first pixel.
 */
export interface MaskGrid {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/** A background as the compositor takes it: an image is already decoded. */
export type Plate =
  | { type: 'color'; color: [red: number, green: number, blue: number] }
  | { type: 'blur'; strength: number }
  | { type: 'scene'; name: string }
  | { type: 'image'; bitmap: ImageBitmap };

/** A painted plate, with a small picture of it. */
export interface Scene {
  name: string;
  picture: ImageBitmap;
}

/** Positions of the dial that trades the matte's time for its quality, best first; py/cyclorama/quality.py. */
export type Quality = 'finest' | 'fine' | 'good' | 'fair' | 'low' | 'lowest';

/** What the settings of a compositor are. */
export interface CompositorSettings {
  /** Output frames per second that the scheduler aims at, 1 to 60. */
  frameRate: number;
  /** Probability above which a pixel counts as person, 0 < t < 1. */
  threshold: number;
  quality: Quality;
  /** Share of the frame's size at which the segmenter looks, 0 < s <= 1. */
  resolution: number;
}

/** Middle and tail of a measurement, in milliseconds. */
export interface Quantiles {
  p50: number;
  p95: number;
}

/** The last few seconds as the compositor saw them. */
export interface CompositorStats {
  /** Frames handed to the stage per second. */
  fps: number;
  /** Masks received per second. */
  masksPerSecond: number;
  /** Camera time between a frame and the mask used on it. */
  maskAgeMs: Quantiles;
  /** Worker time by stage, in order: pixels, matte, composite, show; mask is per mask. */
  stagesMs: Record<'pixels' | 'matte' | 'composite' | 'show' | 'mask', Quantiles>;
  /** Since start: ticks at which the last output stood. */
  held: number;
  /** Since start: camera frames that the timestamps show were never composited. */
  dropped: number;
  width: number;
  height: number;
  adapter: Adapter;
}

/** How a frame crosses from the page to the compositor. */
export type Carrier = 'VideoFrame' | 'ImageBitmap';

/** A way for a frame's pixels to get into Python's memory. */
export interface Adapter {
  input: Carrier;
  /** What gives the worker the pixels. */
  pixels: 'copyTo' | 'canvas';
}

/** In pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The pixels of a composite, in memory that goes back and forth between compositor and stage. */
export interface Pixels {
  /** RGBA, row by row. */
  data: Uint8ClampedArray<ArrayBuffer>;
  /** Pixels from one row to the next; at least `width`. */
  columns: number;
  width: number;
  height: number;
}

/** A failure that a worker reports; `id` is a row of web/errors.js. */
export interface Failure {
  id: string;
  /** The technical cause, for the console. */
  detail: string;
}

/** Bytes of one stage of start-up. */
export interface Progress {
  type: 'progress';
  stage: 'python' | 'segmenter';
  loaded: number;
  total: number;
}

/* ---------------------------------------------------------------- page → compositor */

export interface StartCompositor {
  type: 'start';
  epoch: number;
  /** With absolute URLs. */
  manifest: Manifest;
  settings: CompositorSettings;
  /** What the page can send a frame as, the one to prefer first. */
  carriers: Carrier[];
  /** The compositor's end of its channel to the stage. */
  stage: MessagePort;
}
/** The newest camera frame; answers `pull`. */
export interface FrameMessage {
  type: 'frame';
  epoch: number;
  timestamp: number;
  /** Not of the kind that was asked for where that cannot carry this frame. */
  picture: VideoFrame | ImageBitmap;
  /** The size in which the segmenter is to be shown this frame too, where a mask was asked for. */
  look: Size | null;
  /** What the page spent on it. */
  tookMs: number;
}
/** Nothing newer than `pull.after` is there; answers `pull`. */
export interface RepeatMessage {
  type: 'repeat';
  epoch: number;
}
export interface MaskMessage {
  type: 'mask';
  epoch: number;
  /** Of the frame that it was made from. */
  timestamp: number;
  /** Logits z as `round((clip(z, −8, 8) + 8) · 255 / 16)` in R, G and B; alpha 255. */
  bitmap: ImageBitmap;
  grid: MaskGrid;
}
/** The mask that was asked for will not come. */
export interface NoMaskMessage {
  type: 'nomask';
  epoch: number;
  timestamp: number;
}
/** Until the first, there is nothing to composite over, and the card is shown. */
export interface PlateMessage {
  type: 'plate';
  /** Names the answer (`done`). */
  id: number;
  plate: Plate;
}
export interface SettingsMessage {
  type: 'settings';
  settings: CompositorSettings;
}
/** A new generation starts: forget the matte, ask for a frame of this epoch. */
export interface EpochMessage {
  type: 'epoch';
  epoch: number;
}
export interface PauseMessage {
  type: 'pause';
  paused: boolean;
}
export type ToCompositor =
  | StartCompositor
  | FrameMessage
  | RepeatMessage
  | MaskMessage
  | NoMaskMessage
  | PlateMessage
  | SettingsMessage
  | EpochMessage
  | PauseMessage;

/* ---------------------------------------------------------------- compositor → page */

/** Ask for the newest frame, and for a mask of it where `mask` says so. */
export interface PullMessage {
  type: 'pull';
  epoch: number;
  /** Timestamp of the newest frame that the compositor has, −1 for none. */
  after: number;
  mask: boolean;
  /** Share of the frame's size that the segmenter is to be shown. */
  resolution: number;
  carrier: Carrier;
}
/** A frame at the segmenter's own size, to be passed on to it. */
export interface LookMessage extends Size {
  type: 'look';
  epoch: number;
  timestamp: number;
  /** RGBA, row by row. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}
/** Python runs; `scenes` are the plates that it can paint. */
export interface CompositorReady {
  type: 'ready';
  scenes: Scene[];
}
/** A `plate` message was carried out, or why it could not be. */
export interface DoneMessage {
  type: 'done';
  id: number;
  failure: Failure | null;
}
export interface StatsMessage {
  type: 'stats';
  stats: CompositorStats;
}
/** A mask has been due for so long that the segmenter must be taken for dead. */
export interface OverdueMessage {
  type: 'overdue';
  epoch: number;
}
export interface FailedMessage {
  type: 'failed';
  failure: Failure;
}
export type FromCompositor =
  | Progress
  | CompositorReady
  | PullMessage
  | LookMessage
  | DoneMessage
  | StatsMessage
  | OverdueMessage
  | FailedMessage;

/* ---------------------------------------------------------------- page ⇄ segmenter */

export interface LoadSegmenter {
  type: 'load';
  manifest: Manifest;
  asset: SegmenterAsset;
  /** Output stride, for BodyPix. */
  stride: number;
}
/** See `LookMessage`. */
export interface SegmentMessage extends Omit<LookMessage, 'type'> {
  type: 'segment';
}
export type ToSegmenter = LoadSegmenter | SegmentMessage;

export interface SegmenterReady {
  type: 'ready';
  /** The tfjs backend in use. */
  backend: string;
}
export type FromSegmenter = Progress | SegmenterReady | MaskMessage | NoMaskMessage | FailedMessage;

/* ---------------------------------------------------------------- page ⇄ stage */

export interface OpenStage {
  type: 'open';
  canvas: OffscreenCanvas;
}
/** From now on this compositor's pictures are shown; those of an earlier one are not. */
export interface ConnectStage {
  type: 'connect';
  epoch: number;
  port: MessagePort;
}
/** Show the card and nothing else until told otherwise. */
export interface CloseCurtain {
  type: 'curtain';
  closed: boolean;
}
export type ToStage = OpenStage | ConnectStage | EpochMessage | CloseCurtain;

/** What the track shows changed. */
export interface ShowingMessage {
  type: 'showing';
  picture: 'card' | 'composite';
}
/** A compositor that had reported itself alive has been silent for too long. */
export interface SilentMessage {
  type: 'silent';
  epoch: number;
}
export type FromStage = ShowingMessage | SilentMessage;

/* ---------------------------------------------------------------- compositor ⇄ stage */

export interface ShowMessage {
  type: 'show';
  epoch: number;
  pixels: Pixels;
}
/** There is no composite to show now. */
export interface CardMessage {
  type: 'card';
  epoch: number;
}
/** The compositor's event loop turns, whether or not there is a picture. */
export interface AliveMessage {
  type: 'alive';
}
export type CompositorToStage = ShowMessage | CardMessage | AliveMessage;

/** The memory of a picture that was shown or is not to be shown, to be used again. */
export interface SpentMessage {
  type: 'spent';
  data: Uint8ClampedArray<ArrayBuffer>;
}
export type StageToCompositor = SpentMessage;

/* ---------------------------------------------------------------- libraries → compositor */

/** So many more bytes of libraries have come. */
export interface BytesMessage {
  type: 'bytes';
  bytes: number;
}
/** All of them, in the order in which they were asked for. */
export interface CompiledMessage {
  type: 'compiled';
  modules: WebAssembly.Module[];
}
/** Why there will be none. */
export interface LibrariesFailed {
  type: 'failed';
  detail: string;
}
export type FromLibraries = BytesMessage | CompiledMessage | LibrariesFailed;
