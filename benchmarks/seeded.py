"""An embedder for measuring everything but embedding."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy

from briefwell import Settings
from briefwell.embeddings import load_embedder
from briefwell.protocols import TokenVectors
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


class ModelAtQuestions(SeededEmbedder):
    """Opens an index of `SeededEmbedder` and reads questions and sentences with the real model.

    What it finds means nothing; the time it takes is that of a real question.

    Args:
        models: Folder of the compiled models.
    """

    def __init__(self, models: Path) -> None:
        super().__init__()
        self._real = load_embedder(Settings(), models=models)

    def embed_query(self, text: str) -> list[float]:
        """Return the model's vector of one text."""
        return self._real.embed_query(text)

    def embed_tokens(self, texts: list[str]) -> list[TokenVectors] | None:
        """Return the model's vectors of each text's tokens."""
        return self._real.embed_tokens(texts)
