"""The way to read an index: one consistent state for each question."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefwell.config import Settings
from briefwell.errors import FingerprintMismatch
from briefwell.storage import connections, exact, lexical
from briefwell.storage.catalogue import matching_documents, source_list
from briefwell.storage.codec import chunk_from
from briefwell.storage.lexical import LexicalTerm
from briefwell.storage.links import Links, NoLinks
from briefwell.storage.manifest import Live
from briefwell.storage.nearby import Nearby
from briefwell.storage.nearest import Nearest
from briefwell.storage.shared import LiveVectors, SharedIndex
from briefwell.types import Chunk, Document, SourceInfo


class IndexReader:
    """Reads one state of an index; `refresh` moves on to the newest.

    A reader is used by one question at a time. `snapshot` gives each question a reader of its
    own; that is the way to read from several threads.
    """

    def __init__(self, shared: SharedIndex) -> None:
        self._shared = shared
        self._connection: sqlite3.Connection | None = None
        self._vectors: LiveVectors | None = None
        self._live = Live(recipe={}, vector_files={})
        self._keys: dict[str, tuple[str, ...]] = {}
        self._ending = threading.Lock()
        self._is_first = False
        self._nearest: Nearest | None = None

    @classmethod
    def open(cls, index: Path, *, settings: Settings) -> IndexReader:
        """Open an index and read its newest state.

        Raises:
            IndexMissing: There is none, or no `reindex` has finished yet.
            IndexDamaged: It cannot be read.
            ManifestTooNew: A later version of Briefwell has written it.
        """
        reader = cls(SharedIndex(index, settings))
        try:
            reader.refresh()
        except BaseException:
            reader.close()
            raise
        return reader

    @contextmanager
    def snapshot(self, *, is_first: bool = False) -> Iterator[IndexReader]:
        """Give one question a reader of the newest state, which nothing changes under it.

        Args:
            is_first: Whether it is the first of its process: in a small index comparing every
                vector answers before Chroma could be loaded, and is not less exact.

        Raises:
            IndexStateError: The index is gone or cannot be read.
        """
        reader = IndexReader(self._shared)
        reader._is_first = is_first
        # The state this reader itself has open would keep old text in SQLite's log.
        self._end()
        try:
            reader.refresh()
            yield reader
        finally:
            reader._end()

    def refresh(self) -> int:
        """Move on to the newest state and return its generation."""
        self._end()
        self._keys.clear()
        self._nearest = None
        self._connection, self._live, self._vectors = self._shared.begin()
        return self._live.generation

    def close(self) -> None:
        """Let go of the index."""
        self._end()
        self._shared.close()

    def _end(self) -> None:
        # Threads may end one reader together; given back twice, it would serve two questions.
        with self._ending:
            connection, vectors = self._connection, self._vectors
            self._connection = self._vectors = None
        if connection is not None:
            self._shared.end(connection, vectors)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.refresh()
        assert self._connection is not None
        return self._connection

    def _held(self) -> LiveVectors:
        self._open()
        assert self._vectors is not None
        return self._vectors

    def _rows(self, query: str, *given: Any) -> list[sqlite3.Row]:
        with connections.translated(self._shared.index):
            return self._open().execute(query, given).fetchall()

    # --- what is live ----------------------------------------------------------------

    @property
    def live(self) -> Live:
        """What the manifest says of this state."""
        self._open()
        return self._live

    @property
    def fingerprint(self) -> str:
        """Of the recipe by which this state was made."""
        return self.live.fingerprint

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader of answers should know about how they were found."""
        return self._held().notices

    def chunk_count(self) -> int:
        """Return how many chunks are live."""
        with connections.translated(self._shared.index):
            return self._held().counting.chunks(self._open())

    def require_fingerprint(self, fingerprint: str) -> None:
        """Refuse an index that was made by another recipe.

        Raises:
            FingerprintMismatch: Another model, chunker or loader has made it.
        """
        if self.chunk_count() and self.fingerprint != fingerprint:
            raise FingerprintMismatch(
                f"The index {str(self._shared.index)!r} was made by another embedding model, "
                "another chunk_tokens, or another version of the loaders or the chunker.",
                "Run `briefwell reindex`.",
            )

    # --- searching -------------------------------------------------------------------

    def dense(
        self, vector: Sequence[float], *, k: int, documents: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return the k nearest chunks and their cosines, best first; of `documents` if given.

        Raises:
            FingerprintMismatch: The vector is of another length than those of the index.
        """
        size = self._size_of(documents)
        if size == 0 or k < 1:
            return []
        if len(vector) != self._live.dimension:
            raise FingerprintMismatch(
                f"The question's embedding has {len(vector)} numbers; those of the index have "
                f"{self._live.dimension}.",
                "Run `briefwell reindex`.",
            )
        with connections.translated(self._shared.index):
            if self._nearest is None:
                self._nearest = Nearest(self._open(), self._held(), is_first=self._is_first)
            return self._nearest.search(vector, k=min(k, size), size=size, documents=documents)

    def lexical(
        self,
        terms: Sequence[LexicalTerm | str],
        *,
        k: int,
        documents: Collection[str] | None = None,
    ) -> list[tuple[str, float]]:
        """Return the k best chunks by BM25, best first; see `lexical.search`."""
        with connections.translated(self._shared.index):
            counts = self._held().counting
            return lexical.search(self._open(), terms, k=k, documents=documents, counts=counts)

    def frequencies(self, stems: Iterable[str]) -> dict[str, int]:
        """Return, for each stem, how many chunks have it in their text, title or headings."""
        with connections.translated(self._shared.index):
            return self._held().counting.with_stems(self._open(), stems)

    def nearby(self) -> Nearby:
        """Return what looks from chunks to their surroundings in this state."""
        return Nearby(self._rows)

    def links(self) -> Links:
        """Return what looks up names and links in this state."""
        return Links(self._rows) if self.live.links else NoLinks()

    def _size_of(self, documents: Collection[str] | None) -> int:
        if documents is None:
            return self.chunk_count()
        query = "SELECT count(*) FROM chunks WHERE document_id IN (SELECT value FROM json_each(?))"
        return int(self._rows(query, json.dumps(sorted(documents)))[0][0])

    # --- reading ---------------------------------------------------------------------

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """Return the live chunks among `ids`."""
        rows = self._rows(
            """SELECT chunks.* FROM json_each(?) AS wanted
               JOIN chunks ON chunks.id = wanted.value""",
            json.dumps(list(ids)),
        )
        return {row["id"]: chunk_from(row) for row in rows}

    def vectors(self, ids: Sequence[str]) -> dict[str, list[float]]:
        """Return the normalised vectors of the live chunks among `ids`."""
        query = """SELECT chunks.id, vectors.vector FROM json_each(?) AS wanted
                   JOIN chunks ON chunks.id = wanted.value
                   JOIN vectors ON vectors.key = chunks.vector_key"""
        rows = self._rows(query, json.dumps(list(ids)))
        return {row["id"]: exact.from_blob(row["vector"]).tolist() for row in rows}

    def document_chunks(self, document_id: str) -> list[Chunk]:
        """Return the chunks of one document, in order."""
        rows = self._rows(
            "SELECT * FROM chunks WHERE document_id = ? ORDER BY ordinal", document_id
        )
        return [chunk_from(row) for row in rows]

    def document(self, document_id: str) -> Document:
        """Return a live document.

        Raises:
            KeyError: No live document has this id.
        """
        key = self._keys.get(document_id)
        if key is None:
            query = "SELECT id, sha256, load_recipe FROM documents WHERE id = ?"
            rows = self._rows(query, document_id)
            if not rows:
                raise KeyError(document_id)
            key = self._keys[document_id] = tuple(rows[0])
        kept = self._shared.documents.find(key)
        if kept is None:
            row = self._rows("SELECT * FROM documents WHERE id = ?", document_id)[0]
            kept = self._shared.documents.keep(key, row)
        return kept

    def find_document(self, source: str) -> Document | None:
        """Return the live document of the source with this relative path, or None."""
        rows = self._rows("SELECT id FROM documents WHERE path = ?", source)
        return self.document(rows[0]["id"]) if rows else None

    def sources(self) -> list[SourceInfo]:
        """Return what is known of each source, by path, failed ones included."""
        with connections.translated(self._shared.index):
            return source_list(self._open())

    def document_ids(
        self,
        *,
        sources: Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> set[str] | None:
        """Return the documents a search is limited to; None when it is not limited.

        Args:
            sources: Relative paths, folders (`land/`) or globs (`*.md`, `land/**`); a document
                is in when one of them matches. What is a document's path is no glob.
            since: Only documents that may be of this date or later; ISO 8601, whole or partial.
            until: Only documents that may be of this date or earlier.
        """
        with connections.translated(self._shared.index):
            return matching_documents(self._open(), sources=sources, since=since, until=until)
