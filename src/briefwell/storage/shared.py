"""What the readers of one process share: connections, documents, and the live vectors."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from briefwell.config import Settings
from briefwell.errors import IndexDamaged
from briefwell.storage import connections, migrations
from briefwell.storage.codec import document_from
from briefwell.storage.counting import Counting
from briefwell.storage.exact import VectorTable, load_table
from briefwell.storage.generations import VectorPlace
from briefwell.storage.locks import FileLock
from briefwell.storage.manifest import Live, read_live
from briefwell.storage.vectors import VectorCollection, VectorsUnavailable
from briefwell.types import Document

_KEPT_CHARACTERS = 20_000_000
_KEPT_DOCUMENTS = 256
_SERVER_REST_SECONDS = 30.0
_TAKES = 50

EMBEDDED_NOTICE = (
    "Chroma could not be read; exact search over the stored vectors answered. "
    "`briefwell reindex` mends it."
)
SERVER_NOTICE = (
    "The Chroma server did not answer; exact search over the stored vectors answered. "
    "Check the server, or run `briefwell reindex`."
)


class DocumentCache:
    """The documents read last, up to a number of characters. Safe to use from threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Document] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def find(self, key: tuple[str, ...]) -> Document | None:
        """Return the document kept under `key`, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: tuple[str, ...], row: sqlite3.Row) -> Document:
        """Read a document from its row and keep it."""
        document = document_from(row)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = document
                self._characters += len(document.text)
            while len(self._kept) > 1 and (
                self._characters > _KEPT_CHARACTERS or len(self._kept) > _KEPT_DOCUMENTS
            ):
                self._characters -= len(self._kept.popitem(last=False)[1].text)
        return document


class LiveVectors:
    """The vectors of one generation: Chroma when it can, exact search when it cannot.

    Attributes:
        live: The state they belong to.
        counting: Counts the chunks of that state.
        users: How many questions are using them.
    """

    def __init__(self, place: VectorPlace, live: Live, lock: FileLock | None) -> None:
        self.live = live
        self.counting = Counting()
        self.users = 0
        self._place = place
        self._held = lock
        self._collection: VectorCollection | None = None
        self._table: VectorTable | None = None
        self._lock = threading.Lock()
        self._failed_at: float | None = None

    @property
    def notices(self) -> tuple[str, ...]:
        """What to say when Chroma could not answer."""
        if self._failed_at is None:
            return ()
        return (EMBEDDED_NOTICE if self._place.url is None else SERVER_NOTICE,)

    def query(self, vector: Sequence[float], *, k: int) -> list[tuple[str, float]]:
        """Return Chroma's k nearest; empty when it cannot answer."""
        if not self._is_worth_trying():
            return []
        try:
            found = self._opened().query(vector, k=k)
        except VectorsUnavailable:
            self._fail()
            return []
        self._failed_at = None
        return found

    def is_unopened(self) -> bool:
        """Tell whether embedded Chroma is still to be opened, and looks as it was published."""
        live, place = self.live, self._place
        if place.url is not None or live.vectors == 0 or live.vectors_kind != place.kind:
            return False
        # Not under the lock: who is opening Chroma holds it for as long as that takes.
        return self._collection is None and not place.is_damaged(live.vectors, live.vector_files)

    def table(self, connection: sqlite3.Connection) -> VectorTable:
        """Return all vectors of this state, for exact search."""
        with self._lock:
            if self._table is None:
                self._table = load_table(connection)
            return self._table

    def close(self) -> None:
        """Let go of the generation."""
        with self._lock:
            if self._collection is not None:
                with suppress(VectorsUnavailable):
                    self._collection.close()
            self._collection = None
            if self._held is not None:
                self._held.release()

    def _is_worth_trying(self) -> bool:
        if self._failed_at is None:
            return True
        rested = time.monotonic() - self._failed_at > _SERVER_REST_SECONDS
        return self._place.url is not None and rested

    def _opened(self) -> VectorCollection:
        with self._lock:
            if self._collection is None:
                if self.live.vectors == 0 or self.live.vectors_kind != self._place.kind:
                    raise VectorsUnavailable("There are no vectors in this place.")
                self._collection = self._place.open(self.live.vectors)
            return self._collection

    def _fail(self) -> None:
        self._failed_at = time.monotonic()
        if self._place.url is None and self.live.vectors:
            # A folder that cannot be written cannot take the note; status finds out by itself.
            with suppress(OSError):
                self._place.mark_damaged(self.live.vectors)


class SharedIndex:
    """One index as all readers of this process see it. Safe to use from threads."""

    def __init__(self, index: Path, settings: Settings) -> None:
        self.index = index
        self.documents = DocumentCache()
        self._settings = settings
        self._lock = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._file: tuple[int, int] | None = None
        self._current: LiveVectors | None = None

    def begin(self) -> tuple[sqlite3.Connection, Live, LiveVectors]:
        """Begin to read the newest state.

        Returns:
            A connection that sees one state until `end`, what is live in it, its vectors.

        Raises:
            IndexMissing: There is no index, or none that was finished.
            IndexDamaged: It cannot be read.
        """
        with self._lock:
            for _ in range(_TAKES):
                connection = self._take()
                try:
                    live = self._read(connection)
                    vectors = self._vectors_of(connection, live)
                except BaseException:
                    connection.close()
                    raise
                if vectors is not None:
                    vectors.users += 1
                    return connection, live, vectors
                # Another process removed this generation after publishing a newer one.
                self._give_back(connection)
            raise IndexDamaged(
                f"The vectors of the index {str(self.index)!r} change faster than they can be "
                "opened.",
                "Try again; if it stays so, run `briefwell reindex --rebuild`.",
            )

    def end(self, connection: sqlite3.Connection, vectors: LiveVectors | None) -> None:
        """Let go of the state that `begin` gave."""
        with self._lock:
            self._give_back(connection)
            if vectors is not None:
                vectors.users -= 1
                if vectors.users == 0 and vectors is not self._current:
                    vectors.close()

    def close(self) -> None:
        """Close all connections that are not in use, and the vectors."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()
            if self._current is not None and self._current.users == 0:
                self._current.close()
            self._current = None

    def _take(self) -> sqlite3.Connection:
        path = self.index / connections.MANIFEST
        try:
            found = os.stat(path)
        except OSError:
            self.close()
            raise connections.missing(self.index) from None
        if (found.st_dev, found.st_ino) != self._file:
            self.close()
            self._file = (found.st_dev, found.st_ino)
        if self._idle and connections.is_writable(self.index):
            return self._idle.pop()
        return connections.open_for_reading(self.index)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if connections.is_writable(self.index):
            self._idle.append(connection)
        else:
            connection.close()

    def _read(self, connection: sqlite3.Connection) -> Live:
        with connections.translated(self.index):
            connection.execute("BEGIN")
            migrations.refuse_newer(connection, self.index)
            if migrations.version(connection) == 0:
                raise connections.missing(self.index)
            live = read_live(connection)
            if live.generation == 0:
                raise connections.missing(self.index)
            return live

    def _vectors_of(self, connection: sqlite3.Connection, live: Live) -> LiveVectors | None:
        """Return the held vectors of a state; None when they were just removed."""
        current = self._current
        if current is not None and current.live == live:
            return current
        place = self._place(connection)
        lock = place.hold(live.vectors) if live.vectors and place.url is None else None
        is_embedded = live.vectors_kind == "embedded" and place.url is None
        if live.vectors and is_embedded and lock is None and self._is_outdated(live):
            return None
        if current is not None and current.users == 0:
            current.close()
        self._current = LiveVectors(place, live, lock)
        return self._current

    def _is_outdated(self, live: Live) -> bool:
        """Tell whether a newer state was published since `live` was read."""
        connection = connections.open_for_reading(self.index)
        try:
            with connections.translated(self.index):
                return read_live(connection).generation != live.generation
        finally:
            connection.close()

    def _place(self, connection: sqlite3.Connection) -> VectorPlace:
        row = connection.execute("SELECT value FROM meta WHERE key = 'index_id'").fetchone()
        return VectorPlace(
            index=self.index,
            url=self._settings.chroma_url,
            index_id=row[0],
            timeout=self._settings.chroma_timeout,
        )
