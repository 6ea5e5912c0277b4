"""What the manifest knows of its sources: the list of them, and which a search is limited to."""

from __future__ import annotations

import fnmatch
import sqlite3
from collections.abc import Sequence

from briefwell.types import Origin, SourceInfo


def source_list(connection: sqlite3.Connection) -> list[SourceInfo]:
    """Return what is known of each source, by path, failed ones included."""
    rows = connection.execute(
        """SELECT sources.path, sources.media_type, sources.size, sources.state, sources.reason,
               documents.title, documents.author, documents.date, documents.date_origin,
               documents.language, documents.page_count,
               (SELECT count(*) FROM chunks WHERE chunks.document_id = documents.id) AS chunks
           FROM sources LEFT JOIN documents ON documents.path = sources.path
           ORDER BY sources.path"""
    )
    return [_info(row) for row in rows]


def _info(row: sqlite3.Row) -> SourceInfo:
    return SourceInfo(
        source=row["path"],
        title=row["title"] or row["path"],
        media_type=row["media_type"],
        size=row["size"],
        state="ready" if row["state"] == "ready" else "failed",
        author=row["author"],
        date=row["date"],
        date_origin=Origin(row["date_origin"]) if row["date_origin"] else None,
        language=row["language"],
        pages=row["page_count"] or 0,
        chunks=row["chunks"],
        reason=row["reason"],
    )


def matching_documents(
    connection: sqlite3.Connection,
    *,
    sources: Sequence[str] | None,
    since: str | None,
    until: str | None,
) -> set[str] | None:
    """Return the ids of the documents that fit; None when nothing limits them.

    A pattern that is the path of a document names that one only, also when it has a `*` in it.
    A date that is only partly known (`2021`) fits when any day it may mean fits; a document
    without a date fits no limit of dates.
    """
    if sources is None and since is None and until is None:
        return None
    rows = connection.execute("SELECT id, path, date FROM documents").fetchall()
    paths = {row["path"] for row in rows}
    return {
        row["id"]
        for row in rows
        if (
            sources is None
            or row["path"] in sources
            or any(is_matching(row["path"], pattern) for pattern in sources if pattern not in paths)
        )
        and _is_within(row["date"], since, until)
    }


def is_matching(path: str, pattern: str) -> bool:
    """Tell whether a relative path is the one, or of the kind, that `pattern` names."""
    if path == pattern or fnmatch.fnmatchcase(path, pattern):
        return True
    return path.startswith(pattern.rstrip("/") + "/")


def _is_within(date: str | None, since: str | None, until: str | None) -> bool:
    if since is None and until is None:
        return True
    if not date:
        return False
    # "~" sorts after every digit and hyphen: the last day a partial date may mean.
    return (since is None or date + "~" >= since) and (until is None or date <= until + "~")
