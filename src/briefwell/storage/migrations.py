"""The manifest's tables, as numbered steps that are applied once each, in order."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from briefwell.errors import ManifestTooNew

_DOCUMENT_COLUMNS = """
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_origin TEXT NOT NULL,
    author TEXT,
    author_origin TEXT,
    date TEXT,
    date_origin TEXT,
    language TEXT,
    characters INTEGER NOT NULL,
    text BLOB NOT NULL,
    text_sha256 TEXT NOT NULL,
    structure BLOB NOT NULL,
    page_count INTEGER NOT NULL,
    load_recipe TEXT NOT NULL,
    cut_recipe TEXT NOT NULL
"""
_CHUNK_COLUMNS = """
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text TEXT NOT NULL,
    lead TEXT NOT NULL,
    is_lead_whole INTEGER NOT NULL,
    heading_path TEXT NOT NULL,
    page_numbers TEXT NOT NULL,
    vector_key BLOB NOT NULL
"""

M001_FIRST = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE sources (
        path TEXT PRIMARY KEY,
        document_id TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        mtime_ns INTEGER NOT NULL,
        ctime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        seen_ns INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        remedy TEXT NOT NULL,
        load_recipe TEXT NOT NULL
    )""",
    f"CREATE TABLE documents ({_DOCUMENT_COLUMNS})",
    f"CREATE TABLE staged_documents ({_DOCUMENT_COLUMNS})",
    f"CREATE TABLE chunks ({_CHUNK_COLUMNS})",
    f"CREATE TABLE staged_chunks ({_CHUNK_COLUMNS}, body TEXT NOT NULL, head TEXT NOT NULL)",
    "CREATE TABLE staged_removals (document_id TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL)",
    "CREATE INDEX chunks_by_document ON chunks (document_id, ordinal)",
    "CREATE INDEX chunks_by_vector ON chunks (vector_key)",
    "CREATE INDEX staged_chunks_by_document ON staged_chunks (document_id, ordinal)",
    "CREATE INDEX staged_chunks_by_vector ON staged_chunks (vector_key)",
    # The terms are stems already (`lexical.fts_row`): split at spaces, change nothing.
    """CREATE VIRTUAL TABLE lexical USING fts5(
        body, head, tokenize = "unicode61 remove_diacritics 0 tokenchars '.,:/%'"
    )""",
    "CREATE VIRTUAL TABLE lexical_terms USING fts5vocab(lexical, row)",
)

M002_LINKS = (
    # A name is its stems, separated by blanks.
    "CREATE TABLE names (id INTEGER PRIMARY KEY, stems TEXT NOT NULL UNIQUE)",
    # `first` and `last` are ordinals of the chunks that the name stands for.
    """CREATE TABLE bearers (
        name INTEGER NOT NULL,
        kind INTEGER NOT NULL,
        document_id TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (name, kind, document_id, first)
    ) WITHOUT ROWID""",
    "CREATE INDEX bearers_by_document ON bearers (document_id)",
    # `start` counts the words of the chunk's text.
    """CREATE TABLE mentions (
        chunk INTEGER NOT NULL,
        start INTEGER NOT NULL,
        name INTEGER NOT NULL,
        PRIMARY KEY (chunk, start, name)
    ) WITHOUT ROWID""",
    "CREATE INDEX mentions_by_name ON mentions (name)",
    """CREATE TABLE acronyms (
        short TEXT NOT NULL,
        long TEXT NOT NULL,
        document_id TEXT NOT NULL,
        PRIMARY KEY (short, long, document_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX acronyms_by_long ON acronyms (long)",
    "CREATE INDEX acronyms_by_document ON acronyms (document_id)",
)

MIGRATIONS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "first", M001_FIRST),
    (2, "links", M002_LINKS),
)
"""Number, name and statements of each step; a released step is never changed."""

LATEST = MIGRATIONS[-1][0]


def version(connection: sqlite3.Connection) -> int:
    """Return the number of the last step that was applied, 0 for an empty database."""
    found = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
    ).fetchone()[0]
    if not found:
        return 0
    last = connection.execute("SELECT max(number) FROM migrations").fetchone()[0]
    return int(last or 0)


def migrate(connection: sqlite3.Connection, index: Path) -> list[str]:
    """Bring the manifest to the latest form, each step in a transaction of its own.

    Returns:
        The names of the steps that were applied now.

    Raises:
        ManifestTooNew: The manifest has steps this version does not know.
    """
    refuse_newer(connection, index)
    applied = []
    for number, name, statements in MIGRATIONS[version(connection) :]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute(
                """CREATE TABLE IF NOT EXISTS migrations (
                    number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"""
            )
            for statement in statements:
                connection.execute(statement)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute("INSERT INTO migrations VALUES (?, ?, ?)", (number, name, now))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        applied.append(name)
    return applied


def refuse_newer(connection: sqlite3.Connection, index: Path) -> None:
    """Refuse a manifest that a later version of Briefwell has written.

    Raises:
        ManifestTooNew: It has steps this version does not know.
    """
    found = version(connection)
    if found > LATEST:
        raise ManifestTooNew(
            f"The index {str(index)!r} was written by a later version of Briefwell "
            f"(form {found}; this version knows {LATEST}).",
            "Update Briefwell, or name another folder with --index and run `briefwell reindex`.",
        )
