"""Writes a table as lines that can be quoted: each row carries its row and column headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefwell.loaders.dates import parse_date

_NUMBER = re.compile(r"[-+–(]?[$€£¥]?\s?\d[\d.,\s]*(?:%|\)|bn|m|k)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[/–-]\d{2,4})?")
_MOST_HEADER_ROWS = 3
_FEWEST_YEARS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell of a table; one that spans places is the same object in each of them."""

    text: str
    is_heading: bool = False
    columns: int = 1
    rows: int = 1


def grid_of(rows: Sequence[Sequence[Cell]], *, most_columns: int = 200) -> list[list[Cell]]:
    """Return rows of equal length in which spanning cells fill every place they span."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        line: list[Cell] = []
        queue = list(row)
        while len(line) < most_columns and (queue or any(c >= len(line) for c in hanging)):
            column = len(line)
            if column in hanging:
                cell, left = hanging.pop(column)
                if left > 1:
                    hanging[column] = (cell, left - 1)
                line.append(cell)
                continue
            if not queue:
                line.append(Cell(""))
                continue
            cell = queue.pop(0)
            for place in range(column, min(column + max(1, cell.columns), most_columns)):
                if cell.rows > 1:
                    hanging[place] = (cell, cell.rows - 1)
                line.append(cell)
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [[*line, *(Cell("") for _ in range(width - len(line)))] for line in grid]


def header_rows(grid: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows at the top hold column headings.

    Those that are marked as headings count; without marks, a first row of words over figures.
    """
    marked = 0
    for row in grid[:_MOST_HEADER_ROWS]:
        filled = [cell for cell in row if cell.text]
        if not filled or not all(cell.is_heading for cell in filled):
            break
        marked += 1
    if marked and marked < len(grid):
        return marked
    if len(grid) < 2 or len(grid[0]) < 2:
        return 0
    if is_year_head([cell.text for cell in grid[0]]):
        return 1
    if any(_is_number(cell.text) for cell in grid[0]):
        return 0
    has_all = all(cell.text for cell in grid[0][1:]) and len({id(c) for c in grid[0]}) > 1
    has_figures = any(_is_number(cell.text) for row in grid[1:] for cell in row[1:])
    return int(has_all and has_figures)


def is_year_head(row: Sequence[str]) -> bool:
    """Tell whether a row is a name, or nothing, and then different years: `Port, 2018, 2019`."""
    years = [text.strip() for text in row[1:]]
    is_distinct = len(years) >= _FEWEST_YEARS and len(set(years)) == len(years)
    return is_distinct and not _is_number(row[0]) and all(_YEAR.fullmatch(year) for year in years)


def render(grid: Sequence[Sequence[Cell]], *, headers: int) -> tuple[str, int]:
    """Return the table as text, one line a row, and how many lines are column headings.

    A row of data reads `Row heading — Column: value; Column: value`, so that any part of the
    line that is quoted can be read without the rest of the table.
    """
    columns = [
        " / ".join(
            dict.fromkeys(row[place].text.rstrip(":") for row in grid[:headers] if row[place].text)
        )
        for place in range(len(grid[0]) if grid else 0)
    ]
    lines = [" | ".join(_distinct(row)) for row in grid[:headers]]
    count = sum(bool(line) for line in lines)
    lines += [_row(row, columns) for row in grid[headers:]]
    return "\n".join(line for line in lines if line), count


def _distinct(row: Sequence[Cell]) -> list[str]:
    return [
        cell.text
        for place, cell in enumerate(row)
        if cell.text and (place == 0 or row[place - 1] is not cell)
    ]


def _row(row: Sequence[Cell], columns: Sequence[str]) -> str:
    if not row or not _distinct(row):
        return ""
    first = row[0]
    # A date or a figure is a value under its own heading, not the name of the row.
    is_value = _is_number(first.text) or parse_date(first.text) is not None
    has_heading = bool(first.text) and (first.is_heading or not is_value)
    parts: list[str] = []
    place = 1 if has_heading else 0
    while place < len(row):
        cell, start = row[place], place
        while place < len(row) and row[place] is cell:
            place += 1
        if not cell.text or cell is first and has_heading:
            continue
        heading = " / ".join(dict.fromkeys(name for name in columns[start:place] if name))
        parts.append(f"{heading}: {cell.text}" if heading else cell.text)
    if not has_heading:
        return "; ".join(parts)
    if not parts:
        return first.text
    if len(parts) == 1 and not any(columns):
        return f"{first.text.rstrip(':')}: {parts[0]}"
    return f"{first.text.rstrip(':')} — {'; '.join(parts)}"


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None
