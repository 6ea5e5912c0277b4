"""A mean over cases with its 95% bootstrap interval."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from briefwell.types import Plain

RESAMPLES = 1000
SEED = 20240229


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Plain):
    """A figure with its interval.

    Attributes:
        value: The figure; None when no case counts for it.
        low: Lower end of the 95% interval.
        high: Upper end of the 95% interval.
        cases: How many cases count for it.
    """

    value: float | None
    low: float | None
    high: float | None
    cases: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one case adds to a figure: `part` to the top of the fraction, `whole` below."""

    part: float
    whole: float = 1.0


def score(shares: Sequence[Share | None]) -> Score:
    """Return the sum of parts over the sum of wholes, with a percentile bootstrap interval.

    A mean has `whole` 1 for each case; a rate such as precision has 0 for the cases that
    are not counted. Cases are drawn with replacement 1,000 times from a fixed seed and the
    2.5th and 97.5th percentiles taken (Efron and Tibshirani, An Introduction to the
    Bootstrap, 1993, chapter 13). None is a case the figure is not defined for.
    """
    counted = [share for share in shares if share is not None]
    value = _ratio(counted)
    if value is None:
        return Score(value=None, low=None, high=None, cases=0)
    draw = random.Random(SEED)
    drawn = (draw.choices(counted, k=len(counted)) for _ in range(RESAMPLES))
    means = sorted(mean for sample in drawn if (mean := _ratio(sample)) is not None)
    return Score(
        value=value,
        low=_percentile(means, 0.025),
        high=_percentile(means, 0.975),
        cases=sum(1 for share in counted if share.whole),
    )


def _ratio(shares: Sequence[Share]) -> float | None:
    whole = sum(share.whole for share in shares)
    return sum(share.part for share in shares) / whole if whole else None


def _percentile(ordered: Sequence[float], fraction: float) -> float:
    return ordered[min(len(ordered) - 1, round(fraction * (len(ordered) - 1)))]


def quantile(values: Sequence[float], fraction: float) -> float | None:
    """Return the nearest-rank quantile of `values`, None for none."""
    return _percentile(sorted(values), fraction) if values else None
