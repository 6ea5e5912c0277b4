"""Sources that do not agree on a figure or a date."""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.answering.candidates import Candidate
from briefwell.answering.evidence import Evidence
from briefwell.answering.matching import stems_of
from briefwell.answering.questions import Kind
from briefwell.verification import find_days, find_figures

NEAR = 0.75
"""What another document's sentence must reach of the best one's score to be set beside it."""

ALIKE = 0.5
"""Least share of the stems of the shorter sentence, figures aside, that both must have."""

_LOOKED_AT = 12
"""How many of the best sentences are looked through."""


def find_differing(evidence: Evidence) -> Candidate | None:
    """Return a sentence of another document that gives another figure or date than the best one.

    It must meet all terms of the question that the best sentence meets, in much the same words.
    A document that another one replaces does not count: its figure is out of date, not disputed.
    """
    kind = evidence.question.kind
    if kind not in (Kind.NUMBER, Kind.WHEN):
        return None
    lead, *others = evidence.candidates[:_LOOKED_AT]
    for other in others:
        if (
            other.document.id != lead.document.id
            and other.document.id not in evidence.scorer.replaced
            and other.score >= NEAR * lead.score
            and set(other.found) >= set(lead.found)
            and _is_alike(lead.text, other.text)
            and is_at_odds(lead.text, other.text, kind)
        ):
            return other
    return None


def is_at_odds(one: str, other: str, kind: Kind) -> bool:
    """Tell whether two sentences that answer one question cannot both be right.

    A date that is only more exact ("4 May 1901", "1901") or a figure that both give is no
    difference. Years are no figures.
    """
    if kind is Kind.WHEN:
        left, right = find_days(one), find_days(other)
        near = any(a.is_within(b) or b.is_within(a) for a in left for b in right)
        return bool(left and right) and not near
    mine, theirs = _figures(one), _figures(other)
    return bool(mine and theirs) and not mine & theirs


def disagreements(answered: Sequence[Evidence]) -> tuple[str, ...]:
    """Return one line for each part of a question on which the documents do not agree."""
    lines = []
    for evidence in answered:
        if (other := find_differing(evidence)) is not None:
            what = "date" if evidence.question.kind is Kind.WHEN else "figure"
            named = " and ".join(_named(item) for item in (evidence.candidates[0], other))
            lines.append(f"The documents do not agree on the {what}: compare {named}.")
    return tuple(lines)


def _named(item: Candidate) -> str:
    date = item.document.metadata.date
    return f"“{item.document.title}”" + (f" ({date})" if date else "")


def _figures(text: str) -> frozenset[tuple[object, str, str]]:
    dates = [day.span for day in find_days(text)]
    return frozenset(
        figure.key
        for figure in find_figures(text)
        if not any(figure.span.is_overlapping(date) for date in dates)
    )


def _is_alike(one: str, other: str) -> bool:
    left, right = (
        {stem for stem in stems_of(text) if not any(sign.isdigit() for sign in stem)}
        for text in (one, other)
    )
    return len(left & right) >= ALIKE * max(1, min(len(left), len(right)))
