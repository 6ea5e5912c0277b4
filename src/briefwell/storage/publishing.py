"""The one transaction that makes a prepared state live, and the sweep after it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from briefwell.storage import connections
from briefwell.storage.linking import (
    LINKING_VERSION,
    forget_all_links,
    forget_links,
    make_links,
)
from briefwell.storage.manifest import (
    Live,
    Manifest,
    SourceRecord,
    forget_sources,
    mark_unswept,
    read_live,
    write_live,
    write_sources,
)

_DOOMED = """(
    SELECT document_id FROM staged_removals
    UNION SELECT id FROM staged_documents
)"""
_CHUNK_COLUMNS = """id, document_id, ordinal, span_start, span_end, text, lead, is_lead_whole,
    heading_path, page_numbers, vector_key"""
_SLACK = 0.25
"""Share of free pages from which the file is packed although nothing was deleted."""


def publish(
    manifest: Manifest,
    live: Live,
    *,
    written: Iterable[SourceRecord] = (),
    forgotten: Iterable[str] = (),
) -> Live:
    """Make the staged state live.

    Args:
        manifest: The open manifest.
        live: What is live from now on; `is_swept` and `links` are decided here.
        written: What is to be remembered of sources.
        forgotten: Paths of sources that are gone.

    Returns:
        `live` as it was written.
    """
    with manifest.transaction() as connection:
        before = read_live(connection)
        is_deleting = _replace_documents(connection, are_links_old=before.links != LINKING_VERSION)
        forgotten = list(forgotten)
        forget_sources(connection, forgotten)
        write_sources(connection, written)
        is_swept = before.is_swept and not (is_deleting or forgotten)
        live = replace(live, is_swept=is_swept, links=LINKING_VERSION)
        write_live(connection, live)
    return live


def remember(
    manifest: Manifest, *, written: Iterable[SourceRecord], forgotten: Iterable[str] = ()
) -> None:
    """Write what changed about sources without any change of documents."""
    forgotten = list(forgotten)
    with manifest.transaction() as connection:
        forget_sources(connection, forgotten)
        write_sources(connection, written)
        if forgotten:
            mark_unswept(connection)


def sweep(manifest: Manifest) -> bool:
    """Take what was deleted out of the files, and pack them.

    The parts of the FTS5 index are merged into one, the database is vacuumed and its log emptied:
    until then deleted words can be read in the raw bytes.

    Returns:
        Whether it is done; a reader in the middle of a question makes it wait for next time.
    """
    with connections.translated(manifest.index):
        connection = manifest.connection
        is_swept = read_live(connection).is_swept
        if is_swept and not _is_slack(connection):
            return True
        if not is_swept:
            connection.execute("INSERT INTO lexical (lexical) VALUES ('optimize')")
        _vacuum(connection)
        if not _is_log_emptied(connection):
            return False
        if not is_swept:
            write_live(connection, replace(read_live(connection), is_swept=True))
            _is_log_emptied(connection)
        return True


def _replace_documents(connection: sqlite3.Connection, *, are_links_old: bool) -> bool:
    """Put the staged documents in the place of the live ones; tell whether any text went."""
    loosened = forget_links(connection, _DOOMED)
    before = connection.total_changes
    connection.execute(
        f"""DELETE FROM lexical WHERE rowid IN
            (SELECT number FROM chunks WHERE document_id IN {_DOOMED})"""
    )
    connection.execute(f"DELETE FROM chunks WHERE document_id IN {_DOOMED}")
    connection.execute(f"DELETE FROM documents WHERE id IN {_DOOMED}")
    is_deleting = connection.total_changes > before
    last = connection.execute("SELECT max(number) FROM chunks").fetchone()[0] or 0
    connection.execute("INSERT INTO documents SELECT * FROM staged_documents")
    connection.execute(
        f"""INSERT INTO chunks ({_CHUNK_COLUMNS})
            SELECT {_CHUNK_COLUMNS} FROM staged_chunks ORDER BY number"""
    )
    connection.execute(
        """INSERT INTO lexical (rowid, body, head)
           SELECT chunks.number, staged_chunks.body, staged_chunks.head
           FROM staged_chunks JOIN chunks ON chunks.id = staged_chunks.id
           ORDER BY staged_chunks.number"""
    )
    if are_links_old:
        forget_all_links(connection)
    make_links(connection, after=0 if are_links_old else last, loosened=loosened)
    for table in ("staged_documents", "staged_chunks", "staged_removals"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DELETE FROM vectors WHERE key NOT IN (SELECT vector_key FROM chunks)")
    return is_deleting


def _vacuum(connection: sqlite3.Connection) -> None:
    """Pack the file by way of a temporary one, so that memory does not grow with the index."""
    try:
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("VACUUM")
    except sqlite3.OperationalError:
        # Where temporary files lie there may be less room than on the disk of the index.
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("VACUUM")
    finally:
        connection.execute("PRAGMA temp_store = MEMORY")


def _is_slack(connection: sqlite3.Connection) -> bool:
    free = connection.execute("PRAGMA freelist_count").fetchone()[0]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    return bool(pages > 1000 and free > pages * _SLACK)


def _is_log_emptied(connection: sqlite3.Connection) -> bool:
    connection.execute("PRAGMA busy_timeout = 1000")
    try:
        busy = True
        with suppress(sqlite3.OperationalError):
            busy = bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        return not busy
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(connections.BUSY_SECONDS * 1000)}")
