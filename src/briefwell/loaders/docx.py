"""Word documents: body, notes and text boxes in reading order; headers and footers as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from docx.oxml.ns import qn
from lxml.etree import _Element

from briefwell.loaders.base import DocumentBuilder, Limits, Parsed
from briefwell.loaders.docx_package import Parts, find, open_package, value_of
from briefwell.loaders.docx_tables import is_layout, layout_cells, table_text
from briefwell.loaders.docx_text import ParagraphText, read_paragraph
from briefwell.loaders.file_metadata import chosen_title, stated_author, stated_date, stated_title
from briefwell.loaders.furniture import is_furniture
from briefwell.loaders.shape import ends_sentence
from briefwell.types import BlockKind

_HEADING_NAME = re.compile(r"heading ([1-9])")
_CONTENTS_NAME = re.compile(r"(?:toc|table of (?:contents|figures)|index)\b.*")
_LONGEST_BOLD_HEADING = 100
_TEMPLATE_MADE = datetime(2013, 12, 23, 23, 15, tzinfo=UTC)
"""When python-docx's own template was made: every document built on it claims this date."""

_WRAPPERS = frozenset(qn(f"w:{name}") for name in ("customXml", "ins", "moveTo", "smartTag"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    kind: BlockKind
    text: str
    level: int = 0
    header_lines: int = 0
    is_bold: bool = False
    is_title: bool = False


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Return the visible text of a Word document, its blocks and its properties.

    Nothing outside the file is opened. Deleted and hidden text, comments and pictures'
    descriptions are left out.

    Raises:
        UnreadableDocument: Locked, damaged, not a Word document, or over a limit.
    """
    document = open_package(data, limits=limits)
    reader = _Reader(Parts(document))
    blocks = [
        *reader.furniture(reader.parts.headers()),
        *_headed(list(reader.body(document.element.body))),
        *reader.furniture(reader.parts.footers()),
    ]
    builder = DocumentBuilder(limits)
    for raw in blocks:
        builder.add(raw.kind, raw.text, level=raw.level, header_lines=raw.header_lines)
    text, placed, _ = builder.finish()
    properties = document.core_properties
    shown = next((" ".join(raw.text.split()) for raw in blocks if raw.is_title), None)
    created = properties.created or properties.modified
    is_template = properties.author == "python-docx" or created == _TEMPLATE_MADE
    return Parsed(
        text=text,
        blocks=placed,
        title=chosen_title(stated_title(properties.title), shown, text),
        author=stated_author(properties.author),
        date=stated_date(created.date().isoformat()) if created and not is_template else None,
    )


class _Reader:
    """Turns the elements of a Word document into blocks."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def furniture(self, roots: Iterable[_Element]) -> list[_Raw]:
        """Return the texts of headers or footers, each once."""
        texts = [
            read_paragraph(paragraph, self.parts).text
            for root in roots
            for paragraph in root.iter(qn("w:p"))
        ]
        return [_Raw(kind=BlockKind.FURNITURE, text=text) for text in dict.fromkeys(texts) if text]

    def body(self, parent: _Element) -> Iterator[_Raw]:
        """Yield the blocks of the paragraphs and tables below `parent`."""
        for element in _content(parent):
            if element.tag == qn("w:tbl"):
                yield from self._table(element)
            else:
                yield from self._paragraph(element)

    def _paragraph(self, element: _Element) -> Iterator[_Raw]:
        read = read_paragraph(element, self.parts)
        raw = self._raw(element, read)
        if raw.text:
            yield raw
        yield from self._attached(read)

    def _attached(self, read: ParagraphText) -> Iterator[_Raw]:
        for key in read.notes:
            note = self.parts.notes.get(key)
            if note is not None:
                words = [read_paragraph(item, self.parts).text for item in note.iter(qn("w:p"))]
                yield _Raw(kind=BlockKind.PARAGRAPH, text="\n".join(word for word in words if word))
        for box in read.boxes:
            yield from self.body(box)

    def _raw(self, element: _Element, read: ParagraphText) -> _Raw:
        text = read.text
        style = self.parts.style(value_of(element, "w:pPr/w:pStyle"))
        if _CONTENTS_NAME.fullmatch(style.name) or is_furniture(text):
            return _Raw(kind=BlockKind.FURNITURE, text=text)
        if style.name == "title":
            return _Raw(kind=BlockKind.HEADING, text=text, level=1, is_title=True)
        level = self._heading_level(element)
        if level:
            return _Raw(kind=BlockKind.HEADING, text=text, level=level)
        number = value_of(element, "w:pPr/w:numPr/w:numId")
        if (number or style.is_list) and number != "0":
            depth = value_of(element, "w:pPr/w:numPr/w:ilvl")
            level = int(depth) if depth and depth.isdecimal() else style.list_level
            return _Raw(kind=BlockKind.LIST_ITEM, text=text, level=min(6, level + 1))
        return _Raw(kind=BlockKind.PARAGRAPH, text=text, is_bold=read.is_bold)

    def _heading_level(self, element: _Element) -> int:
        style = self.parts.style(value_of(element, "w:pPr/w:pStyle"))
        named = _HEADING_NAME.match(style.name)
        own = value_of(element, "w:pPr/w:outlineLvl")
        if own is not None and own.isdecimal():
            return min(6, int(own) + 1) if int(own) < 9 else 0
        return min(6, int(named[1]) if named else style.outline)

    def _table(self, table: _Element) -> Iterator[_Raw]:
        if is_layout(table):
            for cell in layout_cells(table):
                yield from self.body(cell)
            return
        text, header_lines, reads = table_text(table, self.parts)
        if text:
            yield _Raw(kind=BlockKind.TABLE, text=text, header_lines=header_lines)
        for read in reads:
            yield from self._attached(read)


def _content(parent: _Element) -> Iterator[_Element]:
    """Yield the paragraphs and tables of `parent`, those in content controls too."""
    stack = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag == qn("w:sdt"):
            content = find(element, "w:sdtContent")
            if content is not None:
                stack.append(iter(content))
        elif element.tag in _WRAPPERS:
            stack.append(iter(element))


def _headed(blocks: list[_Raw]) -> list[_Raw]:
    """Return the blocks with short bold paragraphs that stand over others made headings.

    Where a title has a style of its own, the styled headings move one level below it.
    """
    has_title = any(raw.is_title for raw in blocks)
    headed: list[_Raw] = []
    base = 1
    for number, raw in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if raw.kind is BlockKind.HEADING and not raw.is_title:
            raw = replace(raw, level=min(6, raw.level + has_title))
            base = raw.level
        elif raw.is_bold and after is not None and _stands_over(raw, after):
            raw = replace(raw, kind=BlockKind.HEADING, level=min(6, base + 1))
        headed.append(raw)
    return headed


def _stands_over(raw: _Raw, after: _Raw) -> bool:
    return (
        raw.kind is BlockKind.PARAGRAPH
        and len(raw.text) <= _LONGEST_BOLD_HEADING
        and "\n" not in raw.text
        and (raw.text.endswith(":") or not ends_sentence(raw.text))
        and not after.is_bold
        and after.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE)
    )
