"""Looks for what should not be in an index: what is missing, left over, or not what it says."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from briefwell.storage.codec import chunk_from, document_from, text_hash, unpack_text
from briefwell.storage.exact import from_blob
from briefwell.storage.manifest import read_live
from briefwell.storage.vectors import BATCH, VectorCollection

_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much is live."""

    documents: int
    failed: int
    chunks: int
    characters: int


def counts(connection: sqlite3.Connection) -> Counts:
    """Count what is live."""
    row = connection.execute(
        """SELECT (SELECT count(*) FROM documents),
                  (SELECT count(*) FROM sources WHERE state = 'failed'),
                  (SELECT count(*) FROM chunks),
                  (SELECT coalesce(sum(characters), 0) FROM documents)"""
    ).fetchone()
    return Counts(documents=row[0], failed=row[1], chunks=row[2], characters=row[3])


def broken_links(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of the manifest that lack their counterpart; empty when all is well."""
    queries = {
        "chunks without a document": """SELECT count(*) FROM chunks
            WHERE document_id NOT IN (SELECT id FROM documents)""",
        "chunks without a vector": """SELECT count(*) FROM chunks
            WHERE vector_key NOT IN (SELECT key FROM vectors)""",
        "vectors without a chunk": """SELECT count(*) FROM vectors
            WHERE key NOT IN (SELECT vector_key FROM chunks)
              AND key NOT IN (SELECT vector_key FROM staged_chunks)""",
        "chunks that lexical search does not know": """SELECT count(*) FROM chunks
            WHERE number NOT IN (SELECT rowid FROM lexical)""",
        "entries of lexical search without a chunk": """SELECT count(*) FROM lexical
            WHERE rowid NOT IN (SELECT number FROM chunks)""",
        "sources without a document": """SELECT count(*) FROM sources
            WHERE state = 'ready' AND document_id NOT IN (SELECT id FROM documents)""",
        "documents without a source": """SELECT count(*) FROM documents
            WHERE path NOT IN (SELECT path FROM sources WHERE state = 'ready')""",
    }
    if read_live(connection).links:
        queries |= {
            "links from chunks that are gone": """SELECT count(*) FROM mentions
                WHERE chunk NOT IN (SELECT number FROM chunks)""",
            "links to documents that are gone": """SELECT count(*) FROM bearers
                WHERE document_id NOT IN (SELECT id FROM documents)""",
            "names that no document bears": """SELECT count(*) FROM names
                WHERE id NOT IN (SELECT name FROM bearers)""",
            "links to names that are gone": """SELECT count(*) FROM mentions
                WHERE name NOT IN (SELECT id FROM names)""",
        }
    found = {what: connection.execute(query).fetchone()[0] for what, query in queries.items()}
    return {what: count for what, count in found.items() if count}


def vector_orphans(connection: sqlite3.Connection, there: Collection[str]) -> tuple[int, int]:
    """Count the chunks whose ids Chroma lacks, and the ids it has without a chunk."""
    live = {row[0] for row in connection.execute("SELECT id FROM chunks")}
    there = set(there)
    return len(live - there), len(there - live)


def changed_texts(connection: sqlite3.Connection) -> list[str]:
    """Return the paths of the documents whose stored text is not what its hash says."""
    found = []
    for row in connection.execute("SELECT path, text, text_sha256 FROM documents"):
        if _hash_of(row["text"]) != row["text_sha256"]:
            found.append(row["path"])
    return sorted(found)


def damage(connection: sqlite3.Connection) -> str:
    """Return what SQLite finds wrong with its own file; empty when nothing is."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return "" if found == "ok" else str(found)


def wrong_spans(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the paths of the documents a chunk of which is not the text its span names."""
    for row in connection.execute("SELECT * FROM documents ORDER BY path"):
        document = document_from(row)
        chunks = connection.execute("SELECT * FROM chunks WHERE document_id = ?", (row["id"],))
        if any(chunk.span.cut(document.text) != chunk.text for chunk in map(chunk_from, chunks)):
            yield document.source.path


def wrong_vectors(connection: sqlite3.Connection, *, dimension: int) -> int:
    """Count the stored vectors that are not finite, normalised and `dimension` numbers long."""
    rows = connection.execute("SELECT vector FROM vectors")
    return sum(not _is_vector(from_blob(row[0]), dimension) for row in rows)


def foreign_vectors(connection: sqlite3.Connection, collection: VectorCollection) -> int:
    """Count the chunks whose vector in Chroma is not the manifest's.

    Raises:
        VectorsUnavailable: Chroma cannot be read.
    """
    rows = connection.execute(
        """SELECT chunks.id, vectors.vector FROM chunks
           JOIN vectors ON vectors.key = chunks.vector_key ORDER BY chunks.id"""
    )
    found = 0
    while batch := rows.fetchmany(BATCH):
        stored = collection.vectors([row[0] for row in batch])
        for chunk_id, blob in batch:
            other = stored.get(chunk_id)
            found += other is None or bool(abs(other - from_blob(blob)).max() > _TOLERANCE)
    return found


def _hash_of(stored: bytes) -> str:
    try:
        return text_hash(unpack_text(stored))
    except (zlib.error, UnicodeDecodeError):
        return ""


def _is_vector(vector: Any, dimension: int) -> bool:
    import numpy

    length = float(numpy.linalg.norm(vector))
    is_unit = abs(length - 1.0) < _TOLERANCE or length == 0.0
    return len(vector) == dimension and is_unit
