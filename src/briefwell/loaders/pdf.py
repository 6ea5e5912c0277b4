"""PDF: words in reading order, lines joined into paragraphs, running heads as furniture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from briefwell.errors import UnreadableDocument
from briefwell.loaders.base import DocumentBuilder, Limits, Parsed, check_length
from briefwell.loaders.file_metadata import (
    chosen_title,
    stated_author,
    stated_date,
    stated_title,
)
from briefwell.loaders.furniture import heads_contents
from briefwell.loaders.pdf_blocks import Raw, blocks_of, body_size, levelled, usual_leading
from briefwell.loaders.pdf_furniture import edge_rows, is_page_number, mask, repeated, set_apart
from briefwell.loaders.pdf_layout import Row, ordered_rows
from briefwell.loaders.pdf_words import read_page
from briefwell.loaders.shape import ends_sentence, starts_small
from briefwell.types import Block, BlockKind, Page

_FEWEST_LETTERS = 16
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageRows:
    rows: list[Row]
    bottom: float = 0.0
    top: float = 0.0
    hidden: str = ""
    is_broken: bool = False


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Return the text of a PDF, its blocks, pages and properties.

    Attachments, links, scripts and notes are not read; nothing is fetched. A page that cannot
    be read says so in a line of furniture.

    Raises:
        UnreadableDocument: Locked, damaged, without text, or over a limit.
    """
    document = _opened(data)
    try:
        if len(document) > limits.pages:
            raise UnreadableDocument(
                f"The PDF has {len(document):,} pages; at most {limits.pages:,} are read.",
                "Split it into smaller files, or raise max_pages.",
            )
        pages = list(_pages(document, limits))
        is_scanned = _is_scanned(document, pages)
        properties = document.get_metadata_dict()
    finally:
        document.close()
    if all(page.is_broken for page in pages):
        raise UnreadableDocument("The PDF is damaged.", "Save it again from its own program.")
    if not any(page.rows for page in pages) or is_scanned:
        raise UnreadableDocument(
            "The PDF has no text: its pages are empty or scanned pictures.",
            "Run text recognition (OCR) on it, then reindex.",
        )
    return _built(pages, properties, limits)


def _is_scanned(document: pdfium.PdfDocument, pages: list[_PageRows]) -> bool:
    """Tell whether the pages are pictures with no more text than a stamp on each."""
    letters = sum(len(row.text) for page in pages for row in page.rows)
    if letters >= _FEWEST_LETTERS * len(pages):
        return False
    pictures = (
        next(document[number].get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]), None)
        for number, page in enumerate(pages[:_LOOKED_AT])
        if not page.is_broken
    )
    return sum(picture is not None for picture in pictures) > len(pages[:_LOOKED_AT]) / 2


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise UnreadableDocument(
                "This PDF needs a password.", "Save a copy without the password, then reindex."
            ) from error
        if "security" in str(error).casefold():
            raise UnreadableDocument(
                "This PDF is locked in a way that cannot be opened.", "Save an unlocked copy."
            ) from error
        raise UnreadableDocument(
            "The PDF is damaged and cannot be opened.",
            "Open it in its own program and save it again, or fetch a fresh copy.",
        ) from error


def _pages(document: pdfium.PdfDocument, limits: Limits) -> Iterator[_PageRows]:
    has_form = document.get_formtype() != pdfium.raw.FORMTYPE_NONE
    if has_form:
        document.init_forms()
    length = 0
    for number in range(len(document)):
        try:
            page = document[number]
            if has_form and page.flatten() == pdfium.raw.FLATTEN_SUCCESS:
                # What was filled into a form becomes part of the page, and is read with it.
                page.close()
                page = document[number]
            text_page = page.get_textpage()
            text = read_page(page, text_page)
            text_page.close()
            page.close()
        except pdfium.PdfiumError:
            yield _PageRows(rows=[], is_broken=True)
            continue
        length += len(text.hidden) + sum(len(segment.text) for segment in text.segments)
        check_length(length, limits)
        yield _PageRows(
            rows=ordered_rows(text.segments), bottom=text.bottom, top=text.top, hidden=text.hidden
        )


def _built(pages: list[_PageRows], properties: dict[str, str], limits: Limits) -> Parsed:
    heads, bodies = _parted(pages)
    size = body_size(row for rows in bodies for row in rows)
    leading = usual_leading(bodies)
    blocks = levelled([blocks_of(rows, body=size, leading=leading) for rows in bodies])
    assembly = _Assembly(DocumentBuilder(limits))
    for number, (head, page) in enumerate(zip(heads, blocks, strict=True), start=1):
        if pages[number - 1].is_broken:
            head = [f"[Page {number} could not be read.]"]
        assembly.add_page(number, head, page)
    text, placed, spans = assembly.finish()
    shown = _shown_title(blocks)
    return Parsed(
        text=text,
        blocks=placed,
        pages=spans,
        title=chosen_title(stated_title(properties.get("Title")), shown, text),
        author=stated_author(properties.get("Author")),
        date=stated_date(properties.get("CreationDate")),
    )


def _parted(pages: list[_PageRows]) -> tuple[list[list[str]], list[list[Row]]]:
    """Part each page's rows into furniture, as text, and body."""
    edges = [edge_rows(page.rows, bottom=page.bottom, top=page.top) for page in pages]
    running = repeated(edges)
    heads: list[list[str]] = []
    bodies: list[list[Row]] = []
    for page, edge in zip(pages, edges, strict=True):
        running_here = [row for row in edge if mask(row.text) in running or is_page_number(row)]
        furniture = set_apart(running_here, page.rows, middle=(page.bottom + page.top) / 2)
        heads.append([*(row.text for row in furniture), page.hidden])
        bodies.append([row for row in page.rows if row not in furniture])
    return heads, bodies


def _shown_title(pages: list[list[Raw]]) -> str | None:
    for raw in pages[0] if pages else []:
        if raw.kind is BlockKind.HEADING and raw.level <= 2 and not heads_contents(raw.text):
            return " ".join(raw.text.split())
    return None


class _Assembly:
    """Joins pages into one text; a paragraph cut by a page's end is made whole."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._open: Raw | None = None
        self._starts: list[tuple[int, int]] = []
        self._held: list[str] = []

    def add_page(self, number: int, furniture: list[str], blocks: list[Raw]) -> None:
        """Append a page: what continues the page before, its furniture, then the rest."""
        rest = blocks
        if self._open is not None and blocks and _continues(self._open, blocks[0]):
            offset = len(self._open.text) + 1
            self._starts.append((number, offset))
            self._open = replace(self._open, text=f"{self._open.text}\n{blocks[0].text}")
            rest = blocks[1:]
            self._held += furniture
            if not rest:
                return
            self._flush()
        else:
            self._flush()
            self._builder.begin_page(number)
            self._held += furniture
        self._emit_furniture()
        for raw in rest[:-1]:
            self._builder.add(raw.kind, raw.text, level=raw.level, header_lines=raw.header_lines)
        self._open = rest[-1] if rest else None

    def finish(self) -> tuple[str, tuple[Block, ...], tuple[Page, ...]]:
        """Return what the builder has built."""
        self._flush()
        self._emit_furniture()
        return self._builder.finish()

    def _flush(self) -> None:
        raw, self._open = self._open, None
        if raw is None:
            return
        span = self._builder.add(raw.kind, raw.text, level=raw.level, header_lines=raw.header_lines)
        for number, offset in self._starts:
            self._builder.begin_page(number, at=(span.start if span else 0) + offset)
        self._starts = []

    def _emit_furniture(self) -> None:
        for text in self._held:
            self._builder.add(BlockKind.FURNITURE, text)
        self._held = []


def _continues(above: Raw, below: Raw) -> bool:
    return (
        above.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        and below.kind is BlockKind.PARAGRAPH
        and not ends_sentence(above.text)
        and starts_small(below.text)
    )
