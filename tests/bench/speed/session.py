"""One run: a subject started in a browser of its own, measured visible, then hidden."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Playwright

from tests.bench.speed.browser import BenchError, Controls, Tab, open_tab
from tests.bench.speed.machine import CpuTime
from tests.bench.speed.subjects import Case
from tests.bench.speed.window import Masks, Quantiles, Window, main_thread, output
from tests.harness import recording
from tests.harness.recording import Recording
from tests.harness.site import Site

SETTLE_S = 3.0
"""From the first composite to the first figure: compilers and caches warm up."""


def measure(
    playwright: Playwright, site: Site, case: Case, clip: Path, *, seconds: float, repeat: int
) -> list[Window]:
    """Start a subject and measure it visible and hidden.

    Args:
        playwright: drives the browser.
        site: serves dist/ and the subject's page.
        case: what is measured.
        clip: .y4m file of the camera, of the case's size.
        seconds: how long each of the two is measured.
        repeat: number of this run, for the record.

    Raises:
        BenchError: the page failed, or was not hidden when it should be.
    """
    with started(playwright, site, case, clip) as tab:
        session = Session(tab, site, case, seconds, repeat)
        visible, _ = session.watch(hidden=False)
        tab.hide()
        hidden, _ = session.watch(hidden=True)
        return [visible, hidden]


@contextmanager
def started(playwright: Playwright, site: Site, case: Case, clip: Path) -> Iterator[Tab]:
    """Start a subject in a browser of its own and let it settle; see `measure`.

    Raises:
        BenchError: the page failed.
    """
    with open_tab(playwright, site.url + case.page.page, clip) as tab:
        tab.evaluate("subject.then((ready) => { globalThis.ready = ready; probe.take(); })")
        time.sleep(SETTLE_S)
        yield tab


class Session:
    """A subject that runs."""

    def __init__(self, tab: Tab, site: Site, case: Case, seconds: float, repeat: int) -> None:
        self.tab = tab
        self._site = site
        self._case = case
        self._seconds = seconds
        self._repeat = repeat

    def watch(
        self, *, hidden: bool, keep: int = 0, pair_every: int = 2
    ) -> tuple[Window, Recording]:
        """Measure the page in the state in which it is.

        The recorder is the only one who looks at the output, and nothing else is asked of the page
        while processor time is counted.

        Args:
            hidden: whether that is hidden.
            keep: pictures to keep; see `recording.start`.
            pair_every: likewise.

        Returns:
            The figures, and the recording that they are of; it begins a moment earlier.
        """
        tab = self.tab
        controls = tab.controls()
        recorder = recording.start(
            tab.page, self._site, "ready.track", keep=keep, pair_every=pair_every
        )
        counted = tab.evaluate("ready.stats().counts")
        earlier = tab.probed()
        main_ms, cpu, start = tab.main_thread_ms(), CpuTime.now(tab.cdp), time.time()
        time.sleep(self._seconds)
        end, cpu_end, main_end_ms = time.time(), CpuTime.now(tab.cdp), tab.main_thread_ms()
        stats = tab.evaluate("ready.stats()")
        probed = tab.probed()
        answers_ms = tab.answers_ms()
        recorded = recorder.stop()
        seen = output(recorded.frames, start * 1000, end * 1000)
        _require_state(hidden, controls, earlier.visibility_changes, probed.visibility_changes)
        seconds = cpu_end.wall - cpu.wall
        browser_ms_per_second = (cpu_end.browser - cpu.browser) * 1000 / seconds
        share = (main_end_ms - main_ms) / seconds / 10
        masks = stats["masks"]
        window = Window(
            subject=self._case.subject.name,
            size=str(self._case.size),
            state="hidden" if hidden else "visible",
            repeat=self._repeat,
            seconds=end - start,
            browser=tab.version,
            controls=controls,
            output=seen,
            masks=masks and Masks(masks["perSecond"], Quantiles(**masks["ageMs"])),
            stages_ms={name: Quantiles(**each) for name, each in stats["stagesMs"].items()},
            counts={name: count - counted[name] for name, count in stats["counts"].items()},
            adapters=stats["adapters"],
            first_composite_ms=float(tab.evaluate("ready.firstCompositeMs")),
            main_thread=main_thread(probed.long_tasks_ms, answers_ms, share, hidden=hidden),
            browser_ms_per_second=browser_ms_per_second,
            browser_ms_per_distinct_frame=(
                browser_ms_per_second / seen.distinct_fps if seen.distinct_fps else None
            ),
            others_cores=cpu_end.others_since(cpu),
        )
        return window, recorded


def _require_state(hidden: bool, controls: Controls, before: int, during: int) -> None:
    """The page was in that state from before the controls to after the last frame.

    Args:
        hidden: whether that is hidden.
        controls: how the browser treated it.
        before: changes of its visibility before the window, that of hiding it among them.
        during: changes in the window.

    Raises:
        BenchError: it was not.
    """
    if hidden:
        controls.require_hidden()
    elif controls.visibility != "visible":
        raise BenchError("the page was hidden where it should be visible")
    if before != int(hidden) or during:
        raise BenchError("the page was hidden and shown while it was measured")
