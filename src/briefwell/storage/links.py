"""Reads the links of one state: names and who bears them, chunks and what they mention."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from briefwell.storage.lexical import bindable
from briefwell.storage.linking import Kind

MOST_BEARERS = 3
"""A name that more documents bear, each as strongly as the others, names none of them."""

MOST_FORMS = 4
"""Long forms of one acronym; of more, those that most documents give."""

_ROWS = 24
"""Bearers of one name that are read; with more sections than this it names nothing."""

Name = tuple[str, ...]
Rows = Callable[..., list[sqlite3.Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A document, or a part of it, that bears a name; its chunks from `first` to `last`."""

    kind: Kind
    document_id: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name that stands in a chunk.

    Attributes:
        document_id: Where the chunk is.
        ordinal: Which of its chunks it is.
        bearers: Who bears the name, the chunk's own document aside.
    """

    document_id: str
    ordinal: int
    bearers: tuple[Bearer, ...]


class Links:
    """Looks up names and links in the state its reader has open."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def bearers(self, names: Collection[Name]) -> dict[Name, tuple[Bearer, ...]]:
        """Return who bears each of `names`; those that nobody bears, or too many, are left out."""
        rows = self._rows(
            """SELECT names.id, names.stems FROM json_each(?) AS wanted
               JOIN names ON names.stems = wanted.value""",
            json.dumps([bindable(" ".join(name)) for name in names]),
        )
        found = {tuple(row["stems"].split(" ")): self._bearers_of(row["id"]) for row in rows}
        return {name: bearers for name, bearers in found.items() if bearers}

    def mentions(self, chunk_ids: Sequence[str]) -> list[Mention]:
        """Return what some chunks mention, in order; the longest name at each place."""
        rows = self._rows(
            """SELECT chunks.number, chunks.document_id, chunks.ordinal, mentions.start,
                   mentions.name, names.stems
               FROM json_each(?) AS wanted
               JOIN chunks ON chunks.id = wanted.value
               JOIN mentions ON mentions.chunk = chunks.number
               JOIN names ON names.id = mentions.name
               ORDER BY wanted.key, mentions.start, length(names.stems) DESC""",
            json.dumps(list(chunk_ids)),
        )
        known: dict[int, tuple[Bearer, ...]] = {}
        found = []
        chunk, end = -1, 0
        for row in rows:
            if row["number"] == chunk and row["start"] < end:
                continue
            chunk, end = row["number"], row["start"] + row["stems"].count(" ") + 1
            if row["name"] not in known:
                known[row["name"]] = self._bearers_of(row["name"])
            own = row["document_id"]
            others = tuple(one for one in known[row["name"]] if one.document_id != own)
            if others:
                found.append(Mention(document_id=own, ordinal=row["ordinal"], bearers=others))
        return found

    def _bearers_of(self, name: int) -> tuple[Bearer, ...]:
        """Return those who bear a name most strongly; none when they are too many."""
        rows = self._rows(
            """SELECT kind, document_id, first, last FROM bearers
               WHERE name = ? ORDER BY kind, document_id, first LIMIT ?""",
            name,
            _ROWS,
        )
        strongest = [
            Bearer(
                kind=Kind(row["kind"]),
                document_id=row["document_id"],
                first=row["first"],
                last=row["last"],
            )
            for row in rows
            if row["kind"] == rows[0]["kind"]
        ]
        documents = {bearer.document_id for bearer in strongest}
        is_some = len(strongest) < _ROWS and len(documents) <= MOST_BEARERS
        return tuple(strongest) if is_some else ()

    def long_forms(self, short: str) -> list[Name]:
        """Return what an acronym stands for, both as stems, what most documents say first."""
        rows = self._rows("SELECT long FROM acronyms WHERE short = ?", bindable(short))
        counted = Counter(row["long"] for row in rows)
        best = sorted(counted, key=lambda long: (-counted[long], long))[:MOST_FORMS]
        return [tuple(long.split(" ")) for long in best]

    def short_forms(self, longs: Collection[Name]) -> list[str]:
        """Return the acronyms, as stems, of which one of `longs` is a long form."""
        rows = self._rows(
            """SELECT DISTINCT short FROM json_each(?) AS wanted
               JOIN acronyms ON acronyms.long = wanted.value ORDER BY short""",
            json.dumps([bindable(" ".join(long)) for long in longs]),
        )
        return [row["short"] for row in rows]


class NoLinks(Links):
    """The links of an index that an earlier release has written: there are none yet."""

    def __init__(self) -> None:
        super().__init__(lambda *_: [])
