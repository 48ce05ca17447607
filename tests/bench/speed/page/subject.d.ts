import type { Quantiles } from '../../../../web/api';

/** What a page under measurement puts into `globalThis.subject`, as a promise, at its first composite. */
export interface Subject {
  camera: MediaStreamTrack;
  /** The output. */
  track: MediaStreamTrack;
  /** Since the navigation. */
  firstCompositeMs: number;
  /** Of the last few seconds, or since the last call. */
  stats(): SubjectStats;
}

export interface SubjectStats {
  /** Null where there are none. */
  masks: {
    perSecond: number;
    /** Camera time between a frame and the mask used on it. */
    ageMs: Quantiles;
  } | null;
  /** By stage; each page has its own. */
  stagesMs: Record<string, Quantiles>;
  /** Things counted since the start. */
  counts: Record<string, number>;
  /** How frames pass from thread to thread, where there is a choice; see `Stats` of the product. */
  adapters: Record<string, string>;
}
