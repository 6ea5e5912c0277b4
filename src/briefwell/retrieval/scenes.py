"""The candidates with their surroundings, ready to be judged sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefwell.ranking.relevance import Query, Scene, Unit
from briefwell.retrieval.asking import Asked
from briefwell.storage.reader import IndexReader
from briefwell.text import sentence_spans, stems
from briefwell.types import Chunk, Span

COMMON = 2_000
"""Where a term of more chunks than this stands elsewhere is not looked up: it says little."""

FARTHEST = 10
"""Chunks away from which a term has no influence any more."""

_OWN_LINE = re.compile(r"[^\n]*[|\t][^\n]*|[ \t]*(?:[-*+•·▪◦‣–]|\(?\d{1,3}[.)])[ \t][^\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A chunk and its scene."""

    chunk: Chunk
    scene: Scene


def stage(
    asked: Asked,
    chunks: Sequence[Chunk],
    similarities: Mapping[str, float],
    reader: IndexReader,
) -> list[Staged]:
    """Return a scene for each of `chunks`, which are in the order of their documents."""
    query = asked.query
    documents = {chunk.document_id for chunk in chunks}
    elsewhere = {
        term: reader.nearby().occurrences(stem, documents)
        for term, (stem, count) in enumerate(zip(query.terms, asked.frequencies, strict=True))
        if 0 < count <= COMMON
    }
    places = {stem: term for term, stem in enumerate(query.terms)}
    by_place = {
        (chunk.document_id, chunk.ordinal): similarities.get(chunk.id, 0.0) for chunk in chunks
    }
    return [
        Staged(
            chunk=chunk,
            scene=Scene(
                similarity=similarities.get(chunk.id, 0.0),
                around=_around(chunk, by_place),
                units=_units(chunk, query, places),
                head=_head(chunk, places),
                distances=_distances(chunk, elsewhere),
            ),
        )
        for chunk in chunks
    ]


def _around(chunk: Chunk, by_place: Mapping[tuple[str, int], float]) -> float:
    own = by_place[chunk.document_id, chunk.ordinal]
    before = by_place.get((chunk.document_id, chunk.ordinal - 1), own)
    after = by_place.get((chunk.document_id, chunk.ordinal + 1), own)
    return (before + after) / 2


def _head(chunk: Chunk, places: Mapping[str, int]) -> frozenset[int]:
    return frozenset([places[stem] for stem in places.keys() & _head_stems(chunk.heading_path)])


@lru_cache(maxsize=4096)
def _head_stems(heading_path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stems(" ".join(heading_path)))


def _distances(chunk: Chunk, elsewhere: Mapping[int, Mapping[str, list[int]]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for term, by_document in elsewhere.items():
        ordinals = by_document.get(chunk.document_id)
        if not ordinals:
            continue
        at = bisect_left(ordinals, chunk.ordinal)
        steps = min(abs(ordinal - chunk.ordinal) for ordinal in ordinals[max(0, at - 1) : at + 1])
        if steps <= FARTHEST:
            found[term] = steps
    return found


def _units(chunk: Chunk, query: Query, places: Mapping[str, int]) -> tuple[Unit, ...]:
    start = chunk.span.start
    wanted = places.keys()
    units = []
    for cut in cut_units(chunk.text):
        found = wanted & cut.stems
        units.append(
            Unit(
                start=start + cut.start,
                end=start + cut.end,
                terms=frozenset([places[stem] for stem in found]),
                pairs=_side_by_side(cut.words, query, places) if len(found) > 1 else 0,
            )
        )
    return tuple(units)


def _side_by_side(words: Sequence[str], query: Query, places: Mapping[str, int]) -> int:
    """Count the pairs of the question that stand in this order, two words between at most."""
    hits = [places.get(word) for word in words]
    near = {
        (left, right)
        for at, left in enumerate(hits)
        if left is not None
        for right in hits[at + 1 : at + 4]
    }
    return sum(pair in near for pair in query.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutUnit:
    """A sentence, table row or list item: where it stands in its chunk, and its stems."""

    start: int
    end: int
    words: tuple[str, ...]
    stems: frozenset[str]


@lru_cache(maxsize=4096)
def cut_units(text: str) -> tuple[CutUnit, ...]:
    """Return the sentences, table rows and list items of a chunk's text."""
    found = []
    for part in _parts(text):
        for span in sentence_spans(text, part):
            words = tuple(stems(span.cut(text)))
            found.append(
                CutUnit(start=span.start, end=span.end, words=words, stems=frozenset(words))
            )
    return tuple(found)


def _parts(text: str) -> Iterator[Span]:
    """Cut before and after each line that stands for itself."""
    start = at = 0
    for line in text.splitlines(keepends=True):
        if _OWN_LINE.match(line):
            if at > start:
                yield Span(start=start, end=at)
            start = at
            if "|" in line or "\t" in line:
                yield Span(start=at, end=at + len(line))
                start = at + len(line)
        at += len(line)
    if at > start:
        yield Span(start=start, end=at)
