"""The machines that the tuning is shown on: from fast to very slow, steady and otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from cyclorama.tuning.ladder import Offer, rungs
from tests.simulation import loads
from tests.simulation.machine import Machine

SECONDS = 80.0

OFFER = Offer({"bodypix-050": (16, 8), "bodypix-075": (16,), "selfie": ()}, "wasm", 30)

RUNGS = rungs(OFFER, {})

SPEEDS = {"fast": 0.4, "usual": 1.0, "slow": 1.8, "slower": 3.0, "very slow": 6.0}
"""Times as long as `tuning.cost` says."""


@dataclass(frozen=True)
class Case:
    """A machine, and when its load jumps, in s."""

    machine: Machine
    steps: tuple[float, ...] = ()


def cases() -> list[Case]:
    """The whole grid."""
    found = []
    for seed, (name, slow) in enumerate(SPEEDS.items(), start=1):
        bursts = loads.bursts(2, seed)
        up, down = loads.step(0, 2, 30_000), loads.step(2, 0, 30_000)
        heat, dark = loads.heating(1.8, 60_000), loads.step(1, 0.5, 30_000)
        found += [
            Case(Machine(f"{name}, steady", slow, seed=seed)),
            Case(Machine(f"{name}, bursty", slow, seed=seed, load=bursts)),
            Case(Machine(f"{name}, heating", slow, seed=seed, heat=heat)),
            Case(Machine(f"{name}, load up", slow, seed=seed, load=up), (30.0,)),
            Case(Machine(f"{name}, load down", slow, seed=seed, load=down), (30.0,)),
            Case(Machine(f"{name}, dark room", slow, seed=seed, dark=dark), (30.0,)),
            Case(Machine(f"{name}, stubborn camera", slow, seed=seed, stubborn=True)),
            Case(Machine(f"{name}, stubborn", slow, seed=seed, stubborn=True, load=down), (30.0,)),
        ]
    return found
