"""Where a proposed quote stands in its source, word for word, or nowhere."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial

from briefwell.structure import PerDocument, heading_path_at, is_furniture, pages_at
from briefwell.text import normalise, normalise_with_map
from briefwell.types import Citation, Document, MatchKind, ProposedQuote, Span

_POWER = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹₀-₉¼-¾⅐-⅞]")

normalised = PerDocument(lambda document: normalise_with_map(document.text))
"""The normalised text of a document, remembered for the documents asked about last."""


def verify_quote(quote: ProposedQuote, document: Document, *, number: int) -> Citation | None:
    """Find a proposed quote in its source.

    The words must stand there exactly, or after `text.normalise` on both sides; begin and end
    at word boundaries; and touch no page furniture. Of several places the one nearest to
    `quote.near` is taken, else the first.

    Args:
        quote: The claimed words; its `source` is not looked at.
        document: Where they are looked for.
        number: The marker the citation gets.

    Returns:
        The citation, whose `quote` is the document's own slice, or None.
    """
    wanted = quote.quote.strip()
    if not re.search(r"\w", wanted):
        return None
    span = _nearest(partial(_exact_places, wanted, document), quote.near)
    if span is None or (quote.near is not None and not span.is_overlapping(quote.near)):
        folded = _nearest(partial(_normalised_places, wanted, document), quote.near)
        span = _nearer(span, folded, quote.near)
    return None if span is None else cite(document, span, proposed=quote.quote, number=number)


def cite(document: Document, span: Span, *, proposed: str, number: int) -> Citation:
    """Make the citation of a place that was found.

    Raises:
        ValueError: If `proposed` is not what stands there after normalisation.
    """
    found = span.cut(document.text)
    if normalise(found) != normalise(proposed):
        raise ValueError(f"the words {proposed!r} do not stand at {span}")
    return Citation(
        number=number,
        source=document.source.path,
        title=document.title,
        span=span,
        quote=found,
        proposed=proposed,
        pages=pages_at(document, span),
        heading_path=heading_path_at(document, span.start),
        match=MatchKind.EXACT if found == proposed else MatchKind.NORMALISED,
        document_sha256=document.source.sha256,
    )


def _exact_places(wanted: str, document: Document, at: int, is_back: bool) -> Iterator[Span]:
    for span in _places(wanted, document.text, at, is_back):
        if _is_whole(document.text, span) and not is_furniture(document, span):
            yield span


def _normalised_places(wanted: str, document: Document, at: int, is_back: bool) -> Iterator[Span]:
    folded = normalised(document)
    needle = normalise(wanted)
    powers = _POWER.findall(wanted)
    for place in _places(needle, folded.text, bisect_left(folded.starts, at), is_back):
        span = folded.original(place)
        found = span.cut(document.text)
        if (
            _is_whole(document.text, span)
            and not is_furniture(document, span)
            # NFKC makes "102" of "10²"; a figure is not a way of writing another one.
            and _POWER.findall(found) == powers
            and normalise(found) == needle
        ):
            yield span


def _places(wanted: str, text: str, at: int, is_back: bool) -> Iterator[Span]:
    """Yield where `wanted` stands: from `at` on, or starting before `at` and going back."""
    while True:
        at = text.rfind(wanted, 0, at - 1 + len(wanted)) if is_back else text.find(wanted, at)
        if at < 0:
            return
        yield Span(start=at, end=at + len(wanted))
        if is_back and at == 0:
            return
        at += 0 if is_back else 1


def _nearest(places: Callable[[int, bool], Iterator[Span]], near: Span | None) -> Span | None:
    if near is None:
        return next(places(0, False), None)
    before = next(places(near.start, True), None) if near.start else None
    return _nearer(next(places(near.start, False), None), before, near)


def _nearer(one: Span | None, other: Span | None, near: Span | None) -> Span | None:
    if one is None or other is None or near is None:
        return one or other
    return min(one, other, key=lambda place: _distance(place, near))


def _distance(place: Span, near: Span) -> tuple[int, int]:
    gap = max(place.start - near.end, near.start - place.end, 0)
    return gap, abs(place.start - near.start)


def _is_whole(text: str, span: Span) -> bool:
    """Tell whether the span begins and ends at the borders of words and figures."""
    return not _is_inside_word(text, span.start) and not _is_inside_word(text, span.end)


_INSIDE = re.compile(
    r"[^\W_][-\u2010\u2011'’\u00ad]?[^\W_]|\d[.,:/–]\d|[A-Z]\.[A-Z]|[$€£¥+\-−][\d.]|\d ?[%°]"
)


def _is_inside_word(text: str, at: int) -> bool:
    """Tell whether a cut at `at` would go through a word, a compound, a figure or its sign."""
    if not 0 < at < len(text):
        return False
    around = (text[at - 1 : at + 1], text[max(at - 2, 0) : at + 1], text[at - 1 : at + 2])
    return any(_INSIDE.fullmatch(piece) for piece in around)
