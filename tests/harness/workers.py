"""Workers of a page within a test's reach."""

from __future__ import annotations

KEEP = """
  globalThis.workers = {};
  globalThis.Worker = class extends Worker {
    constructor(url, options) {
      super(url, options);
      workers[options?.name] = this;
    }
  };
"""
"""Script to run before those of a page: keeps every worker under its name in `workers`, so that a
test can do to it what may happen to it."""
