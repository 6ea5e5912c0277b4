"""How close sentences are to a question by meaning: one small batch of embeddings."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefwell.embeddings import EmbedderTraits, describe, nearest, rows_of
from briefwell.protocols import Embedder, TokenEmbedder, TokenVectors
from briefwell.text import Word, words

LONGEST = 600
"""Code points of a sentence that are compared."""

LONGEST_BEFORE = 300
"""Code points of the sentence before it, from its end, that are read with it."""

UNREAD = 0.4
"""How close a word of the question is taken to be when the embedder does not tell of words.

It is what a word that stands nowhere near is found to be on the labelled sets, in the mean.
"""

_SPECIAL_TOKENS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A sentence to be compared with a question.

    Attributes:
        text: The sentence.
        before: The one before it under the same headings; empty for none.
    """

    text: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How close a sentence is to a question.

    Attributes:
        likeness: Cosine of the two as wholes.
        closeness: Mean over the question's words of the cosine with the closest word of the
            sentence and the one before it; the likeness, when the embedder tells of no words.
        nearest: That cosine for the stem of each word of the question; may lack some.
    """

    likeness: float
    closeness: float
    nearest: Mapping[str, float] = field(default_factory=dict)


class Likeness:
    """Compares sentences with a question by their embeddings.

    An embedder that gives token vectors is asked for nothing else: a sentence is then read
    together with the one before it, which tells what "it" is, and compared word by word.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._traits = describe(embedder)

    def __call__(self, question: str, sights: Sequence[Sight]) -> list[Reading]:
        """Return how close each sentence is to the question."""
        joined = [_joined(sight, self._traits) for sight in sights]
        if isinstance(self._embedder, TokenEmbedder):
            asked = question[:LONGEST]
            tokens = self._embedder.embed_tokens([asked, *joined])
            if tokens is not None:
                return _read(asked, tokens, sights, joined)
        vector = self._embedder.embed_query(question)
        texts = [_fitting(sight.text, self._traits) for sight in sights]
        found = [_cosine(vector, other) for other in self._embedder.embed_documents(texts)]
        return [Reading(likeness=cosine, closeness=cosine) for cosine in found]


def _read(
    question: str, tokens: Sequence[TokenVectors], sights: Sequence[Sight], joined: Sequence[str]
) -> list[Reading]:
    asked = words(question)
    stems = [word.stem for word in asked]
    rows = rows_of(tokens[0], [(0, len(question)), *_places(asked)])
    readings = []
    for sight, text, read in zip(sights, joined, tokens[1:], strict=True):
        start = len(text) - min(len(sight.text), LONGEST)
        near = rows_of(read, [(start, len(text)), *_places(words(text))])
        found = nearest(rows[1:], near[1:])
        readings.append(
            Reading(
                likeness=float(rows[0] @ near[0]),
                closeness=sum(found) / max(1, len(found)),
                nearest=dict(zip(stems, found, strict=True)),
            )
        )
    return readings


def _places(inside: Sequence[Word]) -> list[tuple[int, int]]:
    return [(word.span.start, word.span.end) for word in inside]


def _joined(sight: Sight, traits: EmbedderTraits) -> str:
    """Return a sentence behind the one before it, or alone where the window is too small."""
    text = sight.text[:LONGEST]
    whole = f"{sight.before[-LONGEST_BEFORE:]} {text}".lstrip()
    if len(whole) > traits.max_tokens and traits.count_tokens(whole) > (
        traits.max_tokens - _SPECIAL_TOKENS
    ):
        return text
    return whole


def _fitting(text: str, traits: EmbedderTraits) -> str:
    """Return as much of a sentence's beginning as the embedding model sees."""
    text = text[:LONGEST]
    while traits.count_tokens(text) > traits.max_tokens - _SPECIAL_TOKENS:
        text = text[: len(text) // 2]
    return text


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    size = math.hypot(*one) * math.hypot(*other)
    return sum(map(operator.mul, one, other)) / size if size else 0.0
