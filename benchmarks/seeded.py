"""An embedder for measuring everything but embedding."""

from __future__ import annotations

import hashlib

import numpy

from briefwell.text import words

_DIMENSIONS = 384


class SeededEmbedder:
    """Deterministic: each text's hash seeds its vector. Costs almost nothing, means nothing."""

    fingerprint = "seeded-embedder-1"
    max_tokens = 256

    def __init__(self) -> None:
        self.calls = 0

    def count_tokens(self, text: str) -> int:
        """Return the number of words."""
        return len(words(text))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text."""
        self.calls += 1
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one text."""
        seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        drawn = numpy.random.default_rng(seed).standard_normal(_DIMENSIONS)
        vector: list[float] = drawn.tolist()
        return vector
