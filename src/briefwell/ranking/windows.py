"""Stretches worth showing: the runs of neighbouring sentences with the greatest gain."""

from __future__ import annotations

from collections.abc import Sequence


def best_runs(gains: Sequence[float]) -> list[tuple[int, int]]:
    """Return all maximal runs of positive total gain, as half-open index ranges, in order.

    Ruzzo and Tompa, A Linear Time Algorithm for Finding All Maximal Scoring Subsequences,
    ISMB 1999: no run can be made longer or shorter without losing gain, and no two overlap.

    Args:
        gains: What each element of a sequence is worth; what it costs makes it negative.
    """
    runs: list[tuple[int, int, float, float]] = []
    total = 0.0
    for index, gain in enumerate(gains):
        before, total = total, total + gain
        if gain <= 0:
            continue
        start, left = index, before
        while True:
            at = next((j for j in range(len(runs) - 1, -1, -1) if runs[j][2] < left), None)
            if at is None or runs[at][3] >= total:
                runs.append((start, index + 1, left, total))
                break
            start, _, left, _ = runs[at]
            del runs[at:]
    return [(start, end) for start, end, _, _ in runs]
