"""What each constant is worth: every one is there, and is really changed."""

from __future__ import annotations

import numpy as np
import pytest

from cyclorama import logits
from cyclorama.logits import Grid
from tests.bench.matte import constants, report
from tests.bench.matte.constants import CONSTANTS, Constant
from tests.bench.matte.play import Result

SIZE = (64, 80)
GRID = Grid(0.5 / 81, 0.5 / 65, 16 / 81, 16 / 65)


@pytest.mark.parametrize("constant", CONSTANTS, ids=lambda constant: constant.names[0])
def test_every_constant_exists_and_is_tried_at_other_values(constant: Constant) -> None:
    tried = list(constant.variants())
    assert len(tried) >= 2
    assert constant.values not in tried


def test_a_row_runs_with_its_own_value_and_leaves_the_module_as_it_was() -> None:
    before = [constant.values for constant in CONSTANTS]
    frame = np.random.default_rng(1).integers(0, 255, (*SIZE, 4)).astype(np.uint8)
    mask = logits.encode(np.tile(np.linspace(-2, 2, 6, dtype=np.float32), (5, 1)))
    alphas: dict[str, bytes] = {}
    for row in constants.rows():
        method = row.method(SIZE)
        method.observe(frame, 0)
        method.learn(mask, GRID, 0)
        alpha = method.alpha()
        assert alpha is not None
        alphas[row.name] = alpha.tobytes()
    ours = alphas.pop(constants.OURS)
    changed = [name for name, alpha in alphas.items() if alpha != ours]
    assert any(name.startswith("guide.EPSILON") for name in changed)
    assert any(name.startswith("blend.CONTRAST") for name in changed)
    assert [constant.values for constant in CONSTANTS] == before


def test_the_table_says_how_others_differ() -> None:
    def rows(**still: int) -> dict[str, report.Summary]:
        return {
            name: report.summarize([Result(still=1000, changed=changed, compared=2000)])
            for name, changed in still.items()
        }

    lines = constants.table({"asl": rows(ours=10, other=15)}).splitlines()
    assert "still changed" in lines[0]
    assert lines[2].split("|")[-2].strip() == "1.000"
    assert lines[3].split("|")[-2].strip() == "+0.500"
