"""Vectors that were made a moment ago: a question is embedded once, a sentence seldom twice."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from typing import Generic, TypeVar

from briefwell.embeddings.describing import describe
from briefwell.protocols import Embedder, TokenEmbedder, TokenVectors

T = TypeVar("T")

KEPT_QUERIES = 256
KEPT_TEXTS = 4096
"""With 384 numbers each these take about 13 MB."""

KEPT_TOKENS = 128
"""Texts whose token vectors are kept; with 40 tokens each these take about 8 MB."""


class RecentVectors:
    """An embedder that keeps the vectors used last. Safe to use from several threads.

    For answering only: `reindex` keeps its own vectors in the manifest.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._queries: _Recent[array[float]] = _Recent(KEPT_QUERIES)
        self._texts: _Recent[array[float]] = _Recent(KEPT_TEXTS)
        self._tokens: _Recent[TokenVectors] = _Recent(KEPT_TOKENS)
        traits = describe(embedder)
        self.fingerprint = traits.fingerprint
        self.max_tokens = traits.max_tokens
        self.count_tokens = traits.count_tokens

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        kept = self._queries.find(text)
        if kept is None:
            kept = self._queries.keep(text, array("d", self._embedder.embed_query(text)))
        return kept.tolist()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text, all of one length."""
        found = {text: self._texts.find(text) for text in texts}
        missing = [text for text, kept in found.items() if kept is None]
        if missing:
            for text, vector in zip(missing, self._embedder.embed_documents(missing), strict=True):
                found[text] = self._texts.keep(text, array("d", vector))
        return [kept.tolist() for text in texts if (kept := found[text]) is not None]

    def embed_tokens(self, texts: list[str]) -> list[TokenVectors] | None:
        """Return the token vectors of each text, or None when the embedder gives none."""
        if not isinstance(self._embedder, TokenEmbedder):
            return None
        found = {text: self._tokens.find(text) for text in texts}
        missing = [text for text, kept in found.items() if kept is None]
        made = self._embedder.embed_tokens(missing) if missing else []
        if made is None:
            return None
        for text, tokens in zip(missing, made, strict=True):
            found[text] = self._tokens.keep(text, tokens)
        return [kept for text in texts if (kept := found[text]) is not None]


class _Recent(Generic[T]):
    """The entries used last, up to a number."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, text: str) -> T | None:
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
            return self._kept.get(text)

    def keep(self, text: str, made: T) -> T:
        with self._lock:
            self._kept[text] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
