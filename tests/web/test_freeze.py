"""When pictures that are alike are a freeze."""

from __future__ import annotations

from tests.harness.module import evaluate

BODY = """
  const isFrozen = module.watchForFreeze();
  return given.map(([atMs, shade, moved, pixels = 5000]) => {
    const data = new Uint8ClampedArray(4 * pixels).fill(shade);
    return isFrozen({ data }, moved, atMs);
  });
"""

FRAME_MS = 33


def told(pictures: list[tuple[int, bool]]) -> list[int]:
    """Indices of the pictures, each a shade and whether the person moved, that were a freeze."""
    given = [(FRAME_MS * index, *picture) for index, picture in enumerate(pictures)]
    found = evaluate("worker/freeze.js", BODY, given)
    return [index for index, frozen in enumerate(found) if frozen]


def test_the_same_picture_for_a_second_of_motion_is_told_once() -> None:
    (index,) = told([(7, True)] * 100)
    assert 1000 <= index * FRAME_MS < 1000 + 2 * FRAME_MS


def test_a_person_who_holds_still_is_no_freeze() -> None:
    assert told([(7, False)] * 100) == []


def test_a_picture_that_changes_is_no_freeze() -> None:
    assert told([(index % 2, True) for index in range(100)]) == []


def test_a_second_freeze_is_told_again() -> None:
    assert len(told([(7, True)] * 50 + [(8, True)] * 50)) == 2


def test_a_few_moves_in_a_long_time_are_not_enough() -> None:
    assert told([(7, index % 20 == 0) for index in range(150)]) == []


def test_a_picture_of_another_size_is_another_picture() -> None:
    given = [(FRAME_MS * index, 7, True, 5000 + 300 * index) for index in range(60)]
    assert not any(evaluate("worker/freeze.js", BODY, given))
