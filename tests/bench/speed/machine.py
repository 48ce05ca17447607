"""Processor time, of the browser and of everybody else."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession

from tests.harness.chromium import program

STAT = Path("/proc/stat")

MOST_OTHERS_CORES = 0.2
"""Cores at work for other programs above which figures are not to be trusted."""


@dataclass(frozen=True)
class CpuTime:
    """Readings of clocks that only rise, in seconds."""

    wall: float
    browser: float
    """Processor time of all the browser's processes."""
    machine: float | None
    """Processor time of all processes; None where the system does not say."""

    @classmethod
    def now(cls, browser: CDPSession) -> CpuTime:
        """Read the clocks; `browser` is a session of the browser itself."""
        processes = browser.send("SystemInfo.getProcessInfo")["processInfo"]
        spent = sum(process["cpuTime"] for process in processes)
        return cls(time.monotonic(), spent, _machine())

    def others_since(self, start: CpuTime) -> float | None:
        """How many cores worked for somebody else than the browser, on average."""
        if self.machine is None or start.machine is None:
            return None
        browser = self.browser - start.browser
        return max(0.0, (self.machine - start.machine - browser) / (self.wall - start.wall))


def resident(browser: CDPSession) -> int | None:
    """Bytes in memory of all the browser's processes, what they share counted once.

    None where the system does not say.
    """
    processes = browser.send("SystemInfo.getProcessInfo")["processInfo"]
    files = [Path(f"/proc/{process['id']}/smaps_rollup") for process in processes]
    if not all(file.is_file() for file in files):
        return None
    return sum(_proportional(file.read_text()) for file in files)


def describe() -> dict[str, str | int]:
    """The machine and its browser, for the record."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    model = next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), ""
    )
    browser = subprocess.run([program(), "--version"], capture_output=True, text=True, check=False)
    return {
        "cores": os.cpu_count() or 0,
        "processor": model,
        "browser": browser.stdout.strip(),
    }


def warning(others_cores: Iterable[float | None]) -> str | None:
    """What to say of figures taken while other programs kept so many cores busy, if anything."""
    busiest = max((cores or 0.0 for cores in others_cores), default=0.0)
    if busiest <= MOST_OTHERS_CORES:
        return None
    return (
        f"Other programs kept up to {busiest:.1f} cores busy: these figures are worse than "
        "they would be alone. Run it again when the machine is idle."
    )


def _proportional(rollup: str) -> int:
    (line,) = (line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024


def _machine() -> float | None:
    if not STAT.is_file():
        return None
    _, user, nice, system, _idle, _iowait, irq, softirq, steal, *_ = (
        STAT.read_text().splitlines()[0].split()
    )
    # Stolen time went to another machine on the same processor, so it was lost here too.
    ticks = sum(map(int, (user, nice, system, irq, softirq, steal)))
    return ticks / os.sysconf("SC_CLK_TCK")
