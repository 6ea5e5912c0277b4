"""Finds the chunks whose vectors are nearest to a question's, in one state of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import Any

from briefwell.storage import exact
from briefwell.storage.exact import VectorTable
from briefwell.storage.nearby import Nearby
from briefwell.storage.shared import LiveVectors

EXACT_LIMIT = 20_000
"""Up to so many chunks a search among chosen documents, and a first one, compares every vector."""

_WIDENING = 4


class Nearest:
    """Asks Chroma and scores exactly what it found, or compares every vector."""

    def __init__(
        self, connection: sqlite3.Connection, vectors: LiveVectors, *, is_first: bool
    ) -> None:
        """Search in the state that a connection sees.

        Args:
            connection: Of the reader; it sees one state.
            vectors: Of that state.
            is_first: Whether it is for the first question of a process.
        """
        self._connection = connection
        self._vectors = vectors
        self._is_first = is_first
        self._table: VectorTable | None = None

    def search(
        self,
        vector: Sequence[float],
        *,
        k: int,
        size: int,
        documents: Collection[str] | None,
    ) -> list[tuple[str, float]]:
        """Return the k nearest chunks and their cosines, best first.

        Args:
            vector: The question's embedding.
            k: At most `size`.
            size: How many chunks are searched.
            documents: Only chunks of these; None means all.
        """
        if size <= EXACT_LIMIT:
            if documents is not None:
                return exact.load_table(self._connection, documents).search(vector, k=k)
            if self._is_first and self._vectors.is_unopened():
                return self._compared(vector, k=k)
        return self._asked(vector, k=k, documents=documents)

    def _compared(self, vector: Sequence[float], *, k: int) -> list[tuple[str, float]]:
        if self._table is None:
            self._table = exact.load_table(self._connection)
        return self._table.search(vector, k=k)

    def _asked(
        self, vector: Sequence[float], *, k: int, documents: Collection[str] | None
    ) -> list[tuple[str, float]]:
        """Ask Chroma, more widely until enough are found, and score exactly what it found."""
        total = self._vectors.counting.chunks(self._connection)
        wanted = k if documents is None else min(total, k * _WIDENING)
        while found := self._vectors.query(vector, k=wanted):
            near = self._scored(vector, [item[0] for item in found], documents)
            if len(near) >= k or wanted >= total:
                return near[:k]
            wanted = min(total, wanted * _WIDENING)
        if documents is not None:
            return exact.load_table(self._connection, documents).search(vector, k=k)
        return self._vectors.table(self._connection).search(vector, k=k)

    def _scored(
        self, vector: Sequence[float], ids: Sequence[str], documents: Collection[str] | None
    ) -> list[tuple[str, float]]:
        scores = Nearby(self._rows).similarities(vector, ids, documents=documents)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    def _rows(self, query: str, *given: Any) -> list[sqlite3.Row]:
        return self._connection.execute(query, given).fetchall()
