"""Candidate sentences for an answer, each with what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefwell.answering.expected import fitness
from briefwell.answering.matching import acronyms, coverage, matched_stems, stems_of
from briefwell.answering.questions import Question
from briefwell.structure import PerDocument, Sentence, sentences
from briefwell.text import STOP_WORDS, stem, stems
from briefwell.types import BlockKind, Document, Passage, Span

FEATURES = (
    "coverage",
    "context",
    "expected",
    "order",
    "passage",
    "similarity",
    "first",
    "length",
    "names",
    "newer",
    "anchors",
    "counted",
)
"""What is measured of each candidate, each 0 to 1, in the order of `Candidate.features`."""

WEIGHTS = (3.2, 1.6, 0.8, 0.5, 0.9, 1.0, 0.15, 0.5, 1.2, 0.35, 1.5, 0.5)
"""One weight for each of `FEATURES`."""

RANK_STEP = 0.08
"""What a passage's rank costs; its score is not used, for it depends on how it was fused."""

NEARBY = 0.7
"""What a name of the question counts for that stands beside the sentence, not in it."""

REPLACED = 3.0
"""What a sentence loses when a newer document says that it replaces the sentence's own."""

_SMALL = frozenset(map(stem, STOP_WORDS))
"""Stems that a sentence may hold without their being found in it."""

NEWER_NOW = 1.2
"""Weight of a newer document when the question asks how things stand now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may stand in an answer.

    Attributes:
        index: Its place among `sentences(document)`.
        text: The sentence as it stands in the source.
        passage: The best-ranked passage it belongs to.
        found: The question's terms it meets, with how far.
        around: The terms met by it, its neighbours, headings and title together.
        features: See `FEATURES`.
        score: Higher is better.
        is_asked_for: Whether the question asks for this very place: what a document says of its
            author, or the part under a heading that it names.
        is_headed: Whether the heading over it is part of what is asked for.
    """

    document: Document
    index: int
    span: Span
    text: str
    block: int
    heading_path: tuple[str, ...]
    passage: Passage
    found: Mapping[str, float]
    around: Mapping[str, float]
    features: tuple[float, ...]
    score: float
    is_asked_for: bool = False
    is_headed: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """The sentence's identity in the corpus."""
        return (self.document.id, self.index)

    @property
    def kind(self) -> BlockKind:
        """What the block is that it stands in."""
        return self.document.blocks[self.block].kind


@PerDocument
def _stems(document: Document) -> list[frozenset[str]]:
    return [frozenset(stems_of(item.span.cut(document.text))) for item in sentences(document)]


@PerDocument
def _head_stems(document: Document) -> dict[tuple[str, ...], frozenset[str]]:
    paths = {item.heading_path for item in sentences(document)}
    author = document.metadata.author or ""
    return {path: frozenset(stems_of(" ".join((document.title, author, *path)))) for path in paths}


@PerDocument
def all_stems(document: Document) -> frozenset[str]:
    """Return the stems of a document's sentences, headings, title and author."""
    heads = _head_stems(document).values()
    return frozenset().union(*_stems(document), *heads)


def stems_at(document: Document, index: int) -> frozenset[str]:
    """Return the stems of one sentence of a document."""
    return _stems(document)[index]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """Measures sentences against one question.

    Attributes:
        weights: The weight of each of the question's terms.
        dates: The dates of the documents in hand, oldest first, each once.
        short_forms: What acronyms stand for in the documents in hand.
        replaced: Ids of documents that another one in hand says it replaces.
    """

    question: Question
    weights: Mapping[str, float]
    dates: tuple[str, ...]
    short_forms: Mapping[str, tuple[str, ...]]
    replaced: frozenset[str] = frozenset()

    def at(self, document: Document, index: int, passage: Passage) -> Candidate:
        """Return the sentence at `index` of a document as a candidate."""
        item = sentences(document)[index]
        text = item.span.cut(document.text)
        short_forms = {**self.short_forms, **acronyms(document)}
        own = stems_at(document, index)
        nearby = self._nearby(document, index, item)
        found = matched_stems(self.question.terms, own, short_forms)
        around = matched_stems(self.question.terms, nearby, short_forms)
        features = (
            coverage(self._named_nearby(around) | found, self.weights),
            coverage(around, self.weights),
            fitness(self.question, text),
            order(self.question.terms, text, found),
            max(0.0, 1.0 - RANK_STEP * (passage.rank - 1)),
            max(0.0, passage.similarity),
            float(_is_first(document, item, index)),
            _length(text),
            _mean([around.get(part, 0.0) > 0 for part in self._name_parts()]),
            self._newness(document),
            _mean([_anchored(anchor, nearby, document) for anchor in self.question.anchors]),
            min((found.get(part, 0.0) for part in self.question.amount_of), default=1.0),
        )
        return Candidate(
            document=document,
            index=index,
            span=item.span,
            text=text,
            block=item.block,
            heading_path=item.heading_path,
            passage=passage,
            found=found,
            around=around,
            features=features,
            score=self._score(features, document),
        )

    def _score(self, features: Sequence[float], document: Document) -> float:
        total = sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
        if self.question.is_present:
            total += NEWER_NOW * features[FEATURES.index("newer")]
        if document.id in self.replaced:
            total -= REPLACED
        return total

    def _nearby(self, document: Document, index: int, item: Sentence) -> set[str]:
        beside = _stems(document)[max(0, index - 2) : index + 2]
        return set(_head_stems(document)[item.heading_path]).union(*beside)

    def _named_nearby(self, around: Mapping[str, float]) -> dict[str, float]:
        return {part: NEARBY * around[part] for part in self._name_parts() if part in around}

    def _name_parts(self) -> list[str]:
        terms = set(self.weights)
        return [part for name in self.question.names for part in stems_of(name) & terms]

    def _newness(self, document: Document) -> float:
        date = document.metadata.date
        if date not in self.dates or len(self.dates) < 2:
            return 0.0
        return self.dates.index(date) / (len(self.dates) - 1)


def _mean(shares: Sequence[float]) -> float:
    """Return the mean share of what is wanted that is held; 1 when nothing is wanted."""
    return sum(shares) / len(shares) if shares else 1.0


def _anchored(anchor: str, nearby: set[str], document: Document) -> float:
    """Return 1 for a number or ordinal that stands nearby, half for a number elsewhere."""
    if anchor in nearby:
        return 1.0
    return 0.5 if anchor[0].isdigit() and anchor in all_stems(document) else 0.0


def order(terms: Sequence[str], text: str, found: Mapping[str, float]) -> float:
    """Return the share of neighbouring term pairs that stand in the question's order, close by."""
    pairs = list(pairwise(terms))
    if len(found) < 2 or not any(_may_stand(left, right, found) for left, right in pairs):
        return 0.0
    places: dict[str, list[int]] = {}
    for place, word in enumerate(stems(text)):
        places.setdefault(word, []).append(place)
    near = sum(
        1
        for left, right in pairs
        if any(0 < b - a <= 5 for a in places.get(left, ()) for b in places.get(right, ()))
    )
    return near / len(pairs)


def _may_stand(left: str, right: str, found: Mapping[str, float]) -> bool:
    """Tell whether two terms may both stand in a sentence of which `found` is known."""
    return (left in found or left in _SMALL) and (right in found or right in _SMALL)


def _is_first(document: Document, item: Sentence, index: int) -> bool:
    return index == 0 or document.blocks[item.block].span.start >= item.span.start - 4


def _length(text: str) -> float:
    """Return 1 for a sentence of ordinary length, less for scraps and monsters."""
    size = len(text)
    if size < 40:
        return size / 40
    return 1.0 if size <= 320 else max(0.2, 320 / size)


_LEANS = re.compile(
    r"^(?:[\"“'(]*)(?:(?:but|and|yet|so|however|also|thus|then|in addition|moreover|still|"
    r"nevertheless|instead|indeed|in turn)[, ]+)*"
    r"(?:it|its|he|his|she|her|they|their|this|these|that|those|such|both|the (?:latter|former|two|"
    r"three|four|same))\b",
    re.IGNORECASE,
)
_APPARATUS = re.compile(
    r"^(?:sources?|references?|bibliography|further reading|see also|citations?)\b\s*:",
    re.IGNORECASE,
)


def is_leaning(text: str) -> bool:
    """Tell whether a sentence's subject stands in a sentence before it."""
    return bool(_LEANS.match(text))


def is_apparatus(text: str) -> bool:
    """Tell whether a line only names where the rest comes from."""
    return bool(_APPARATUS.match(text))


def is_item(candidate: Candidate) -> bool:
    """Tell whether a candidate is an item of a list or a row of a table."""
    return candidate.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE)
