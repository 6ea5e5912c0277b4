"""SQLite connections to a manifest, and SQLite's errors in our words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from briefwell.errors import (
    BriefingError,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexNotWritable,
)
from briefwell.storage.locks import WRITER_LOCK, find_shared

MANIFEST = "manifest.sqlite"
BUSY_SECONDS = 10.0
_BASE_CODE = 0xFF
_PAGE_BYTES = 16_384
"""Of a new manifest: it is packed in half the time that SQLite's 4,096 take."""

_NOT_WRITABLE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_AUTH,
}


def open_for_writing(index: Path) -> sqlite3.Connection:
    """Open the manifest of an index, making the file if it is not there.

    What is deleted is overwritten with zeros at once; `Manifest.sweep` removes the rest.
    """
    with translated(index):
        connection = sqlite3.connect(
            index / MANIFEST, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.row_factory = sqlite3.Row
            for pragma in (
                f"page_size = {_PAGE_BYTES}",
                "auto_vacuum = NONE",
                "journal_mode = WAL",
                "synchronous = FULL",
                "secure_delete = ON",
                "temp_store = MEMORY",
                "foreign_keys = OFF",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def open_for_reading(index: Path) -> sqlite3.Connection:
    """Open the manifest of an index so that nothing can be written through it.

    Raises:
        IndexMissing: There is no manifest.
        IndexDamaged: It cannot be read.
    """
    # A folder that lets nobody write has no writer either, and SQLite could not make its
    # shared-memory file there.
    return _open(index, is_immutable=not is_writable(index))


@contextmanager
def reading_untouched(index: Path) -> Iterator[sqlite3.Connection]:
    """Open the manifest for a short look that leaves no trace, not even SQLite's helper files.

    Raises:
        IndexMissing: There is no manifest.
        IndexDamaged: It cannot be read.
    """
    lock = None
    with suppress(OSError):
        lock = find_shared(index / WRITER_LOCK)
    log = index / f"{MANIFEST}-wal"
    # Only while no writer can start, and none has left a log behind, is the file alone all.
    is_alone = lock is not None and not (log.exists() and log.stat().st_size)
    try:
        with closing(_open(index, is_immutable=is_alone)) as connection:
            yield connection
    finally:
        if lock is not None:
            lock.release()


def _open(index: Path, *, is_immutable: bool) -> sqlite3.Connection:
    path = index / MANIFEST
    if not path.is_file():
        raise missing(index)
    mode = "immutable=1" if is_immutable else "mode=ro"
    with translated(index):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def is_writable(index: Path) -> bool:
    """Tell whether this user may write to the index folder."""
    return os.access(index, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def missing(index: Path) -> IndexMissing:
    """Return the error for an index that is not there."""
    return IndexMissing(f"There is no index in {str(index)!r}.", "Run `briefwell reindex`.")


@contextmanager
def translated(index: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into `IndexStateError`s."""
    try:
        yield
    except sqlite3.Error as error:
        raise as_index_error(error, index) from error


def as_index_error(error: sqlite3.Error, index: Path) -> BriefingError:
    """Say in our words what SQLite could not do."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _BASE_CODE
    if code == sqlite3.SQLITE_FULL:
        return full(index)
    if code in _NOT_WRITABLE:
        return IndexNotWritable(
            f"The index {str(index)!r} cannot be opened or written: {error}.",
            "Check the folder's permissions and the free space of its disk, then run "
            "`briefwell reindex`.",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return IndexLocked(
            f"The index {str(index)!r} is in use: {error}.", "Wait a moment and try again."
        )
    return IndexDamaged(
        f"The index {str(index)!r} cannot be read: {error}.",
        "Run `briefwell reindex --rebuild`; it makes the index anew from the documents.",
    )


def full(index: Path) -> IndexNotWritable:
    """Return the error for a disk without room."""
    return IndexNotWritable(
        f"The disk that holds the index {str(index)!r} is full.",
        "Free some space, then run `briefwell reindex`; the previous state still answers.",
    )
