"""How likely each sentence near the candidates is to answer the question; pure.

A sentence is judged with its surroundings, because a text names its subject once and goes on
with "it" and "the tail": Fernández, Losada and Azzopardi, Extending the language modeling
framework for sentence retrieval to include local context (2011), and Lv and Zhai, Positional
language models (2009), whose decaying influence of a term is used here. The features are
weighed by a softmax over all sentences of the candidates (ListNet; Cao et al. 2007).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import mul

REACH = 10.0
"""Sentences over which the influence of a term falls to 1/e."""

UNITS_A_CHUNK = 3.0
"""How many sentences a chunk stands for when only its distance in chunks is known."""

_FARTHEST = 100
_INFLUENCE = tuple(math.exp(-steps / REACH) for steps in range(_FARTHEST + 1))

FEATURES = ("chunk", "around", "own", "whole", "near", "head", "pairs", "length")
WEIGHTS = (11.48, 6.01, 5.42, 2.23, 8.33, 10.0, 1.33, 0.22)
"""One for each feature; fitted as benchmarks/RETRIEVAL.md tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The question as stems.

    Attributes:
        terms: Each stem once.
        weights: For each term its share of the question's information; they add up to 1.
        pairs: Positions of terms that stand side by side in the question.
    """

    terms: tuple[str, ...]
    weights: tuple[float, ...]
    pairs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, table row or heading of a chunk.

    Attributes:
        start: In code points of the document, like `end`.
        terms: Positions in `Query.terms` of the terms it has.
        pairs: How many of `Query.pairs` stand side by side in it.
    """

    start: int
    end: int
    terms: frozenset[int] = frozenset()
    pairs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A candidate chunk with what is known of its surroundings.

    Attributes:
        similarity: Cosine of question and chunk.
        around: Mean cosine of the chunks before and after it.
        units: Its sentences, in order.
        head: Positions of the terms in its document's title and its headings.
        distances: For a term that is not in the chunk, how many chunks away the nearest
            place is in the same document; absent when it is nowhere near.
    """

    similarity: float
    around: float
    units: tuple[Unit, ...]
    head: frozenset[int] = frozenset()
    distances: Mapping[int, int]


def features(query: Query, scene: Scene) -> list[tuple[float, ...]]:
    """Return the values of `FEATURES` for each unit of the scene."""
    weights, units = query.weights, scene.units
    own = [0.0] * len(units)
    near = [0.0] * len(units)
    whole = 0.0
    inside = frozenset[int]().union(*[unit.terms for unit in units])
    for term in inside:
        weight = weights[term]
        whole += weight
        holders = [at for at, unit in enumerate(units) if term in unit.terms]
        for at in holders:
            own[at] += weight
        for at, steps in enumerate(_steps(holders, len(units))):
            near[at] += weight * _INFLUENCE[min(steps, _FARTHEST)]
    head = sum([weights[term] for term in scene.head])
    far = sum(
        [
            weights[term] * math.exp(-UNITS_A_CHUNK * steps / REACH)
            for term, steps in scene.distances.items()
            if term not in inside
        ]
    )
    pairs = max(1, len(query.pairs))
    return [
        (
            scene.similarity,
            scene.around,
            own[at],
            whole,
            far + near[at],
            head,
            unit.pairs / pairs,
            math.log(max(5, unit.end - unit.start) / 100),
        )
        for at, unit in enumerate(units)
    ]


def _steps(holders: Sequence[int], size: int) -> Iterator[int]:
    """Yield for each of `size` units how far the nearest of `holders`, in order, is."""
    at = 0
    for unit in range(size):
        while at + 1 < len(holders) and holders[at + 1] - unit <= abs(holders[at] - unit):
            at += 1
        yield abs(holders[at] - unit)


def scores(query: Query, scene: Scene, *, weights: Sequence[float] = WEIGHTS) -> list[float]:
    """Return for each unit of the scene its weighed features, comparable within one query."""
    return [sum(map(mul, weights, row)) for row in features(query, scene)]


def probabilities(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the softmax over all scores: shares of the whole relevance that add up to 1."""
    top = max((score for row in rows for score in row), default=0.0)
    raised = [[math.exp(score - top) for score in row] for row in rows]
    total = sum(sum(row) for row in raised)
    return [[value / total for value in row] for row in raised]
