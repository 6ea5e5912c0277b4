"""BM25 over the manifest's FTS5 table; every string becomes a legal query here.

What is indexed are stems (`text.stem`), separated by spaces, so that a question and a document
meet whatever the ending of the word; FTS5 itself changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from briefwell.text import stems

HEAD_WEIGHT = 0.7
"""Weight of a term in title and headings, where the chunk's own text has 1."""

_TERMS_AT_ONCE = 64
"""FTS5 limits the size of an expression; scores of parts add up, so long questions are cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalTerm:
    """What to look for: one stem, or several that stand side by side.

    Attributes:
        stems: As `text.stem` gives them, in order.
        weight: Factor on this term's BM25.
    """

    stems: tuple[str, ...]
    weight: float = 1.0


def fts_row(text: str, *, title: str, heading_path: Sequence[str]) -> tuple[str, str]:
    """Return what is indexed of a chunk: the stems of its text, and of title and headings."""
    head = " ".join((title, *heading_path))
    return " ".join(stems(text)), " ".join(stems(head))


def search(
    connection: sqlite3.Connection,
    terms: Sequence[LexicalTerm | str],
    *,
    k: int,
    documents: Collection[str] | None = None,
) -> list[tuple[str, float]]:
    """Return the k best chunks by BM25 (Robertson and Zaragoza 2009; FTS5's k1=1.2, b=0.75).

    Args:
        connection: An open manifest.
        terms: Any strings; a chunk matches when it has one of their words.
        k: At most so many chunks.
        documents: Only chunks of these documents; None means all.

    Returns:
        Chunk ids and scores, best first; equal scores in the order of the ids.
    """
    groups = _groups(terms)
    if not groups or k < 1:
        return []
    if len(groups) == 1:
        ((weight, query),) = groups
        return [(i, score * weight) for i, score in _matches(connection, query, k, documents)]
    totals: dict[str, float] = defaultdict(float)
    for weight, query in groups:
        for chunk_id, score in _matches(connection, query, None, documents):
            totals[chunk_id] += weight * score
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:k]


def frequency(connection: sqlite3.Connection, stem: str) -> int:
    """Return how many chunks have this stem in their text, title or headings."""
    row = connection.execute(
        "SELECT doc FROM lexical_terms WHERE term = ?", (bindable(stem),)
    ).fetchone()
    return int(row[0]) if row else 0


def _groups(terms: Sequence[LexicalTerm | str]) -> list[tuple[float, str]]:
    """Gather the terms into legal FTS5 expressions, each with its weight."""
    by_weight: dict[float, dict[tuple[str, ...], None]] = defaultdict(dict)
    for term in terms:
        if isinstance(term, str):
            by_weight[1.0].update(dict.fromkeys((stem,) for stem in stems(term)))
        elif any(term.stems):
            by_weight[term.weight][tuple(stem for stem in term.stems if stem)] = None
    found = []
    for weight, phrases in by_weight.items():
        legal = [quoted(phrase) for phrase in phrases]
        for low in range(0, len(legal), _TERMS_AT_ONCE):
            found.append((weight, " OR ".join(legal[low : low + _TERMS_AT_ONCE])))
    return found


def quoted(phrase: tuple[str, ...]) -> str:
    """Return the FTS5 expression for these stems side by side, whatever they hold."""
    return '"' + bindable(" ".join(phrase)).replace('"', '""') + '"'


def bindable(text: str) -> str:
    """Return `text` as SQLite can take it, whatever it holds."""
    # FTS5 ends a query at a NUL, even inside quotation marks; a lone surrogate has no bytes.
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _matches(
    connection: sqlite3.Connection, query: str, k: int | None, documents: Collection[str] | None
) -> list[tuple[str, float]]:
    wanted = (
        ""
        if documents is None
        else "AND chunks.document_id IN (SELECT value FROM json_each(:documents))"
    )
    rows = connection.execute(
        f"""SELECT chunks.id, -bm25(lexical, 1.0, :head) AS score
            FROM lexical JOIN chunks ON chunks.number = lexical.rowid
            WHERE lexical MATCH :query {wanted}
            ORDER BY score DESC, chunks.id LIMIT :k""",
        {
            "head": HEAD_WEIGHT,
            "query": query,
            "documents": json.dumps(sorted(documents)) if documents is not None else None,
            "k": -1 if k is None else k,
        },
    )
    return [(row[0], float(row[1])) for row in rows]
