"""The manifest: sources, documents, chunks and vectors of an index, and what of them is live.

One `Manifest` belongs to the one writer. Its tables named `staged_…` hold the coming state
while it is prepared; `publish` makes it live in one transaction (`storage.publishing`).
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from briefwell.storage import connections, migrations

SUSPICIOUS_NS = 2_000_000_000
"""A file changed so shortly before it was looked at may have changed again in the same tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """What the index remembers of one source.

    Attributes:
        path: POSIX path relative to the documents folder.
        sha256: Hash of its bytes; empty when they could not be read.
        mtime_ns: As the file system gave it, like `ctime_ns` and `inode`.
        seen_ns: When the file was looked at, on the same clock as `mtime_ns`.
        state: `ready` or `failed`.
        reason: Why it failed.
        load_recipe: Fingerprint of the loaders and limits it was read with; of a source that
            stopped its reading process also when and how often (`indexing.retrying`).
    """

    path: str
    document_id: str
    media_type: str
    size: int
    sha256: str
    mtime_ns: int
    ctime_ns: int
    inode: int
    seen_ns: int
    state: str
    reason: str = ""
    remedy: str = ""
    load_recipe: str = ""

    def is_as_seen(self, size: int, mtime_ns: int, ctime_ns: int, inode: int) -> bool:
        """Tell, from what the file system says, whether the file is certainly as it was."""
        is_same = (self.size, self.mtime_ns, self.ctime_ns, self.inode) == (
            size,
            mtime_ns,
            ctime_ns,
            inode,
        )
        return is_same and self.seen_ns - max(mtime_ns, ctime_ns) > SUSPICIOUS_NS


_SOURCE_FIELDS = tuple(item.name for item in fields(SourceRecord))


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What is live.

    Attributes:
        generation: Grows by one at least with every published state; 0 before the first.
        fingerprint: Of the recipe all live chunks were made with.
        recipe: The parts of that recipe by name.
        dimension: Numbers of one vector; 0 in an empty index.
        vectors: The vector generation that goes with this state; 0 for none.
        vectors_kind: `embedded` or `server`.
        vector_files: Names and sizes of the generation's files.
        deleted: Vectors deleted in this line of copies since it was made from nothing.
        is_swept: Whether nothing deleted is left in the files.
        links: Version of the rules its links were made by; 0 when it has none.
        published_at: ISO 8601.
    """

    generation: int = 0
    fingerprint: str = ""
    recipe: dict[str, str]
    dimension: int = 0
    vectors: int = 0
    vectors_kind: str = "embedded"
    vector_files: dict[str, int]
    deleted: int = 0
    is_swept: bool = True
    links: int = 0
    published_at: str = ""


def read_live(connection: sqlite3.Connection) -> Live:
    """Return what the manifest calls live."""
    rows = connection.execute("SELECT value FROM meta WHERE key = 'live'").fetchone()
    values: dict[str, Any] = json.loads(rows[0]) if rows else {}
    return Live(**{"recipe": {}, "vector_files": {}, **values})


def write_live(connection: sqlite3.Connection, live: Live) -> None:
    """Write what is live; takes effect with the transaction it is part of."""
    value = json.dumps({item.name: getattr(live, item.name) for item in fields(live)})
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('live', ?)", (value,))


def mark_unswept(connection: sqlite3.Connection) -> None:
    """Note that something was deleted whose bytes may still stand in the files."""
    write_live(connection, replace(read_live(connection), is_swept=False))


class Manifest:
    """The manifest of one index, open for writing. Hold the writer's lock first."""

    def __init__(self, connection: sqlite3.Connection, index: Path) -> None:
        self.connection = connection
        self.index = index

    @classmethod
    def open(cls, index: Path) -> Manifest:
        """Open the manifest, make it if need be, and bring it to the latest form.

        Raises:
            ManifestTooNew: A later version of Briefwell has written it.
            IndexDamaged: It cannot be read.
            IndexNotWritable: The folder cannot be written.
        """
        connection = connections.open_for_writing(index)
        try:
            with connections.translated(index):
                migrations.migrate(connection, index)
                connection.execute(
                    "INSERT OR IGNORE INTO meta VALUES ('index_id', ?)", (uuid.uuid4().hex[:16],)
                )
        except BaseException:
            connection.close()
            raise
        return cls(connection, index)

    def close(self) -> None:
        """Close the file; SQLite's log is folded into it when nobody else reads."""
        self.connection.close()

    def __enter__(self) -> Manifest:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one transaction; errors become `IndexStateError`s."""
        with connections.translated(self.index):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @property
    def index_id(self) -> str:
        """A name for this index that no other has."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = 'index_id'").fetchone()
        return str(row[0])

    def live(self) -> Live:
        """Return what is live."""
        with connections.translated(self.index):
            return read_live(self.connection)

    def sources(self) -> dict[str, SourceRecord]:
        """Return what is remembered of every source, by path."""
        with connections.translated(self.index):
            return read_sources(self.connection)

    def chunk_count(self) -> int:
        """Return how many chunks are live."""
        return int(self.connection.execute("SELECT count(*) FROM chunks").fetchone()[0])


def read_sources(connection: sqlite3.Connection) -> dict[str, SourceRecord]:
    """Return what is remembered of every source, by path."""
    rows = connection.execute(f"SELECT {', '.join(_SOURCE_FIELDS)} FROM sources")
    records = (SourceRecord(**dict(zip(_SOURCE_FIELDS, row, strict=True))) for row in rows)
    return {record.path: record for record in records}


def write_sources(connection: sqlite3.Connection, records: Iterable[SourceRecord]) -> None:
    """Write what is to be remembered of some sources, as part of the open transaction."""
    marks = ", ".join("?" for _ in _SOURCE_FIELDS)
    connection.executemany(
        f"INSERT OR REPLACE INTO sources ({', '.join(_SOURCE_FIELDS)}) VALUES ({marks})",
        ([getattr(record, name) for name in _SOURCE_FIELDS] for record in records),
    )


def forget_sources(connection: sqlite3.Connection, paths: Iterable[str]) -> None:
    """Forget some sources, as part of the open transaction."""
    connection.executemany("DELETE FROM sources WHERE path = ?", ((path,) for path in paths))
