"""What stands around the chunks that a search has found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence

from briefwell.storage import exact, lexical
from briefwell.storage.codec import chunk_from
from briefwell.types import Chunk

Rows = Callable[..., list[sqlite3.Row]]


class Nearby:
    """Looks from chunks to their surroundings, in the state its reader has open."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def around(self, ids: Collection[str], *, reach: int) -> list[Chunk]:
        """Return the chunks of `ids` and those up to `reach` before and after, in order."""
        rows = self._rows(
            """SELECT DISTINCT chunks.* FROM json_each(?) AS wanted
               JOIN chunks AS found ON found.id = wanted.value
               JOIN chunks ON chunks.document_id = found.document_id
                AND chunks.ordinal BETWEEN found.ordinal - ? AND found.ordinal + ?
               ORDER BY chunks.document_id, chunks.ordinal""",
            json.dumps(sorted(ids)),
            reach,
            reach,
        )
        return [chunk_from(row) for row in rows]

    def similarities(
        self,
        vector: Sequence[float],
        ids: Collection[str],
        *,
        documents: Collection[str] | None = None,
    ) -> dict[str, float]:
        """Return the cosine of `vector` and of each live chunk among `ids`.

        Args:
            vector: The question's embedding.
            ids: Of chunks.
            documents: Only chunks of these documents; None means all.
        """
        question = exact.normalised(vector)
        rows = self._rows(
            """SELECT chunks.id, chunks.document_id, vectors.vector FROM json_each(?) AS wanted
               JOIN chunks ON chunks.id = wanted.value
               JOIN vectors ON vectors.key = chunks.vector_key""",
            json.dumps(sorted(ids)),
        )
        return {
            row["id"]: float(exact.from_blob(row["vector"]) @ question)
            for row in rows
            if documents is None or row["document_id"] in documents
        }

    def occurrences(self, stem: str, documents: Collection[str]) -> dict[str, list[int]]:
        """Return the ordinals of the chunks of `documents` whose text has `stem`, in order."""
        rows = self._rows(
            """SELECT chunks.document_id, chunks.ordinal FROM lexical
               JOIN chunks ON chunks.number = lexical.rowid
               WHERE lexical MATCH ?
                AND chunks.document_id IN (SELECT value FROM json_each(?))
               ORDER BY chunks.document_id, chunks.ordinal""",
            f"body : {lexical.quoted((stem,))}",
            json.dumps(sorted(documents)),
        )
        found: dict[str, list[int]] = {}
        for row in rows:
            found.setdefault(row["document_id"], []).append(row["ordinal"])
        return found
