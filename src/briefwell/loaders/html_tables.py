"""Tables of a web page: told from mere layout, read with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.etree
from lxml.html import HtmlElement

from briefwell.loaders.html_visible import SKIPPED, Page
from briefwell.loaders.tables import Cell, grid_of, header_rows, render

_LONGEST_CELL = 600
_MOST_SPAN = 200
_BREAKING = frozenset("br p div li tr td th h1 h2 h3 h4 h5 h6 table ul ol dt dd".split())


def is_data_table(table: HtmlElement) -> bool:
    """Tell whether a table holds data rather than the layout of the page."""
    if (table.get("role") or "").casefold() in ("presentation", "none"):
        return False
    rows = list(_rows(table))
    widths = [sum(1 for _ in _cells(row)) for row in rows]
    if not rows or max(widths) < 2:
        return False
    if any(True for row in rows for cell in _cells(row) if cell.tag == "th"):
        return True
    if len(rows) < 2 or next(table.iterdescendants("table"), None) is not None:
        return False
    if next(table.iter("h1", "h2", "h3", "form"), None) is not None:
        return False
    lengths = [len("".join(cell.itertext()).strip()) for row in rows for cell in _cells(row)]
    return max(lengths) <= _LONGEST_CELL


def table_text(table: HtmlElement, page: Page) -> tuple[str, str, int]:
    """Return a table's caption, its text, and how many lines of it are column headings."""
    caption = next((child for child in table if child.tag == "caption"), None)
    rows = [
        [
            Cell(
                cell_text(cell, page),
                is_heading=cell.tag == "th",
                columns=_span(cell.get("colspan")),
                rows=_span(cell.get("rowspan")),
            )
            for cell in _cells(row)
        ]
        for row in _rows(table)
        if not page.is_hidden(row)
    ]
    grid = [row for row in grid_of(rows) if row]
    text, header_lines = render(grid, headers=header_rows(grid))
    return (cell_text(caption, page) if caption is not None else ""), text, header_lines


def cell_text(cell: HtmlElement, page: Page) -> str:
    """Return the visible words of a cell on one line."""
    pieces = [cell.text or ""]
    walk = lxml.etree.iterwalk(cell, events=("start", "end"))
    left_out: set[HtmlElement] = set()
    for event, element in walk:
        if element is cell:
            continue
        if event == "end":
            if element.tag in _BREAKING:
                pieces.append(" ")
            left_out.discard(element)
            pieces.append(element.tail or "")
        elif element.tag in SKIPPED or page.is_hidden(element):
            left_out.add(element)
            walk.skip_subtree()
        else:
            pieces.append(" " if element.tag in _BREAKING else "")
            pieces.append(element.text or "")
    return " ".join("".join(pieces).split())


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _span(value: str | None) -> int:
    return min(int(value), _MOST_SPAN) if value and value.isdecimal() and len(value) < 6 else 1
