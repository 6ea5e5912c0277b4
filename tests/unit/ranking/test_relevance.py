from __future__ import annotations

import math

import pytest

from briefwell.ranking.relevance import (
    FEATURES,
    WEIGHTS,
    Query,
    Scene,
    Unit,
    features,
    probabilities,
    scores,
)

QUERY = Query(terms=("ferri", "car", "norholm"), weights=(0.2, 0.3, 0.5), pairs=((0, 1),))


def scene(*units: Unit, **given: object) -> Scene:
    values: dict[str, object] = {"similarity": 0.6, "around": 0.4, "distances": {}}
    return Scene(units=units, **(values | given))  # type: ignore[arg-type]


def test_features_by_hand() -> None:
    first = Unit(start=0, end=100, terms=frozenset({0, 1}), pairs=1)
    second = Unit(start=101, end=301)
    rows = features(QUERY, scene(first, second, head=frozenset({2}), distances={0: 5, 2: 2}))
    decay = math.exp(-1 / 10)
    # "norholm" stands two chunks away, six sentences; "ferri" is inside, so its place elsewhere
    # counts for nothing.
    far = 0.5 * math.exp(-6 / 10)
    assert dict(zip(FEATURES, rows[0], strict=True)) == pytest.approx(
        {
            "chunk": 0.6,
            "around": 0.4,
            "own": 0.5,
            "whole": 0.5,
            "near": 0.5 + far,
            "head": 0.5,
            "pairs": 1.0,
            "length": 0.0,
        }
    )
    assert dict(zip(FEATURES, rows[1], strict=True)) == pytest.approx(
        {
            "chunk": 0.6,
            "around": 0.4,
            "own": 0.0,
            "whole": 0.5,
            "near": 0.5 * decay + far,
            "head": 0.5,
            "pairs": 0.0,
            "length": math.log(2),
        }
    )


def test_the_nearest_of_several_holders_counts() -> None:
    units = [
        Unit(start=at, end=at + 100, terms=frozenset({2}) if at in (0, 400) else frozenset())
        for at in range(0, 500, 100)
    ]
    near = [row[FEATURES.index("near")] for row in features(QUERY, scene(*units))]
    steps = [0, 1, 2, 1, 0]
    assert near == pytest.approx([0.5 * math.exp(-step / 10) for step in steps])


def test_scores_weigh_the_features() -> None:
    unit = Unit(start=0, end=100)
    weights = (1.0, 10.0, 0, 0, 0, 0, 0, 0)
    assert scores(QUERY, scene(unit), weights=weights) == pytest.approx([0.6 + 4.0])
    assert len(WEIGHTS) == len(FEATURES)


def test_probabilities_are_one_softmax_over_all_units() -> None:
    # e^0 = 1, e^0 = 1, e^ln2 = 2: shares of 4.
    assert probabilities([[0.0, 0.0], [math.log(2)], []]) == [
        pytest.approx([0.25, 0.25]),
        pytest.approx([0.5]),
        [],
    ]
    assert probabilities([[1e6, 1e6 - 800]]) == [[1.0, 0.0]]
    assert probabilities([]) == []


def test_a_question_without_terms_still_has_features() -> None:
    empty = Query(terms=(), weights=())
    (row,) = features(empty, scene(Unit(start=0, end=0)))
    assert row[FEATURES.index("own")] == 0
    assert row[FEATURES.index("length")] == pytest.approx(math.log(0.05))
