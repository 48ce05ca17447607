/** What tools/offline.py writes before `sw.js`. */
export interface Build {
  /** As in the manifest. */
  version: string;
  /** Integrity of each of our own files by path; the page itself is `./`. */
  page: Record<string, string>;
  /** Of the versioned files those that a start with the first segmenter fetches. */
  start: string[];
  /** Every file in a folder whose name holds a version or a hash. */
  versioned: string[];
}

declare global {
  const BUILD: Build;
}
