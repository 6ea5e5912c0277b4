"""Tables of a Word document, with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml.etree import _Element

from briefwell.loaders.docx_package import Parts, find, is_on, value_of
from briefwell.loaders.docx_text import ParagraphText, read_paragraph
from briefwell.loaders.tables import Cell, grid_of, header_rows, render

_LONGEST_CELL = 600
_MOST_SPAN = 200


def is_layout(table: _Element) -> bool:
    """Tell whether a table only arranges text: one cell a row, or cells of whole passages."""
    widths = [sum(1 for _ in _cells(row)) for row in _rows(table)]
    if not widths or max(widths) < 2:
        return True
    lengths = [
        sum(len(piece.text or "") for piece in cell.iter(qn("w:t"))) for cell in layout_cells(table)
    ]
    return max(lengths) > _LONGEST_CELL


def layout_cells(table: _Element) -> Iterator[_Element]:
    """Yield the cells of a table, row by row."""
    return (cell for row in _rows(table) for cell in _cells(row))


def table_text(table: _Element, parts: Parts) -> tuple[str, int, list[ParagraphText]]:
    """Return a table's text, its lines of column headings, and the paragraphs it was read from."""
    reads: list[ParagraphText] = []
    rows: list[list[Cell]] = []
    above: dict[int, Cell] = {}
    for row in _rows(table):
        is_heading = is_on(row, "w:trPr/w:tblHeader")
        line: list[Cell] = []
        for cell in _cells(row):
            column = sum(item.columns for item in line)
            merged = find(cell, "w:tcPr/w:vMerge")
            if merged is not None and merged.get(qn("w:val")) != "restart" and column in above:
                line.append(above[column])
                continue
            paragraphs = [
                read_paragraph(item, parts, in_table=True) for item in cell.iter(qn("w:p"))
            ]
            reads += paragraphs
            words = " ".join(" ".join(read.text.split()) for read in paragraphs if read.text)
            is_bold = not rows and any(read.is_bold for read in paragraphs)
            line.append(Cell(words, is_heading=is_heading or is_bold, columns=_span(cell)))
            above[column] = line[-1]
        rows.append(line)
    grid = [row for row in grid_of(rows) if row]
    text, header_lines = render(grid, headers=header_rows(grid))
    return text, header_lines, reads


def _span(cell: _Element) -> int:
    value = value_of(cell, "w:tcPr/w:gridSpan") or "1"
    return min(int(value), _MOST_SPAN) if value.isdecimal() and len(value) < 6 else 1


def _rows(table: _Element) -> Iterator[_Element]:
    return _children(table, "w:tr")


def _cells(row: _Element) -> Iterator[_Element]:
    return _children(row, "w:tc")


def _children(parent: _Element, name: str) -> Iterator[_Element]:
    """Yield the children called `name`, those inside content controls too."""
    for child in parent:
        if child.tag == qn(name):
            yield child
        elif child.tag == qn("w:sdt"):
            content = find(child, "w:sdtContent")
            if content is not None:
                yield from (item for item in content if item.tag == qn(name))
