"""The coming state of an index, prepared beside the live one.

Nothing here is visible to readers. All of it is committed in small transactions, so that a
killed `reindex` finds again what it had parsed and embedded.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefwell.storage.codec import chunk_row, document_from, document_row, embedding_text
from briefwell.storage.lexical import fts_row
from briefwell.storage.manifest import Manifest, mark_unswept
from briefwell.types import Chunk, Document

_KEY_BYTES = 16
_FLOAT_BYTES = 4

_STAYS = """
      AND document_id NOT IN (SELECT document_id FROM staged_removals)
      AND document_id NOT IN (SELECT id FROM staged_documents)
"""
NEXT_CHUNKS = f"""
    SELECT id, vector_key FROM chunks WHERE true {_STAYS}
    UNION ALL SELECT id, vector_key FROM staged_chunks
"""
"""The chunks that will be live after the next `publish`."""

_NEW_IDS = "SELECT id FROM staged_chunks WHERE id NOT IN (SELECT id FROM chunks) ORDER BY id"
_GONE_IDS = """
    SELECT id FROM chunks
    WHERE document_id IN (
        SELECT document_id FROM staged_removals UNION SELECT id FROM staged_documents)
      AND id NOT IN (SELECT id FROM staged_chunks)
    ORDER BY id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedDocument:
    """A document with its chunks, ready to become live.

    Attributes:
        load_recipe: Fingerprint of what decided its text.
        cut_recipe: Fingerprint of what decided its chunks.
    """

    document: Document
    chunks: Sequence[Chunk]
    load_recipe: str
    cut_recipe: str


def vector_key(embedder_fingerprint: str, text: str) -> bytes:
    """Return the key under which the vector of an embedding text is found again."""
    joined = f"{embedder_fingerprint}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=_KEY_BYTES).digest()


def stage(manifest: Manifest, batch: Iterable[StagedDocument], *, embedder: str) -> None:
    """Prepare documents and their chunks; what was staged of them before is replaced.

    Args:
        manifest: The open manifest.
        batch: The documents.
        embedder: Fingerprint of the embedder that will embed the chunks.
    """
    with manifest.transaction() as connection:
        for item in batch:
            _unstage(connection, [item.document.id])
            row = document_row(
                item.document, load_recipe=item.load_recipe, cut_recipe=item.cut_recipe
            )
            _insert(connection, "staged_documents", row)
            for chunk in item.chunks:
                body, head = fts_row(
                    chunk.text, title=item.document.title, heading_path=chunk.heading_path
                )
                key = vector_key(embedder, chunk.embedding_text)
                values = {**chunk_row(chunk, vector_key=key), "body": body, "head": head}
                _insert(connection, "staged_chunks", values)


def stage_removals(manifest: Manifest, document_ids: Iterable[str]) -> None:
    """Name the documents that will be gone; an earlier list is forgotten."""
    with manifest.transaction() as connection:
        connection.execute("DELETE FROM staged_removals")
        connection.executemany(
            "INSERT OR IGNORE INTO staged_removals VALUES (?)",
            ((document_id,) for document_id in document_ids),
        )


def staged_hashes(manifest: Manifest) -> dict[str, str]:
    """Return path and hash of the documents that are staged."""
    rows = manifest.connection.execute("SELECT path, sha256 FROM staged_documents")
    return {row[0]: row[1] for row in rows}


def keep_staged(
    manifest: Manifest, wanted: Mapping[str, str], *, load_recipe: str, cut_recipe: str
) -> None:
    """Drop what a killed run has left, but for what is wanted and was made by this recipe.

    Args:
        manifest: The open manifest.
        wanted: Hash of the source for each document id that is to be made.
        load_recipe: The only one that still counts.
        cut_recipe: Likewise.
    """
    rows = manifest.connection.execute(
        "SELECT id, sha256, load_recipe, cut_recipe FROM staged_documents"
    ).fetchall()
    recipe = (load_recipe, cut_recipe)
    useless = [
        row["id"]
        for row in rows
        if wanted.get(row["id"]) != row["sha256"]
        or (row["load_recipe"], row["cut_recipe"]) != recipe
    ]
    if useless:
        with manifest.transaction() as connection:
            _unstage(connection, useless)
            mark_unswept(connection)


def live_document(manifest: Manifest, document_id: str) -> Document | None:
    """Return a live document as it was loaded, so that it can be cut anew without parsing."""
    row = manifest.connection.execute(
        "SELECT * FROM documents WHERE id = ?", (document_id,)
    ).fetchone()
    return None if row is None else document_from(row)


def unembedded(manifest: Manifest, *, is_all: bool = False) -> list[int]:
    """Return numbers of staged chunks, one for each text to embed, shortest first.

    Args:
        manifest: The open manifest.
        is_all: Whether texts that have a vector already are to be embedded again.
    """
    condition = "" if is_all else "WHERE vector_key NOT IN (SELECT key FROM vectors)"
    rows = manifest.connection.execute(
        f"""SELECT min(number) FROM staged_chunks {condition}
            GROUP BY vector_key ORDER BY length(lead) + length(text), vector_key"""
    )
    return [row[0] for row in rows]


def embedding_texts(manifest: Manifest, numbers: Sequence[int]) -> list[tuple[bytes, str]]:
    """Return vector key and embedding text of staged chunks, in the order of `numbers`."""
    rows = manifest.connection.execute(
        """SELECT staged_chunks.* FROM json_each(?) AS wanted
           JOIN staged_chunks ON staged_chunks.number = wanted.value ORDER BY wanted.key""",
        (json.dumps(list(numbers)),),
    )
    return [(row["vector_key"], embedding_text(row)) for row in rows]


def store_vectors(manifest: Manifest, vectors: Iterable[tuple[bytes, bytes]]) -> None:
    """Keep vectors (float32, normalised) by their keys."""
    with manifest.transaction() as connection:
        connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", vectors)


def next_vectors(
    connection: sqlite3.Connection, ids: Iterable[str], *, batch: int
) -> Iterator[list[tuple[str, bytes]]]:
    """Yield chunk ids of the coming state with their vectors, `batch` at a time."""
    pending = list(ids)
    for low in range(0, len(pending), batch):
        rows = connection.execute(
            f"""SELECT coming.id, vectors.vector FROM json_each(?) AS wanted
                JOIN ({NEXT_CHUNKS}) AS coming ON coming.id = wanted.value
                JOIN vectors ON vectors.key = coming.vector_key""",
            (json.dumps(pending[low : low + batch]),),
        )
        yield [(row[0], row[1]) for row in rows]


def changed_ids(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """Return the ids of the live chunks that will be gone, and of those that will be new."""
    gone = [row[0] for row in connection.execute(_GONE_IDS)]
    return gone, [row[0] for row in connection.execute(_NEW_IDS)]


def next_ids(connection: sqlite3.Connection) -> set[str]:
    """Return the ids of all chunks of the coming state."""
    return {row[0] for row in connection.execute(f"SELECT id FROM ({NEXT_CHUNKS})")}


def next_count(connection: sqlite3.Connection) -> int:
    """Return how many chunks the coming state has."""
    return int(connection.execute(f"SELECT count(*) FROM ({NEXT_CHUNKS})").fetchone()[0])


def some_next_ids(connection: sqlite3.Connection, chance: random.Random, most: int) -> set[str]:
    """Return the ids of up to `most` chunks of the coming state, drawn from all over it."""
    found: set[str] = set()
    for table, condition in (("chunks", _STAYS), ("staged_chunks", "")):
        last = connection.execute(f"SELECT max(number) FROM {table}").fetchone()[0] or 0
        for _ in range(most if last else 0):
            row = connection.execute(
                f"SELECT id FROM {table} WHERE number >= ? {condition} ORDER BY number LIMIT 1",
                (chance.randint(1, last),),
            ).fetchone()
            found.update(row or ())
    return set(chance.sample(sorted(found), min(most, len(found))))


def _unstage(connection: sqlite3.Connection, document_ids: Sequence[str]) -> None:
    given = [(document_id,) for document_id in document_ids]
    connection.executemany("DELETE FROM staged_documents WHERE id = ?", given)
    connection.executemany("DELETE FROM staged_chunks WHERE document_id = ?", given)


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkDelta:
    """How the coming state differs from the live one, in chunks.

    Attributes:
        total: Chunks of the coming state.
        added: Chunks that are new in it.
        deleted: Live chunks that are not in it.
    """

    total: int
    added: int
    deleted: int


def chunk_delta(manifest: Manifest) -> ChunkDelta:
    """Count what the staged state changes."""
    one = manifest.connection.execute
    total = next_count(manifest.connection)
    live = one("SELECT count(*) FROM chunks").fetchone()[0]
    added = one(
        "SELECT count(*) FROM staged_chunks WHERE id NOT IN (SELECT id FROM chunks)"
    ).fetchone()[0]
    return ChunkDelta(total=total, added=added, deleted=live + added - total)


def is_removing(manifest: Manifest) -> bool:
    """Tell whether a live document is to go."""
    row = manifest.connection.execute(
        "SELECT 1 FROM staged_removals JOIN documents ON id = document_id LIMIT 1"
    ).fetchone()
    return row is not None


def dimension(manifest: Manifest) -> int:
    """Return how many numbers a vector of the coming state has; 0 when it has no chunks."""
    row = manifest.connection.execute(
        f"""SELECT length(vector) FROM vectors WHERE key =
            (SELECT vector_key FROM ({NEXT_CHUNKS}) LIMIT 1)"""
    ).fetchone()
    return int(row[0]) // _FLOAT_BYTES if row else 0
