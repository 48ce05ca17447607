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
  masksPerSecond: number;
  /** Camera time between a frame and the mask used on it. */
  maskAgeMs: Quantiles;
  /** By stage; each page has its own. */
  stagesMs: Record<string, Quantiles>;
  /** Things counted since the start. */
  counts: Record<string, number>;
}
