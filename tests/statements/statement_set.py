"""Reads the labelled statements; used by the tests and by `benchmarks/statements.py`."""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefwell.loaders import load
from briefwell.types import Document, Proposal, ProposedQuote, Span, Statement
from briefwell.verification import judge

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {
    "samples": ROOT / "documents",
    "historian": ROOT.parent / "shared" / "eval" / "historian-docs" / "docs",
}
HALVES = ("tuned", "held")
SEED = 6

STRICT = frozenset("numbers dates names negation merged units hedge".split())
"""What may be wrong with a false statement and never be shown; `units` and `hedge` are numbers'."""

WRONG = STRICT | frozenset(
    """roles attribution modality quantifier comparison scope invention tense cause
    direction list condition order""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One statement a model wrote, the spans of `document.text` it cites, and what a reader said.

    `wrong` is empty for a true one. `half` is one of `HALVES`.
    """

    id: str
    model: str
    document: Document
    spans: tuple[Span, ...]
    statement: str
    is_true: bool
    wrong: str
    half: str


def read_statements() -> list[Labelled]:
    """Return the statements whose documents are present, in the order of the file.

    Raises:
        ValueError: a passage does not stand where it is said to stand.
    """
    lines = (Path(__file__).parent / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    halves = _part(rows)
    return [
        Labelled(
            id=row["id"],
            model=row["model"],
            document=(document := _load(row["corpus"], row["source"])),
            spans=tuple(_find(document.text, quote) for quote in row["quotes"]),
            statement=row["statement"],
            is_true=row["label"] == "true",
            wrong=row.get("wrong", ""),
            half=halves[row["id"]],
        )
        for row in rows
        if (FOLDERS[row["corpus"]] / row["source"]).exists()
    ]


def prove(each: Labelled) -> Statement:
    """Return the verdict on a statement, proven from the places it cites."""
    document = each.document
    quotes = tuple(
        ProposedQuote(quote=span.cut(document.text), source=document.source.path, near=span)
        for span in each.spans
    )
    return judge(Proposal(text=each.statement, quotes=quotes), {document.source.path: document})


def _part(rows: list[dict[str, str]]) -> dict[str, str]:
    """Part the statements by lot, each model's true and false ones evenly."""
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        groups.setdefault((row["model"], row["label"]), []).append(row["id"])
    lot = random.Random(SEED)
    halves: dict[str, str] = {}
    for key in sorted(groups):
        lot.shuffle(groups[key])
        halves.update((id_, HALVES[place % 2]) for place, id_ in enumerate(groups[key]))
    return halves


@cache
def _load(corpus: str, source: str) -> Document:
    return load(FOLDERS[corpus] / source, source=source)


def _find(text: str, quote: dict[str, str | int]) -> Span:
    if "sha256" in quote:
        span = Span(start=int(quote["start"]), end=int(quote["end"]))
        if hashlib.sha256(text[span.start : span.end].encode()).hexdigest() != quote["sha256"]:
            raise ValueError(f"not the slice that was cited: {quote}")
        return span
    words = str(quote["text"]).split()
    match = re.search(r"\s+".join(map(re.escape, words)), text)
    if not match:
        raise ValueError(f"not in the document: {quote['text']}")
    return Span(start=match.start(), end=match.end())
