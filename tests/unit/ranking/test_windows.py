from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefwell.ranking.windows import best_runs


@pytest.mark.parametrize(
    ("gains", "expected"),
    [
        ([], []),
        ([-1, 0, -2], []),
        ([3], [(0, 1)]),
        # 2 - 1 + 3 = 4 is more than 3 alone: one run.
        ([2, -1, 3], [(0, 3)]),
        # Joining would lose: 2 - 4 + 3 = 1.
        ([2, -4, 3], [(0, 1), (2, 3)]),
        # The example of the paper (Ruzzo and Tompa 1999, section 2).
        ([4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5], [(0, 1), (2, 3), (4, 11)]),
    ],
)
def test_best_runs(gains: list[float], expected: list[tuple[int, int]]) -> None:
    assert best_runs(gains) == expected


@given(st.lists(st.integers(-5, 5), max_size=12))
def test_the_best_run_of_all_is_among_them_and_none_can_be_bettered(gains: list[int]) -> None:
    runs = best_runs(gains)
    totals = [sum(gains[start:end]) for start, end in runs]
    assert all(
        left[1] <= right[0] and left[0] < left[1] for left, right in itertools.pairwise(runs)
    )
    everything = [
        sum(gains[start:end])
        for start in range(len(gains))
        for end in range(start + 1, len(gains) + 1)
    ]
    assert max(totals, default=0) == max([0, *everything])
    for start, end in runs:
        # Every beginning and every ending of a run is worth something.
        assert all(sum(gains[start:cut]) > 0 for cut in range(start + 1, end + 1))
        assert all(sum(gains[cut:end]) > 0 for cut in range(start, end))
