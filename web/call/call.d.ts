/** One interface for a call, whoever carries it: `vonage.js` or `loopback.js`. */

/** What the others are told of somebody beside the picture and the sound. */
export interface Presence {
  /** Nothing is to be heard: muted, or joined without a microphone. */
  muted: boolean;
  /** The neutral card is shown in place of the camera. */
  cameraOff: boolean;
}

/** Somebody else's picture, or one of ours as it is published. */
export interface Participant extends Presence {
  /** Unique within the call. */
  id: string;
  /** `sound`: that of a shared tab whose picture comes with the camera's; there is nothing to see. */
  kind: 'camera' | 'screen' | 'sound';
  name: string;
  /** Plays the picture; the page places it. */
  element: HTMLElement;
  /** How loud it is at this moment, 0 to 1. */
  level(): number;
}

export interface CallEventMap {
  /** Somebody's picture arrived. */
  joined: CustomEvent<Participant>;
  /** The picture with this id is gone. */
  left: CustomEvent<{ id: string }>;
  /** Somebody muted or turned the camera off or on; the properties as they are now. */
  changed: CustomEvent<{ id: string } & Partial<Presence>>;
  /** The connection was lost and is being restored, or is back. */
  connection: CustomEvent<{ lost: boolean }>;
  /** A moderator muted our microphone. */
  silenced: Event;
  /** The call is over or has failed; the error where there is one. */
  ended: CustomEvent<{ error: import('../api').CycloramaError | null }>;
}

export interface Publication extends Presence {
  /** Our composited camera; always the same track. Never stopped by the call. */
  camera: MediaStreamTrack;
  /** Null: joined without a microphone. Not stopped by the call unless another replaces it. */
  microphone: MediaStreamTrack | null;
  /** What the others see us called. */
  name: string;
}

export interface Call extends EventTarget {
  /** Connects and publishes. Rejects with a CycloramaError in plain words. */
  join(publication: Publication): Promise<void>;
  /**
   * Publishes a shared tab, window or screen beside the camera, its sound with it, or its sound
   * alone. A second one replaces the first. The tracks are never stopped by the call.
   */
  share(stream: MediaStream): Promise<void>;
  unshare(): Promise<void>;
  /** Replaces or, with null, removes the published microphone. */
  setMicrophone(track: MediaStreamTrack | null): Promise<void>;
  /** Plays the others through this device; empty for the system's own choice. */
  setSpeaker(deviceId: string): Promise<void>;
  /** Tells the others what has changed of us. */
  tell(presence: Presence): Promise<void>;
  /** Idempotent. */
  leave(): Promise<void>;
  addEventListener<K extends keyof CallEventMap>(type: K, listener: (event: CallEventMap[K]) => void): void;
  removeEventListener<K extends keyof CallEventMap>(type: K, listener: (event: CallEventMap[K]) => void): void;
}
