"""Makes the links of the coming state, as part of the transaction that publishes it.

Each live chunk is linked to the names it mentions, each name to the documents, and the sections,
that bear it. What did not change is not read again: a new name is looked for in the old chunks
by the full-text table, and all names are looked for in the new chunks. A link does not depend on
the order of the changes; `tests/property` compares with an index made at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, TypeVar

from briefwell.storage.lexical import quoted
from briefwell.text import stem
from briefwell.text.acronyms import explained
from briefwell.text.naming import (
    Wording,
    defined_names,
    is_name,
    name_of_heading,
    name_of_subject,
    names_of_title,
)

LINKING_VERSION = 1
"""Raise it when the same texts give other links: the next `reindex` makes all of them anew."""

_BATCH = 512
_WORTH_READING = 4
"""Old chunks are read through when there are fewer than this many for each new name."""

T = TypeVar("T")
Name = tuple[str, ...]
Names = dict[str, dict[Name, int]]


class Kind(IntEnum):
    """By what a document bears a name, the strongest first."""

    TITLE = 0
    DEFINED = 1
    ACRONYM = 2
    HEADING = 3


def forget_links(connection: sqlite3.Connection, doomed: str) -> list[int]:
    """Delete the links from and to some documents whose chunks still stand.

    Args:
        connection: In the transaction that publishes.
        doomed: A subquery that gives the documents' ids.

    Returns:
        The names they bore, for `make_links`.
    """
    rows = connection.execute(f"SELECT DISTINCT name FROM bearers WHERE document_id IN {doomed}")
    loosened = [row[0] for row in rows]
    connection.execute(
        f"""DELETE FROM mentions WHERE chunk IN
            (SELECT number FROM chunks WHERE document_id IN {doomed})"""
    )
    for table in ("bearers", "acronyms"):
        connection.execute(f"DELETE FROM {table} WHERE document_id IN {doomed}")
    return loosened


def forget_all_links(connection: sqlite3.Connection) -> None:
    """Delete all links, so that `make_links` makes them anew from the chunks."""
    for table in ("mentions", "bearers", "acronyms", "names"):
        connection.execute(f"DELETE FROM {table}")


def make_links(connection: sqlite3.Connection, *, after: int, loosened: Sequence[int]) -> None:
    """Make the links from and to the documents whose chunks are new.

    Args:
        connection: In the transaction that publishes, after the chunks were replaced.
        after: The number of the last chunk that is not new.
        loosened: Names that may have no bearer any more.
    """
    newest = _number(connection, "SELECT max(id) FROM names")
    for group in _batches(_documents(connection, after)):
        _store_names(connection, group)
    given = [(name, name) for name in loosened]
    for condition in ("DELETE FROM names WHERE id", "DELETE FROM mentions WHERE name"):
        connection.executemany(
            f"{condition} = ? AND NOT EXISTS (SELECT 1 FROM bearers WHERE name = ?)", given
        )
    _link_old_chunks(connection, after=after, newest=newest)
    _link_new_chunks(connection, after=after)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0] or 0)


# --- names -------------------------------------------------------------------------------

_Borne = tuple[Kind, Name, int, int]
_Explained = tuple[str, Name]


def _documents(
    connection: sqlite3.Connection, after: int
) -> Iterator[tuple[str, set[_Borne], set[_Explained]]]:
    """Yield each document with new chunks, the names it bears, the acronyms it explains."""
    rows = connection.execute(
        """SELECT chunks.document_id, chunks.ordinal, chunks.text, chunks.heading_path,
               documents.title
           FROM chunks JOIN documents ON documents.id = chunks.document_id
           WHERE chunks.number > ? ORDER BY chunks.number""",
        (after,),
    )
    # The chunks of a document were inserted side by side, in order.
    for document_id, group in groupby(rows, key=itemgetter("document_id")):
        chunks = list(group)
        pairs = {
            ((stem(short),), long, chunk["ordinal"])
            for chunk in chunks
            for short, long in explained(chunk["text"])
        }
        borne = _borne(chunks)
        for short, long, ordinal in pairs:
            forms = (form for form in (short, long) if is_name(form))
            borne |= {(Kind.ACRONYM, form, ordinal, ordinal) for form in forms}
        yield document_id, borne, {(short[0], long) for short, long, _ in pairs}


def _borne(chunks: Sequence[sqlite3.Row]) -> set[_Borne]:
    last = chunks[-1]["ordinal"]
    borne = {(Kind.TITLE, name, 0, last) for name in names_of_title(chunks[0]["title"])}
    if subject := name_of_subject(chunks[0]["text"], chunks[0]["title"]):
        borne.add((Kind.DEFINED, subject, 0, last))
    for chunk in chunks:
        at = chunk["ordinal"]
        borne |= {(Kind.DEFINED, name, at, at) for name in defined_names(chunk["text"])}
    titles = {name for _, name, _, _ in borne}
    open_since: dict[tuple[str, ...], int] = {}
    paths = [(chunk["ordinal"], tuple(json.loads(chunk["heading_path"]))) for chunk in chunks]
    for ordinal, path in [*paths, (last + 1, ())]:
        over = [path[: depth + 1] for depth in range(len(path))]
        for section in [section for section in open_since if section not in over]:
            first, name = open_since.pop(section), name_of_heading(section[-1])
            if name and name not in titles:
                borne.add((Kind.HEADING, name, first, ordinal - 1))
        for section in over:
            open_since.setdefault(section, ordinal)
    return borne


def _store_names(
    connection: sqlite3.Connection,
    documents: Iterable[tuple[str, set[_Borne], set[_Explained]]],
) -> None:
    bearers: list[tuple[str, int, str, int, int]] = []
    acronyms: list[tuple[str, str, str]] = []
    for document_id, borne, pairs in documents:
        bearers += [
            (" ".join(name), int(kind), document_id, first, last)
            for kind, name, first, last in sorted(borne)
        ]
        acronyms += [(short, " ".join(long), document_id) for short, long in sorted(pairs)]
    connection.executemany(
        "INSERT OR IGNORE INTO names (stems) VALUES (?)", [(row[0],) for row in bearers]
    )
    connection.executemany(
        """INSERT OR IGNORE INTO bearers (name, kind, document_id, first, last)
           VALUES ((SELECT id FROM names WHERE stems = ?), ?, ?, ?, ?)""",
        bearers,
    )
    connection.executemany("INSERT OR IGNORE INTO acronyms VALUES (?, ?, ?)", acronyms)


# --- mentions ----------------------------------------------------------------------------


def _link_old_chunks(connection: sqlite3.Connection, *, after: int, newest: int) -> None:
    """Look for the names that are new in the chunks that are not."""
    if not after:
        return
    rows = connection.execute("SELECT id, stems FROM names WHERE id > ?", (newest,)).fetchall()
    fresh = [(row["id"], tuple(row["stems"].split(" "))) for row in rows]
    old = _number(connection, "SELECT count(*) FROM chunks") if fresh else 0
    if old < _WORTH_READING * len(fresh):
        names = _grouped(fresh)
        chunks = connection.execute("SELECT number, text FROM chunks WHERE number <= ?", (after,))
        for batch in _wordings(chunks):
            _store_mentions(connection, batch, names)
        return
    for name_id, name in fresh:
        chunks = connection.execute(
            """SELECT chunks.number, chunks.text FROM lexical
               JOIN chunks ON chunks.number = lexical.rowid
               WHERE lexical MATCH ? AND lexical.rowid <= ?""",
            (f"body : {quoted(name)}", after),
        )
        for batch in _wordings(chunks):
            _store_mentions(connection, batch, _grouped([(name_id, name)]))


def _link_new_chunks(connection: sqlite3.Connection, *, after: int) -> None:
    """Look for all names in the chunks that are new."""
    names: Names = {}
    chunks = connection.execute("SELECT number, text FROM chunks WHERE number > ?", (after,))
    for batch in _wordings(chunks):
        starts = set[str]().union(*(wording.opens for _, wording in batch))
        unknown = sorted(starts - names.keys())
        names.update((first, {}) for first in unknown)
        # A blank sorts before an exclamation mark: the names that begin with this very stem.
        rows = connection.execute(
            """SELECT names.id, names.stems FROM json_each(?) AS wanted
               JOIN names ON names.stems >= wanted.value AND names.stems < wanted.value || '!'""",
            (json.dumps(unknown),),
        )
        for first, found in _grouped((row[0], tuple(row[1].split(" "))) for row in rows).items():
            names.setdefault(first, {}).update(found)
        _store_mentions(connection, batch, names)


def _wordings(rows: Iterable[Any]) -> Iterator[list[tuple[int, Wording]]]:
    for batch in _batches(rows):
        yield [(number, Wording(text)) for number, text in batch]


def _grouped(names: Iterable[tuple[int, Name]]) -> Names:
    found: Names = {}
    for name_id, name in names:
        found.setdefault(name[0], {})[name] = name_id
    return found


def _store_mentions(
    connection: sqlite3.Connection, batch: Iterable[tuple[int, Wording]], names: Names
) -> None:
    connection.executemany(
        "INSERT INTO mentions (chunk, start, name) VALUES (?, ?, ?)",
        (
            (number, place.start, name_id)
            for number, wording in batch
            for place, name_id in wording.mentions(names)
        ),
    )
