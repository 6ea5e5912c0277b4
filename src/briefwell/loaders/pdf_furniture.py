"""Finds running heads and page numbers: what stands at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefwell.loaders.pdf_layout import Row

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:page|p\.|seite|página)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:/|of|de|von)\s*\d{1,4})?(?:\s*[-–—|])?",
    re.IGNORECASE,
)
_EDGE_ROWS = 3
_EDGE_SHARE = 0.2
_GAP = 0.4
_SMALLER = 0.93


def edge_rows(rows: Sequence[Row], *, bottom: float, top: float) -> list[Row]:
    """Return the rows that may be furniture: the outermost ones of a page."""
    by_height = sorted(rows, key=lambda row: -row.y1)
    margin = _EDGE_SHARE * (top - bottom)
    upper = [row for row in by_height[:_EDGE_ROWS] if row.y0 > top - margin]
    lower = [row for row in by_height[-_EDGE_ROWS:] if row.y1 < bottom + margin]
    return [*upper, *(row for row in lower if row not in upper)]


def repeated(pages: Sequence[Sequence[Row]]) -> set[str]:
    """Return the texts, as `mask` writes them, that stand at the edges of several pages."""
    counts = Counter(key for rows in pages for key in {mask(row.text) for row in rows})
    fewest = 2 if len(pages) < 6 else 3
    return {key for key, count in counts.items() if count >= fewest and key}


def mask(text: str) -> str:
    """Return a running head's text with what changes from page to page left open."""
    return " ".join(_DIGITS.sub("#", text.casefold()).split())


def is_page_number(row: Row) -> bool:
    """Tell whether a row is nothing but a page number."""
    return _PAGE_NUMBER.fullmatch(row.text.strip()) is not None


def set_apart(candidates: Sequence[Row], rows: Sequence[Row], *, middle: float) -> list[Row]:
    """Return the candidates that do not run on into the text.

    Between a running head and the text there is a gap, or a change in the size of letters;
    rows of furniture that follow each other count as one.
    """
    apart: list[Row] = []
    # From the page's middle outwards, so that each row's inner neighbour is judged before it.
    for row in sorted(candidates, key=lambda item: abs(item.y0 - middle)):
        sign = 1 if row.y0 > middle else -1
        inner = [other for other in rows if sign * (row.y0 - other.y0) > _GAP * row.height]
        nearest = max(inner, key=lambda other: sign * other.y0, default=None)
        if nearest is None or nearest in apart or _is_parted(row, nearest):
            apart.append(row)
    return apart


def _is_parted(row: Row, other: Row) -> bool:
    gap = max(other.y0 - row.y1, row.y0 - other.y1)
    return gap > _GAP * row.height or row.height < _SMALLER * other.height
