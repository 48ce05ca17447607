/** One interface for a call, whoever carries it: `vonage.js` or `loopback.js`. */

/** Somebody else's picture, or one of ours as it is published. */
export interface Participant {
  /** Unique within the call. */
  id: string;
  kind: 'camera' | 'screen';
  name: string;
  /** Plays the picture; the page places it. */
  element: HTMLElement;
}

export interface CallEventMap {
  /** Somebody's picture arrived. */
  joined: CustomEvent<Participant>;
  /** The picture with this id is gone. */
  left: CustomEvent<{ id: string }>;
  /** The call is over or has failed; the error where there is one. */
  ended: CustomEvent<{ error: import('../api').CycloramaError | null }>;
}

export interface Publication {
  /** Our composited camera; always the same track. Never stopped by the call. */
  camera: MediaStreamTrack;
  /** Null: joined without a microphone. Never stopped by the call. */
  microphone: MediaStreamTrack | null;
  /** What the others see us called. */
  name: string;
}

export interface Call extends EventTarget {
  /** Connects and publishes. Rejects with a CycloramaError in plain words. */
  join(publication: Publication): Promise<void>;
  /** Publishes a shared tab, window or screen beside the camera. A second one replaces the first. */
  share(screen: MediaStreamTrack): Promise<void>;
  unshare(): Promise<void>;
  /** Idempotent. */
  leave(): Promise<void>;
  addEventListener<K extends keyof CallEventMap>(type: K, listener: (event: CallEventMap[K]) => void): void;
  removeEventListener<K extends keyof CallEventMap>(type: K, listener: (event: CallEventMap[K]) => void): void;
}
