"""How close sentences are to a question by meaning: one small batch of embeddings."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence

from briefwell.embeddings import EmbedderTraits, describe
from briefwell.protocols import Embedder

LONGEST = 600
"""Code points of a sentence that are compared."""

_SPECIAL_TOKENS = 2


class Likeness:
    """Compares sentences with a question by their embeddings."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._traits = describe(embedder)

    def __call__(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine of each text with the question, -1 to 1."""
        asked = self._embedder.embed_query(question)
        read = [_fitting(text, self._traits) for text in texts]
        return [_cosine(asked, vector) for vector in self._embedder.embed_documents(read)]


def _fitting(text: str, traits: EmbedderTraits) -> str:
    """Return as much of a sentence's beginning as the embedding model sees."""
    text = text[:LONGEST]
    while traits.count_tokens(text) > traits.max_tokens - _SPECIAL_TOKENS:
        text = text[: len(text) // 2]
    return text


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    size = math.hypot(*one) * math.hypot(*other)
    return sum(map(operator.mul, one, other)) / size if size else 0.0
