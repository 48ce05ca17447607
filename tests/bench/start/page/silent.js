/** In place of a worker that is not to start, of scripts as the segmenter's is: never answers. */
