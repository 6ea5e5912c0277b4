"""Finds tables among the rows of a PDF page by the columns their pieces line up in."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence

from briefwell.loaders.pdf_layout import Row
from briefwell.loaders.pdf_words import Segment
from briefwell.loaders.shape import starts_small
from briefwell.loaders.tables import Cell, header_rows, render

_FIGURE = re.compile(r"[-+(]?[$€£¥]?\d[\d.,/–-]*[%)]?$")
_FEWEST_ROWS = 3
_MOST_COLUMNS = 20
_MOST_WORDS = 8
_LEAST_FILLED = 0.8
_WIDEST_STEP = 2.6
_MOST_SMALL = 0.15
_LEAST_SHARED = 0.3

Interval = tuple[float, float]


def runs_of(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Yield the rows in runs, each with whether it is a table."""
    run: list[Row] = []
    for row in rows:
        if run and not _is_next(run[-1], row):
            yield from _judged(run)
            run = []
        run.append(row)
    if run:
        yield from _judged(run)


def table_text(rows: Sequence[Row]) -> tuple[str, int]:
    """Return a table's text and how many of its lines are column headings."""
    grid = _grid(rows)
    return render(grid, headers=header_rows(grid))


def _grid(rows: Sequence[Row]) -> list[list[Cell]]:
    columns = _columns(rows)
    has_bold_head = rows[0].is_bold and not any(row.is_bold for row in rows[1:])
    grid = []
    for number, row in enumerate(rows):
        texts: dict[tuple[int, int], list[str]] = {}
        for item in row.segments:
            for places, text in _placed(item, columns):
                texts.setdefault(places, []).append(text)
        line = [Cell("") for _ in columns]
        for (first, last), words in texts.items():
            cell = Cell(" ".join(words), is_heading=has_bold_head and number == 0)
            line[first : last + 1] = [cell] * (last + 1 - first)
        grid.append(line)
    return grid


def _is_next(above: Row, below: Row) -> bool:
    """Tell whether two rows may belong to one table, or both to running text."""
    if (len(above.segments) > 1) != (len(below.segments) > 1) or above.column != below.column:
        return False
    step = above.y0 - below.y0
    return len(above.segments) == 1 or 0 < step < _WIDEST_STEP * max(above.height, below.height)


def _judged(run: list[Row]) -> Iterator[tuple[bool, list[Row]]]:
    yield _is_table(run), run


def _is_table(run: list[Row]) -> bool:
    if len(run) < _FEWEST_ROWS or len(run[0].segments) < 2:
        return False
    columns = _columns(run)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return False
    grid = _grid(run)
    filled = [sum(1 for cell in row if cell.text) for row in grid]
    if sum(2 * count >= len(columns) for count in filled) < _LEAST_FILLED * len(run):
        return False
    # Two columns of running text line up too, but in long pieces; and a cell that runs over
    # several lines, which begin small, cannot be put together again from rows.
    cells = [cell.text for row in grid for cell in row if cell.text]
    if sum(starts_small(text) for text in cells) > _MOST_SMALL * len(cells):
        return False
    is_terse = statistics.median(len(text.split()) for text in cells) <= _MOST_WORDS
    return is_terse and header_rows(grid) > 0


def _columns(rows: Sequence[Row]) -> list[Interval]:
    """Return the strips in which the pieces stand: those of the rows that have the most."""
    most = max(len(row.segments) for row in rows)
    fullest = [row for row in rows if len(row.segments) == most]
    strips = _strips(fullest)
    return strips if len(strips) == most else _strips(rows)


def _strips(rows: Sequence[Row]) -> list[Interval]:
    strips: list[Interval] = []
    for item in sorted((s for row in rows for s in row.segments), key=lambda s: s.x0):
        if strips and item.x0 < strips[-1][1]:
            strips[-1] = (strips[-1][0], max(strips[-1][1], item.x1))
        else:
            strips.append((item.x0, item.x1))
    return strips


def _placed(item: Segment, columns: Sequence[Interval]) -> list[tuple[tuple[int, int], str]]:
    """Return the columns of a piece with its text; figures over as many columns are parted.

    Narrow columns let the years of a heading stand so close that they were read as one piece.
    """
    first, last = _places(item, columns)
    words = item.text.split()
    if last > first and len(words) == last - first + 1 and all(_FIGURE.match(w) for w in words):
        return [((place, place), word) for place, word in enumerate(words, start=first)]
    return [((first, last), item.text)]


def _places(item: Segment, columns: Sequence[Interval]) -> tuple[int, int]:
    """Return the first and the last column a piece stands in."""
    shared = [
        place
        for place, (left, right) in enumerate(columns)
        if min(item.x1, right) - max(item.x0, left) > _LEAST_SHARED * (right - left)
    ]
    if len(shared) > 1:
        return shared[0], shared[-1]
    middle = (item.x0 + item.x1) / 2
    nearest = min(
        range(len(columns)),
        key=lambda place: max(columns[place][0] - middle, middle - columns[place][1]),
    )
    return nearest, nearest
