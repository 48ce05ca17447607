"""In a browser, beside programs that want every core: each rung held fixed, automatic, and peers.

A fixed rung is a ladder of that rung alone; the camera follows where the rung wants another.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Page, Playwright

from cyclorama.tuning.ladder import Offer, Rung, rungs
from cyclorama.tuning.load import Speed
from cyclorama.tuning.tuner import USUAL
from tests.bench.matte.report import layout
from tests.bench.speed import camera, subjects
from tests.bench.speed.session import started
from tests.bench.speed.surroundings import surroundings
from tests.harness.calibrated import calibrated
from tests.harness.hogs import hogs
from tests.harness.site import Site, site
from tests.harness.studio import Studio, publish, ready, stats
from tests.harness.studio import studio as start_studio
from tests.simulation.outcome import AGAIN_S, SETTLED_S, WINDOW_S

STARTS = {"from the best rung": Speed(0.01, 0.01, 0.01), "from the cheapest": Speed(50, 50, 50)}
"""What an earlier visit is said to have measured."""

PEERS = (subjects.ARTICLE, subjects.NO_REST, subjects.TWILIO, subjects.SHIGUREDO)
"""Their way is the same on every machine: one frame after the other, and those between skipped."""

IDLE_S = 10.0
"""Without load, before the step to it."""

FOLLOW = """() => {
  globalThis.changes = [];
  cyclorama.addEventListener('tuned', ({ detail }) => changes.push(detail.atMs));
  cyclorama.addEventListener('camera', (event) => {
    event.preventDefault();
    const { scale, frameRate } = event.detail;
    void camera.applyConstraints({ width: 640 * scale, height: 480 * scale, frameRate });
  });
}"""


@dataclass(frozen=True)
class Held:
    """What one way held beside the load."""

    fps: float
    """Composites per second, in the worst window of ten seconds."""
    changes: int
    """Made meanwhile."""


Figures = dict[str, Held]
"""By way."""


RUNGS = rungs(Offer({"bodypix-050": (16, 8), "selfie": ()}, "wasm", 30), {}, USUAL)
"""What the default budget chooses from, with what a build without a choice of models ships."""


def measure() -> Figures:
    """Every fixed rung, automatic from both ends and through a step of the load, and peers."""
    with surroundings() as (playwright, served, folder):
        clip = camera.write(folder, camera.VGA)
        found = {
            f"rung {place}": _fixed(playwright, clip, rung)
            for place, rung in enumerate(RUNGS, start=1)
        }
        for name, speed in STARTS.items():
            with _visit(playwright, clip) as visit:
                page = _live(visit, speed)
                found[f"automatic {name}"] = _beside_load(page, visit, SETTLED_S, windows=3)
        with _visit(playwright, clip) as visit:
            page = _live(visit)
            page.wait_for_timeout(IDLE_S * 1000)
            found["automatic after a step"] = _beside_load(page, visit, AGAIN_S, windows=3)
        for peer in PEERS:
            found[peer.label] = _peer(playwright, served, clip, peer)
    return found


def table(figures: Figures) -> str:
    """Frames per second, their share of the best fixed rung's, and changes."""
    best = max(held.fps for way, held in figures.items() if way.startswith("rung"))
    rows = [["beside load, in a browser", "fps", "of the best rung", "changes"]]
    rows += [
        [way, f"{held.fps:.1f}", f"{100 * held.fps / best:.0f} %", str(held.changes)]
        for way, held in figures.items()
    ]
    legend = "\n".join(f"rung {place}: {rung}" for place, rung in enumerate(RUNGS, start=1))
    return f"{layout(rows)}\n\n{legend}"


def _fixed(playwright: Playwright, clip: Path, rung: Rung) -> Held:
    alone = clip.with_name("one_rung.py")
    alone.write_text(f"\nLADDER = ({rung!r},)\nDEFAULT = LADDER[0]\n")
    with _visit(playwright, clip) as visit:
        visit.site.patch(**{"tuning/ladder": str(alone)})
        return _beside_load(_live(visit), visit, SETTLED_S, windows=1)


def _peer(playwright: Playwright, served: Site, clip: Path, peer: subjects.Subject) -> Held:
    case = subjects.Case(peer, camera.VGA)
    with started(playwright, served, case, clip) as tab, hogs(tab.page.context, served):
        time.sleep(SETTLED_S)
        tab.evaluate("ready.stats()")
        time.sleep(WINDOW_S)
        # Every one of them makes a mask for each frame.
        return Held(tab.evaluate("ready.stats().masks.perSecond"), changes=0)


@contextmanager
def _visit(playwright: Playwright, clip: Path) -> Iterator[Studio]:
    with site() as running, start_studio(playwright, running, clip) as visit:
        yield visit


def _live(visit: Studio, speed: Speed | None = None) -> Page:
    """A page with the default settings, where a visit before found the machine so fast."""
    page = visit.embed()
    publish(page, calibration=calibrated(page, speed) if speed else None)
    page.evaluate(FOLLOW)
    ready(page)
    return page


def _beside_load(page: Page, visit: Studio, settle_s: float, *, windows: int) -> Held:
    """Frames as the compositor counts them: whoever records a track takes part in the load."""
    with hogs(visit.context, visit.site):
        page.wait_for_timeout(settle_s * 1000)
        page.evaluate("changes.length = 0")
        counts = [stats(page)["frames"]]
        for _ in range(windows):
            page.wait_for_timeout(WINDOW_S * 1000)
            counts.append(stats(page)["frames"])
        changes = page.evaluate("changes.length")
    return Held(min(b - a for a, b in pairwise(counts)) / WINDOW_S, changes)
