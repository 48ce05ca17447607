"""The contact sheet: which frames are on it, and what it cannot be asked together with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.bench.matte import cli, moments
from tests.bench.matte.moments import LEARNED, REACH


def test_moments_are_chosen_when_the_room_has_been_learned() -> None:
    slow = [0.0] * LEARNED + [5.0, 4.0, 1.0, 2.0]
    fast = [9.0] * LEARNED + [1.0, 3.0, 0.0, 0.0]
    assert moments.choose(slow, fast) == {
        "least motion": LEARNED + 2,
        "most motion": LEARNED + 1,
    }


def test_a_frame_repeated_amid_motion_is_not_still() -> None:
    slow = [0.0] * LEARNED + [6.0, 6.0, 2.0]
    fast = [0.0] * LEARNED + [0.0, 8.0, 1.0]
    assert moments.choose(slow, fast)["least motion"] == LEARNED + 2


def test_motion_is_looked_for_around_the_person_only() -> None:
    z = np.full((40, 60), -6, np.float32)
    z[20, 30] = 6
    around = moments.around(z)
    assert set(np.unique(around)) == {0, 255}
    assert around[20, 30 - REACH] == around[20 + REACH, 30] == 255
    assert around[20, 30 - REACH - 1] == around[20 + REACH + 1, 30] == 0


@pytest.mark.parametrize("option", [["--row", "ours"], ["--json", "x.json"], ["--live"]])
def test_a_sheet_refuses_what_only_figures_have(
    option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--sheet", str(tmp_path / "sheet.jpg"), *option])
    assert "leave out --" in capsys.readouterr().err


def test_a_sheet_needs_a_folder_to_go_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--sheet", str(tmp_path / "none" / "sheet.jpg")])
    assert "there is no folder" in capsys.readouterr().err
