from __future__ import annotations

from briefwell.evaluation.intervals import Score, Share, quantile, score


def test_score_of_equal_cases_has_no_spread() -> None:
    assert score([Share(0.5)] * 4) == Score(value=0.5, low=0.5, high=0.5, cases=4)


def test_score_is_a_ratio_of_sums_and_skips_what_is_not_defined() -> None:
    # Refusal precision: three refusals, two of them right; one case was answered.
    shares = [Share(1, 1), Share(1, 1), Share(0, 1), Share(0, 0), None]
    found = score(shares)
    assert found.value == 2 / 3
    assert found.cases == 3


def test_interval_holds_the_value_and_is_the_same_each_time() -> None:
    shares = [Share(float(index % 3 == 0)) for index in range(99)]
    found = score(shares)
    assert found.value == 33 / 99
    assert found.low is not None
    assert found.high is not None
    # The normal interval of 33 in 99 is 0.333 +- 1.96 * 0.0474.
    assert 0.20 < found.low < 0.28
    assert 0.39 < found.high < 0.46
    assert score(shares) == found


def test_score_of_nothing() -> None:
    empty = Score(value=None, low=None, high=None, cases=0)
    assert score([]) == score([None]) == score([Share(0, 0)]) == empty


def test_quantile_is_the_nearest_rank() -> None:
    assert quantile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert quantile([5.0, 1.0, 3.0], 0.95) == 5.0
    assert quantile([], 0.5) is None
