"""Puts the pieces of a page into reading order: columns first, then rows."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefwell.loaders.pdf_words import Segment
from briefwell.loaders.shape import starts_small

_FEWEST_ROWS = 5
_NARROWEST_GUTTER = 0.6
_LEAST_FILL = 0.45
_WIDEST_PAGE = 20_000
_FEWEST_WORDS = 3
_MARKER_LENGTH = 5
_BREAK = 1.5
_RUNNING_WORDS = 4
_RUNNING_SHARE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Pieces that stand on one line of one column, from left to right."""

    segments: tuple[Segment, ...]
    column: int = 0

    @property
    def text(self) -> str:
        """The words of the row."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def x0(self) -> float:
        """Left end."""
        return min(segment.x0 for segment in self.segments)

    @property
    def x1(self) -> float:
        """Right end."""
        return max(segment.x1 for segment in self.segments)

    @property
    def y0(self) -> float:
        """Lower end."""
        return min(segment.y0 for segment in self.segments)

    @property
    def y1(self) -> float:
        """Upper end."""
        return max(segment.y1 for segment in self.segments)

    @property
    def height(self) -> float:
        """Height of the letters of its longest piece."""
        return max(self.segments, key=lambda segment: len(segment.text)).height

    @property
    def is_bold(self) -> bool:
        """Whether all of it is set in bold type."""
        return all(segment.is_bold for segment in self.segments)


def ordered_rows(segments: Sequence[Segment]) -> list[Row]:
    """Return the rows of a page, each column read to its end before the next.

    Pieces that cross from one column into another (a title, a wide table) part the columns
    into what stands above them and what stands below.
    """
    return _read(list(segments), depth=0, column=0)


def _read(segments: list[Segment], *, depth: int, column: int) -> list[Row]:
    gutter = _gutter(segments) if depth < 2 else None
    if gutter is None:
        return _beside(rows_of(segments), column)
    found: list[Row] = []
    band: list[Segment] = []
    next_column = column

    def finish() -> None:
        nonlocal next_column
        left = [item for item in band if item.x1 <= gutter]
        right = [item for item in band if item.x1 > gutter]
        for side in (left, right):
            if side:
                next_column += 1
                found.extend(_read(side, depth=depth + 1, column=next_column * 10))
        band.clear()

    for row in rows_of(segments):
        if any(item.x0 < gutter < item.x1 for item in row.segments):
            finish()
            found.append(Row(segments=row.segments, column=column))
        else:
            band.extend(row.segments)
    finish()
    return found


def _beside(rows: list[Row], column: int) -> list[Row]:
    """Return the rows with running text parted from what stands beside it (a note, a list)."""
    found: list[Row] = []
    index = 0
    while index < len(rows):
        last, strip = _open_strip(rows, index)
        sides = [
            [item for row in rows[index:last] for item in row.segments if (item.x0 > strip) == side]
            for side in (False, True)
        ]
        if last - index > 1 and any(_is_running(rows_of(side)) for side in sides):
            for number, side in enumerate(sides, start=1):
                place = column + 1000 * (len(found) + 1) + number
                found += [Row(segments=row.segments, column=place) for row in rows_of(side)]
            index = last
        else:
            found.append(Row(segments=rows[index].segments, column=column))
            index += 1
    return found


def _open_strip(rows: list[Row], first: int) -> tuple[int, float]:
    """Return how far the rows from `first` on leave one strip of the page free, and where."""
    best = (first + 1, 0.0)
    pieces = rows[first].segments
    for left, right in pairwise(pieces):
        low, high = left.x1, right.x0
        last, pairs = first + 1, 1
        while last < len(rows) and rows[last - 1].y0 - rows[last].y1 < _BREAK * rows[last].height:
            free_low, free_high = _free(rows[last], low, high)
            if free_high - free_low < rows[last].height:
                break
            low, high = free_low, free_high
            pairs += rows[last].x0 < low and rows[last].x1 > high
            last += 1
        if pairs > 1 and last > best[0]:
            best = (last, (low + high) / 2)
    return best


def _free(row: Row, low: float, high: float) -> tuple[float, float]:
    """Return what of the strip `[low, high]` the pieces of a row leave free."""
    for item in row.segments:
        if item.x1 <= low or item.x0 >= high:
            continue
        if item.x0 <= low:
            low = item.x1
        else:
            high = min(high, item.x0)
    return low, high


def _is_running(rows: list[Row]) -> bool:
    """Tell whether rows read on from one to the next, as the lines of a paragraph do."""
    if len(rows) < 2 or statistics.median(len(row.text.split()) for row in rows) < _RUNNING_WORDS:
        return False
    return sum(starts_small(row.text) for row in rows) >= _RUNNING_SHARE * len(rows)


def rows_of(segments: Sequence[Segment]) -> list[Row]:
    """Return the rows of pieces that share a line, from the top down."""
    rows: list[list[Segment]] = []
    for item in sorted(segments, key=lambda s: (-(s.y0 + s.y1) / 2, s.x0)):
        row = rows[-1] if rows else None
        if row and _shares_line(row[0], item):
            row.append(item)
        else:
            rows.append([item])
    return [Row(segments=_in_line(row)) for row in rows]


def _shares_line(first: Segment, second: Segment) -> bool:
    overlap = min(first.y1, second.y1) - max(first.y0, second.y0)
    return overlap >= 0.55 * min(first.height, second.height)


def _in_line(row: list[Segment]) -> tuple[Segment, ...]:
    """Return the pieces from left to right, a bullet or number joined to what it stands before."""
    pieces = sorted(row, key=lambda item: item.x0)
    joined: list[Segment] = []
    for item in pieces:
        before = joined[-1] if joined else None
        if before and len(joined) == 1 and _is_marker(before.text):
            joined[-1] = Segment(
                text=f"{before.text} {item.text}",
                x0=before.x0,
                x1=item.x1,
                y0=item.y0,
                y1=item.y1,
                is_bold=item.is_bold,
            )
        else:
            joined.append(item)
    return tuple(joined)


def _is_marker(text: str) -> bool:
    return len(text) <= _MARKER_LENGTH and (
        not any(char.isalnum() for char in text) or text.endswith((".", ")"))
    )


def _gutter(segments: list[Segment]) -> float | None:
    """Return where two columns of text part, or None when there are no columns.

    The gutter is the widest strip in the page's middle that the fewest lines cross.
    """
    if len(segments) < 2 * _FEWEST_ROWS:
        return None
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    height = statistics.median(s.height for s in segments)
    if not height < right - left < _WIDEST_PAGE:
        return None
    covered = [0] * (int(right - left) + 2)
    for item in segments:
        for place in range(int(item.x0 - left) + 1, int(item.x1 - left) + 1):
            covered[place] += 1
    low, high = int(0.25 * len(covered)), int(0.75 * len(covered))
    most = min(covered[low:high], default=0) + max(1, len(segments) // 20)
    best, width, run = 0, 0, 0
    for place in range(low, high):
        run = run + 1 if covered[place] <= most else 0
        if run > width:
            best, width = place, run
    middle = left + best - width / 2
    if width < _NARROWEST_GUTTER * height:
        return None
    return middle if _are_columns(segments, middle, left, right) else None


def _are_columns(segments: list[Segment], gutter: float, left: float, right: float) -> bool:
    """Tell whether both sides hold lines of text, and not the cells of a table."""
    sides = (
        ([s for s in segments if s.x1 <= gutter], gutter - left),
        ([s for s in segments if s.x0 >= gutter], right - gutter),
    )
    for side, width in sides:
        rows = rows_of(side)
        if len(rows) < _FEWEST_ROWS:
            return False
        if statistics.median(row.x1 - row.x0 for row in rows) < _LEAST_FILL * width:
            return False
        if statistics.median(len(row.text.split()) for row in rows) < _FEWEST_WORDS:
            return False
    across = sum(s.x0 < gutter < s.x1 for s in segments)
    return across <= 0.5 * len(segments)
