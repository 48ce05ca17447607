from cyclorama.trial import TURNS, Trial


def settle(trial: Trial, times: dict[int, list[float]]) -> list[int]:
    """Play the trial out; gives the ways that were used."""
    used = []
    for _ in range(TURNS * len(times)):
        used.append(trial.way)
        trial.took(trial.way, times[trial.way][len(used) % len(times[trial.way])])
    return used


def test_each_way_is_tried_in_turn_and_the_fastest_is_kept() -> None:
    trial = Trial(3)
    used = settle(trial, {0: [5.0], 1: [2.0], 2: [9.0]})
    assert used[:6] == [0, 1, 2, 0, 1, 2]
    assert [used.count(way) for way in range(3)] == [TURNS] * 3
    assert trial.way == 1


def test_one_slow_moment_does_not_decide() -> None:
    trial = Trial(2)
    settle(trial, {0: [1.0, 1.0, 1.0, 1.0, 80.0], 1: [2.0]})
    assert trial.way == 0


def test_of_equals_the_first_is_kept() -> None:
    trial = Trial(3)
    settle(trial, {0: [1.0], 1: [1.0], 2: [1.0]})
    assert trial.way == 0


def test_what_is_decided_stays_decided() -> None:
    trial = Trial(2)
    settle(trial, {0: [1.0], 1: [2.0]})
    for _ in range(3 * TURNS):
        trial.took(0, 50.0)
    assert trial.way == 0


def test_a_way_that_fails_is_not_used_again_while_there_is_another() -> None:
    trial = Trial(2)
    assert trial.failed(0)
    assert trial.way == 1
    assert trial.failed(0)
    assert not trial.failed(1)
    assert trial.way == 1
