/**
 * Every message between threads, all directions, declared once.
 *
 * The page (main thread) talks to three workers; the compositor also talks to the
 * stage over a MessagePort of its own, so that frames go out while the page is busy,
 * and while it starts, through the page, to a worker that compiles libraries for it.
 *
 *   page ⇄ compositor        page ⇄ segmenter        page ⇄ stage        compositor ⇄ stage
 *
 * Every message about a picture carries the `epoch` it belongs to: the generation of
 * camera, size and workers, raised by the page. A bitmap of an older epoch is closed
 * unread. Timestamps are those of the camera's VideoFrame, in microseconds.
 */

/* ---------------------------------------------------------------- shared values */

/** An extension module of Python's. */
export interface Library {
  /** Where Python imports it from. */
  path: string;
  /** Where it is split, what the product calls, and stubs of the rest; tools/bundle/split.py. */
  url: string;
  /** URLs of the parts of what its stubs call; none where it is not split. */
  whole: string[];
}

/** Python as it was once it had imported what the product needs; tools/bundle/snapshot.py. */
export interface Snapshot {
  /** Of a module that writes it into the memory that it imports. */
  url: string;
  /** Size of that memory. */
  bytes: number;
  /** Address in it where the heap begins, with all libraries linked. */
  heap: number;
  /** Entries of the table of functions, with all libraries linked. */
  functions: number;
  /** What Pyodide has to be told of what is not in that memory, in base64. */
  state: string;
}

/** `dist/manifest.json`: what the build put into `dist/`. Paths are relative to it. */
export interface Manifest {
  /** Hash of the whole build. */
  version: string;
  /** What the page can offer; the first is the default. */
  segmenters: SegmenterAsset[];
  python: {
    /** Folder that holds pyodide.mjs, with a slash at its end. */
    pyodide: string;
    /** Its WebAssembly, which lies in there. */
    core: string;
    /** Wheels to install, in order. */
    wheels: string[];
    /** Zip of the `cyclorama` Python package, to be imported from as it is. */
    source: string;
    /** What of all that the product needs, made ready to start; tools/bundle. */
    bundle: {
      /** Extension modules, in the order in which they are linked. */
      libraries: Library[];
      snapshot: Snapshot;
    };
  };
  tfjs: {
    /** UMD scripts for `importScripts`, in order. */
    scripts: string[];
    /** Folder that holds tfjs-backend-wasm*.wasm, with a slash at its end. */
    wasm: string;
    /** Scripts of the backends that need a GPU, loaded after the others where one is used. */
    webgl: string;
    webgpu: string;
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
  | { type: 'image'; bitmap: ImageBitmap }
  /** What is shared, with the person in front of it; the pictures come with the frames. */
  | { type: 'slides'; place: Place; size: number }
  | {
      type: 'brand';
      color: [red: number, green: number, blue: number];
      /** Opaque where its letters are, in a font of 96 pixels. */
      name: ImageBitmap | null;
      logo: ImageBitmap | null;
    };

/** Where a person stands on a slide; py/cyclorama/slides.py. */
export type Place = 'left' | 'center' | 'right';

/** A painted plate, with a small picture of it. */
export interface Scene {
  name: string;
  picture: ImageBitmap;
}

/** Positions of the dial that trades the matte's time for its quality, best first; py/cyclorama/quality.py. */
export type Quality = 'finest' | 'fine' | 'good' | 'fair' | 'low' | 'lowest';

/** What computes the masks; automatic is WASM unless there is a real GPU. */
export type BackendChoice = 'automatic' | 'wasm' | 'webgl' | 'webgpu';

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

/** One way to work; py/cyclorama/tuning/ladder.py, whose names these are. */
export interface Rung {
  /** What it is, whatever its id: `bodypix-050`, `selfie`. */
  segmenter: string;
  stride: number;
  backend: string;
  resolution: number;
  mask_interval_ms: number;
  quality: Quality;
  /** Share of the camera's own width and height. */
  scale: number;
  frame_rate: number;
}

/** What Python is to tune within; py/cyclorama/tuning/tuner.py. */
export interface Tuning {
  budget: 'quiet' | 'balanced' | 'best';
  /** Strides by segmenter that this build ships. */
  segmenters: Record<string, number[]>;
  /** What runs the segmenter here. */
  backend: string;
  /** Frames per second that are wished for. */
  frameRate: number;
  /** What is to stay as it is. */
  pins: Partial<Rung>;
  current: Rung;
  /** Names browser and processor. */
  machine: string;
  /** What an earlier visit measured here; see `TunedMessage`. */
  kept: string | null;
}

/** Middle and tail of a measurement, in milliseconds. */
export interface Quantiles {
  p50: number;
  p95: number;
}

/** The last few seconds as the compositor saw them. */
export interface CompositorStats {
  /** When this was said, by the worker's clock: milliseconds since 1970. */
  atMs: number;
  /** Since start: frames handed to the stage, each of another picture of the camera. */
  frames: number;
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
  /** Of the error table. */
  id: import('../web/errors.js').ErrorId;
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
  tuning: Tuning | null;
  /** What the page can send a frame as, the one to prefer first. */
  carriers: Carrier[];
  /** The compositor's end of its channel to the stage. */
  stage: MessagePort;
  /** And to the worker that compiles libraries. */
  libraries: MessagePort;
}
/** The newest camera frame; answers `pull`. */
export interface FrameMessage {
  type: 'frame';
  epoch: number;
  timestamp: number;
  /**
   * The browser gave the frame no time of its own: `timestamp` is when it was taken, and it may be
   * the one before once more.
   */
  untimed: boolean;
  /** Not of the kind that was asked for where that cannot carry this frame. */
  picture: VideoFrame | ImageBitmap;
  /** The size in which the segmenter is to be shown this frame too, where a mask was asked for. */
  look: Size | null;
  /** What the page spent on it. */
  tookMs: number;
  /** The newest slide, where one was asked for and it is another. */
  slide: Slide | null;
}
/** A picture that is shared. */
export interface Slide {
  timestamp: number;
  picture: VideoFrame | ImageBitmap;
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
/** Asks for a small picture of the room at this blur, 0 to 1. */
export interface GlimpseMessage {
  type: 'glimpse';
  strength: number;
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
/** Null ends it. */
export interface TuneMessage {
  type: 'tune';
  tuning: Tuning | null;
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
  | GlimpseMessage
  | PlateMessage
  | SettingsMessage
  | TuneMessage
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
  /** Timestamp of the newest slide that the compositor has, −1 for none; null where none is due. */
  slideAfter: number | null;
}
/** A frame at the segmenter's own size, to be passed on to it. */
export interface LookMessage extends Size {
  type: 'look';
  epoch: number;
  timestamp: number;
  /** RGBA, row by row. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}
/** What Python needs is fetched and compiled: the processor has time for others. */
export interface CompiledPython {
  type: 'compiled';
}
/** Python runs. */
export interface CompositorReady {
  type: 'ready';
}
/** The plates that Python can paint. */
export interface ScenesMessage {
  type: 'scenes';
  scenes: Scene[];
}
/** A `plate` message was carried out, or why it could not be. */
export interface DoneMessage {
  type: 'done';
  id: number;
  failure: Failure | null;
}
/** Answers `glimpse`; nothing where nobody was found in the picture yet. */
export interface GlimpsedMessage {
  type: 'glimpsed';
  picture: ImageBitmap | null;
}
export interface StatsMessage {
  type: 'stats';
  stats: CompositorStats;
}
/** Python goes over to another rung, or has measured this machine. */
export interface TunedMessage {
  type: 'tuned';
  /** What Python owns of it, it has changed already. */
  change: { rung: Rung; reason: string } | null;
  /** To be remembered, for `Tuning.kept`. */
  calibration: string | null;
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
  | CompiledPython
  | CompositorReady
  | ScenesMessage
  | PullMessage
  | LookMessage
  | DoneMessage
  | GlimpsedMessage
  | StatsMessage
  | TunedMessage
  | OverdueMessage
  | FailedMessage;

/* ---------------------------------------------------------------- page ⇄ segmenter */

export interface LoadSegmenter {
  type: 'load';
  manifest: Manifest;
  asset: SegmenterAsset;
  /** Output stride, for BodyPix. */
  stride: number;
  backend: BackendChoice;
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
/** The GPU is gone, or answers nonsense: no mask will come from this worker any more. */
export interface SegmenterLost {
  type: 'lost';
  /** The technical cause, for the console. */
  detail: string;
}
export type FromSegmenter =
  | Progress
  | SegmenterReady
  | MaskMessage
  | NoMaskMessage
  | SegmenterLost
  | FailedMessage;

/* ---------------------------------------------------------------- page ⇄ stage */

export interface OpenStage {
  type: 'open';
  canvas: OffscreenCanvas;
  /** Where each picture is to be written; null where the canvas itself shows them, or the page. */
  frames: WritableStream<VideoFrame> | null;
  /** Whether each picture is to be sent to the page, because the canvas shows none of them. */
  send: boolean;
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
/** A compositor that had reported itself alive gives no other pictures any more. */
export interface LostMessage {
  type: 'lost';
  epoch: number;
  /** `silent`: it says nothing. `frozen`: always the same picture, though the person moves. */
  cause: 'silent' | 'frozen';
}
/** What the track is to show now, where the stage was opened to `send`. */
export interface PictureMessage {
  type: 'picture';
  bitmap: ImageBitmap;
}
export type FromStage = ShowingMessage | LostMessage | PictureMessage | FailedMessage;

/* ---------------------------------------------------------------- compositor ⇄ stage */

export interface ShowMessage {
  type: 'show';
  epoch: number;
  pixels: Pixels;
  /** Whether the person in it moved, so that it cannot be the picture before. */
  moved: boolean;
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

/* ---------------------------------------------------------------- page ⇄ picture */

/** A file of the user's, to be made ready to be kept. */
export interface PreparePicture {
  type: 'prepare';
  file: File;
}
export type ToPicture = PreparePicture;

export interface PreparedPicture {
  type: 'prepared';
  picture: Blob;
  /** 16:9. */
  thumbnail: Blob;
}
export type FromPicture = PreparedPicture | FailedMessage;

/* ---------------------------------------------------------------- page → libraries → compositor */

/** Fetch and compile these modules. */
export interface CompileLibraries {
  type: 'compile';
  /** URLs of Python itself and its libraries. */
  code: string[];
  /** URL of the one that is only data. */
  snapshot: string;
}
/** From the compositor: they are compiled, or no longer wanted, and the worker ends. */
export interface EndLibraries {
  type: 'end';
}
export type ToLibraries = CompileLibraries | EndLibraries;

/** So many more bytes of the snapshot have come. */
export interface BytesMessage {
  type: 'bytes';
  bytes: number;
}
/** One of them. */
export interface ModuleMessage {
  type: 'module';
  url: string;
  module: WebAssembly.Module;
  /** Whether its bytes were told before. */
  counted: boolean;
}
/** Why there will be none. */
export interface LibrariesFailed {
  type: 'failed';
  detail: string;
}
export type FromLibraries = BytesMessage | ModuleMessage | LibrariesFailed;

/* ---------------------------------------------------------------- page ⇄ service worker */

/** Which version do you keep? Answered on the port that comes with it, by `Manifest.version`. */
export interface AskVersion {
  type: 'version';
}
/** Take the place of the version in use. Answered on the port that comes with it, by whether. */
export interface TakeOver {
  type: 'take';
}
export type ToServiceWorker = AskVersion | TakeOver;

/** Something is not kept on this device; why. */
export interface UnkeptMessage {
  type: 'unkept';
  detail: string;
}
export type FromServiceWorker = UnkeptMessage;
