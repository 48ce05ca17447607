"""Nothing piles up in the threads that frames and masks pass, however long a call is.

The benchmark's long call measures bytes; here objects are counted, which tells within seconds.
"""

from __future__ import annotations

import json
from collections import Counter

import pytest
from playwright.sync_api import Page

from tests.bench.memory.targets import Thread, threads
from tests.harness.studio import Studio, publish, ready, stats

KINDS = ("Promise", "AbortSignal", "ImageBitmap", "VideoFrame", "ImageData", "ArrayBuffer")

# Not of the compositor, whose snapshot takes ten seconds: the product would end it meanwhile.
THREADS = {"page", "segmenter.js", "stage.js"}

SECONDS = 8
SPARE = 10
"""So many more may be under way at one moment than at another; masks alone are twice as many."""


@pytest.fixture
def page(shared_studio: Studio) -> Page:
    page = shared_studio.embed()
    publish(page)
    ready(page)
    # Whatever is kept once is kept by then.
    page.wait_for_timeout(3000)
    return page


def test_frames_and_masks_leave_nothing_behind(page: Page) -> None:
    with threads(page) as running:
        asked = [thread for thread in running if thread.name in THREADS]
        assert {thread.name for thread in asked} == THREADS
        before = {thread.name: _count(thread) for thread in asked}
        masks = 0.0
        for _ in range(SECONDS):
            page.wait_for_timeout(1000)
            masks += stats(page)["masksPerSecond"]
        assert masks > 2 * SPARE
        for thread in asked:
            more = _count(thread) - before[thread.name]
            assert not {kind: count for kind, count in more.items() if count > SPARE}, thread.name


def _count(thread: Thread) -> Counter[str]:
    """How many objects there are of each of KINDS, after a collection of garbage."""
    thread.chunks.clear()
    thread.send("HeapProfiler.enable")
    thread.send("HeapProfiler.takeHeapSnapshot")
    heap = json.loads("".join(thread.chunks))
    meta = heap["snapshot"]["meta"]
    fields, (types, *_) = meta["node_fields"], meta["node_types"]
    nodes = zip(*[iter(heap["nodes"])] * len(fields), strict=True)
    kind, name = fields.index("type"), fields.index("name")
    objects = (heap["strings"][node[name]] for node in nodes if types[node[kind]] == "object")
    return Counter(each for each in objects if each in KINDS)
