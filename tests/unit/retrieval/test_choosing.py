from __future__ import annotations

import pytest

from briefwell.retrieval.choosing import newest_first, served
from briefwell.retrieval.stretches import Stretch
from briefwell.types import Chunk, Span


def stretch(name: str, mass: float, *, at: int = 0) -> Stretch:
    span = Span(start=at, end=at + 10)
    text = "x" * 10
    chunk = Chunk(
        id=f"{name}-{at}", document_id=name, ordinal=0, span=span, text=text, embedding_text=text
    )
    return Stretch(chunk=chunk, span=span, whole=span, mass=mass, gain=mass)


def names(found: list[Stretch]) -> list[str]:
    return [item.chunk.document_id for item in found]


DATES = {"old": "2019", "new": "2024-05-01", "newest": "2025-01", "undated": None}


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        pytest.param([("old", 0.50), ("new", 0.45)], ["new", "old"], id="about-equal"),
        pytest.param([("old", 0.50), ("new", 0.30)], ["old", "new"], id="much-less-relevant"),
        pytest.param(
            [("old", 0.50), ("undated", 0.48), ("new", 0.41)],
            ["new", "old", "undated"],
            id="without-a-date-counts-as-oldest",
        ),
        pytest.param(
            [("old", 0.50), ("new", 0.41), ("newest", 0.34)],
            ["new", "old", "newest"],
            id="compared-with-the-first-of-the-group",
        ),
        pytest.param([], [], id="nothing"),
    ],
)
def test_newest_first(ranked: list[tuple[str, float]], expected: list[str]) -> None:
    found = newest_first(
        [stretch(name, mass) for name, mass in ranked],
        date_of=lambda item: DATES[item.chunk.document_id],
    )
    assert names(found) == expected


def test_each_part_of_a_question_is_served_before_the_rest_of_the_whole() -> None:
    whole = [stretch("w1", 0.5), stretch("w2", 0.4), stretch("w3", 0.3)]
    one = [stretch("a1", 0.5), stretch("a2", 0.4), stretch("a3", 0.3)]
    other = [stretch("b1", 0.2)]
    assert names(served(whole, [one, other])) == ["w1", "a1", "b1", "a2", "w2", "w3"]


def test_what_overlaps_is_served_once() -> None:
    whole = [stretch("w", 0.5), stretch("w", 0.4, at=50)]
    part = [stretch("w", 0.6, at=5), stretch("w", 0.5, at=52)]
    found = served(whole, [part])
    assert [(item.span.start, item.span.end) for item in found] == [(0, 10), (52, 62)]
