"""Vectors that were made a moment ago: a question is embedded once, a sentence seldom twice."""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict

from briefwell.embeddings.describing import describe
from briefwell.protocols import Embedder

KEPT_QUERIES = 256
KEPT_TEXTS = 4096
"""With 384 numbers each these take about 13 MB."""


class RecentVectors:
    """An embedder that keeps the vectors used last. Safe to use from several threads.

    For answering only: `reindex` keeps its own vectors in the manifest.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._queries = _Recent(KEPT_QUERIES)
        self._texts = _Recent(KEPT_TEXTS)
        traits = describe(embedder)
        self.fingerprint = traits.fingerprint
        self.max_tokens = traits.max_tokens
        self.count_tokens = traits.count_tokens

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        kept = self._queries.find(text)
        if kept is None:
            kept = self._queries.keep(text, self._embedder.embed_query(text))
        return kept.tolist()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text, all of one length."""
        found = {text: self._texts.find(text) for text in texts}
        missing = [text for text, kept in found.items() if kept is None]
        if missing:
            for text, vector in zip(missing, self._embedder.embed_documents(missing), strict=True):
                found[text] = self._texts.keep(text, vector)
        return [kept.tolist() for text in texts if (kept := found[text]) is not None]


class _Recent:
    """The entries used last, up to a number."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, array[float]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, text: str) -> array[float] | None:
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
            return self._kept.get(text)

    def keep(self, text: str, vector: list[float]) -> array[float]:
        made = array("d", vector)
        with self._lock:
            self._kept[text] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
