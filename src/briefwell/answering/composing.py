"""Statements made into an answer: markers, dates, order of notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefwell.types import (
    Abstention,
    Answer,
    Citation,
    Document,
    Passage,
    Statement,
    Verdict,
)


class Numbering:
    """Gives each cited place one marker, in the order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}

    def number(self, statement: Statement) -> Statement:
        """Return `statement` with the numbers of its citations set."""
        return replace(
            statement, citations=tuple(self._numbered(item) for item in statement.citations)
        )

    def _numbered(self, citation: Citation) -> Citation:
        place = (citation.source, citation.span.start, citation.span.end)
        return replace(citation, number=self._numbers.setdefault(place, len(self._numbers) + 1))


def with_markers(statement: Statement) -> str:
    """Return a statement's text with its markers behind it."""
    markers = "".join(f"[{item.number}]" for item in statement.citations)
    return f"{statement.text} {markers}".strip()


def compose(
    question: str,
    searched_for: str,
    statements: Sequence[Statement],
    *,
    rejected: Sequence[Statement] = (),
    passages: Sequence[Passage],
    document: Callable[[str], Document],
    notices: Sequence[str] = (),
    model: str | None = None,
) -> Answer:
    """Make an answer of proven statements; at least one is not a framing line."""
    ids = {passage.source: passage.document_id for passage in passages}
    cited = {item.source for line in statements for item in line.citations}
    dates = [
        date
        for source in cited
        if source in ids and (date := document(ids[source]).metadata.date) is not None
    ]
    return Answer(
        question=question,
        text=" ".join(with_markers(line) for line in statements),
        statements=tuple(statements),
        rejected=tuple(rejected),
        passages=tuple(passages),
        as_of=max(dates, default=None),
        model=model,
        searched_for=searched_for,
        notices=tuple(notices),
    )


def refuse(
    question: str,
    searched_for: str,
    abstention: Abstention,
    *,
    passages: Sequence[Passage],
    rejected: Sequence[Statement] = (),
    notices: Sequence[str] = (),
    model: str | None = None,
) -> Answer:
    """Make an answer of an abstention."""
    return Answer(
        question=question,
        text=abstention.message,
        statements=(),
        rejected=tuple(rejected),
        passages=tuple(passages),
        abstention=abstention,
        model=model,
        searched_for=searched_for,
        notices=tuple(notices),
    )


def is_substantial(statements: Sequence[Statement]) -> bool:
    """Tell whether anything but framing lines is left."""
    return any(item.verdict is not Verdict.FRAMING for item in statements)
