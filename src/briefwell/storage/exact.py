"""Exact search over the manifest's own vectors, with numpy."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorTable:
    """Vectors in memory.

    Attributes:
        ids: Chunk ids.
        matrix: float32, one normalised row per id.
    """

    ids: tuple[str, ...]
    matrix: Any

    def search(self, vector: Sequence[float], *, k: int) -> list[tuple[str, float]]:
        """Return the k nearest ids and their cosines, best first; ties in the order of ids."""
        import numpy

        if not self.ids or k < 1:
            return []
        scores = self.matrix @ normalised(vector)
        size = min(k, len(self.ids))
        floor = numpy.partition(scores, len(scores) - size)[len(scores) - size]
        best = numpy.flatnonzero(scores >= floor)
        ranked = sorted(((self.ids[i], float(scores[i])) for i in best), key=_by_score)
        return ranked[:size]


def _by_score(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def normalised(vector: Sequence[float]) -> Any:
    """Return a vector as float32 of length 1; zeros stay zeros."""
    import numpy

    array = numpy.asarray(vector, dtype=numpy.float32)
    length = float(numpy.linalg.norm(array))
    return array / length if length > 0 else array


def load_table(
    connection: sqlite3.Connection, documents: Collection[str] | None = None
) -> VectorTable:
    """Read the live vectors, of some documents or of all."""
    import numpy

    condition = "" if documents is None else "WHERE document_id IN (SELECT value FROM json_each(?))"
    given = () if documents is None else (json.dumps(sorted(documents)),)
    size = connection.execute(f"SELECT count(*) FROM chunks {condition}", given).fetchone()[0]
    rows = connection.execute(
        f"""SELECT chunks.id, vectors.vector FROM chunks
            JOIN vectors ON vectors.key = chunks.vector_key {condition}""",
        given,
    )
    ids: list[str] = []
    matrix = numpy.zeros((0, 0), dtype=numpy.float32)
    for chunk_id, blob in rows:
        row = numpy.frombuffer(blob, dtype=numpy.float32)
        if not ids:
            matrix = numpy.zeros((size, len(row)), dtype=numpy.float32)
        matrix[len(ids)] = row
        ids.append(chunk_id)
    return VectorTable(ids=tuple(ids), matrix=matrix[: len(ids)])


def from_blob(blob: bytes) -> Any:
    """Return a stored vector as a numpy array."""
    import numpy

    return numpy.frombuffer(blob, dtype=numpy.float32)


def to_blob(vector: Sequence[float]) -> bytes:
    """Return a vector as it is stored: normalised, float32."""
    return bytes(normalised(vector).tobytes())
