"""Which of the ranked stretches are shown: none twice, all parts of the question served."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefwell.ranking.duplicates import is_near_duplicate
from briefwell.retrieval.stretches import Stretch
from briefwell.text import stems

FOR_EACH_PART = 2
"""Stretches of each part of a question that go before the next ones of the whole."""

ALIKE = 0.8
"""Share of the better one's relevance at which a newer document may go before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A stretch that is shown, and the documents where the same words stand again."""

    stretch: Stretch
    also_in: tuple[str, ...] = ()


def served(whole: Sequence[Stretch], parts: Sequence[Sequence[Stretch]]) -> list[Stretch]:
    """Return the stretches of a question and of its parts in one order, without overlap.

    The best for the whole question comes first, then the best two for each part in turn, then
    the others for the whole.
    """
    turns = [part[at] for at in range(FOR_EACH_PART) for part in parts if at < len(part)]
    kept: list[Stretch] = []
    of_document: dict[str, list[Stretch]] = {}
    for item in (*whole[:1], *turns, *whole[1:]):
        others = of_document.setdefault(item.chunk.document_id, [])
        if not any(item.span.is_overlapping(other.span) for other in others):
            kept.append(item)
            others.append(item)
    return kept


def distinct(
    ranked: Sequence[Stretch], *, most: int, text_of: Callable[[Stretch], str]
) -> list[Choice]:
    """Return the first `most` stretches that say something new, with where else it stands.

    What a document says again in other documents is shown once. What it repeats itself stays:
    a passage can name other sources, but no second place in its own.

    Args:
        ranked: Best first.
        most: How many to return.
        text_of: Gives a stretch's text.
    """
    kept: list[tuple[Stretch, list[str], list[str]]] = []
    for item in ranked:
        if len(kept) == most:
            break
        said = stems(text_of(item))
        document = item.chunk.document_id
        twins = (
            entry
            for entry in kept
            if entry[0].chunk.document_id != document and is_near_duplicate(said, entry[1])
        )
        twin = next(twins, None)
        if twin is None:
            kept.append((item, said, []))
        elif document not in twin[2]:
            twin[2].append(document)
    return [Choice(stretch=item, also_in=tuple(others)) for item, _, others in kept]


def newest_first(
    ranked: Sequence[Stretch], *, date_of: Callable[[Stretch], str | None]
) -> list[Stretch]:
    """Return the stretches with newer documents first among those of about equal relevance.

    Neighbours in the ranking whose relevance is at least `ALIKE` times that of the first of
    them are about equal; a document without a date counts as the oldest.
    """
    ordered: list[Stretch] = []
    group: list[Stretch] = []
    for item in ranked:
        if group and item.mass < ALIKE * group[0].mass:
            ordered += sorted(group, key=lambda one: date_of(one) or "", reverse=True)
            group = []
        group.append(item)
    return ordered + sorted(group, key=lambda one: date_of(one) or "", reverse=True)
