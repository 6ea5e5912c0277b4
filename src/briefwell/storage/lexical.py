"""BM25 over the manifest's FTS5 table; every string becomes a legal query here.

What is indexed are stems (`text.stem`), separated by spaces, so that a question and a document
meet whatever the ending of the word; FTS5 itself changes nothing.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from briefwell.text import stems

HEAD_WEIGHT = 0.7
"""Weight of a term in title and headings, where the chunk's own text has 1."""

_TERMS_AT_ONCE = 64
"""FTS5 limits the size of an expression; scores of parts add up, so long questions are cut."""


_FEW = 1000
"""Fewer chunks than this are all scored: choosing among them would cost more."""

_ENOUGH = 4
"""So many times as many chunks as are wanted are scored first."""

_MOST = 2.2
"""FTS5 gives a term at most its inverse document frequency times k1 + 1."""


class Counts(Protocol):
    """Knows how many chunks there are, and how many have a stem; see `counting.Counting`."""

    def chunks(self, connection: sqlite3.Connection) -> int:
        """Return how many chunks there are."""
        ...

    def with_stems(self, connection: sqlite3.Connection, stems: Iterable[str]) -> Mapping[str, int]:
        """Return, for each stem, how many chunks have it."""
        ...


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
    counts: Counts | None = None,
) -> list[tuple[str, float]]:
    """Return the k best chunks by BM25 (Robertson and Zaragoza 2009; FTS5's k1=1.2, b=0.75).

    Args:
        connection: An open manifest.
        terms: Any strings; a chunk matches when it has one of their words.
        k: At most so many chunks.
        documents: Only chunks of these documents; None means all.
        counts: With it, chunks that have only common terms are not scored where it is certain
            that they are not among the best; what is found is the same.

    Returns:
        Chunk ids and scores, best first; equal scores in the order of the ids.
    """
    groups = _groups(terms)
    if not groups or k < 1:
        return []
    if len(groups) == 1:
        ((weight, query),) = groups
        if counts is not None and documents is None:
            best = _find_best(connection, query, k, terms, counts)
            if best is not None:
                return [(i, score * weight) for i, score in best]
        return [(i, score * weight) for i, score in _matches(connection, query, k, documents)]
    totals: dict[str, float] = defaultdict(float)
    for weight, query in groups:
        for chunk_id, score in _matches(connection, query, None, documents):
            totals[chunk_id] += weight * score
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:k]


def _find_best(
    connection: sqlite3.Connection,
    query: str,
    k: int,
    terms: Sequence[LexicalTerm | str],
    counts: Counts,
) -> list[tuple[str, float]] | None:
    """Return what `query` finds without scoring chunks that have only common terms.

    The chunks with the rarest terms are scored first. What the last of the `k` best of them
    scores tells which terms are so common that all of these together score less, as in WAND
    (Broder et al., Efficient query evaluation using a two-level retrieval process, 2003).
    None where there is little to be won.
    """
    single = [term.stems for term in terms if isinstance(term, LexicalTerm) and term.weight == 1.0]
    if len(single) < len(terms) or any(len(phrase) != 1 for phrase in single):
        return None
    size = counts.chunks(connection)
    found = counts.with_stems(connection, [stem for (stem,) in single])
    rising = sorted(found, key=lambda stem: found[stem])
    if sum(found.values()) < _FEW:
        return None
    held = _least(rising, lambda rarest: sum(found[stem] for stem in rarest) >= _ENOUGH * k)
    best = _matches(connection, query, k, None, rare=_any_of(rising[:held]))
    if len(best) < k:
        return None
    most = {stem: _MOST * _inverse_frequency(found[stem], size) for stem in rising}
    floor, total = best[-1][1], sum(most.values())
    needed = _least(rising, lambda rarest: total - sum(most[stem] for stem in rarest) < floor)
    if needed <= held:
        return best
    if sum(found[stem] for stem in rising[needed:]) < _FEW:
        return None
    return _matches(connection, query, k, None, rare=_any_of(rising[:needed]))


def _least(stems: Sequence[str], is_enough: Callable[[Sequence[str]], bool]) -> int:
    """Return how many of the first stems are enough; all when no fewer are."""
    return next((n for n in range(1, len(stems)) if is_enough(stems[:n])), len(stems))


def _any_of(stems: Sequence[str]) -> str:
    return " OR ".join(quoted((stem,)) for stem in stems)


def _inverse_frequency(count: int, size: int) -> float:
    """Return what FTS5 weighs a term with that `count` of `size` chunks have."""
    return max(1e-6, math.log((size - count + 0.5) / (count + 0.5)))


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
    connection: sqlite3.Connection,
    query: str,
    k: int | None,
    documents: Collection[str] | None,
    *,
    rare: str = "",
) -> list[tuple[str, float]]:
    wanted = (
        ""
        if documents is None
        else "AND chunks.document_id IN (SELECT value FROM json_each(:documents))"
    )
    if rare:
        wanted += " AND +lexical.rowid IN (SELECT rowid FROM lexical WHERE lexical MATCH :rare)"
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
            "rare": rare,
        },
    )
    return [(row[0], float(row[1])) for row in rows]
