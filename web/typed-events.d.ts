/**
 * EventTarget, seen as one whose events are those of `M`:
 * `class A extends TypedEventTarget<EventsOfA>`, which JSDoc spells as a cast of EventTarget.
 */
export type TypedEventTarget<M> = new () => {
  addEventListener<K extends keyof M & string>(type: K, listener: (event: M[K]) => void): void;
  removeEventListener<K extends keyof M & string>(type: K, listener: (event: M[K]) => void): void;
} & EventTarget;
