"""Web pages: what a reader of the page sees, block by block; its chrome marked as furniture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from briefwell.errors import UnreadableDocument
from briefwell.loaders.base import DocumentBuilder, Limits, Parsed, check_length
from briefwell.loaders.decoding import decode
from briefwell.loaders.furniture import is_cookie_notice, is_furniture, is_menu_word
from briefwell.loaders.html_head import (
    declared_encoding,
    page_author,
    page_date,
    page_language,
    page_title,
)
from briefwell.loaders.html_tables import is_data_table, table_text
from briefwell.loaders.html_visible import SKIPPED, Page
from briefwell.types import BlockKind

_BLOCK_TAGS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav
    ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "dl", "menu"))
_EDGE = 4
_LONGEST_LINK = 80
_SHORTEST_PROSE = 140
_SHORTEST_SENTENCE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    """A block before furniture is settled; `linked` counts the characters inside links."""

    kind: BlockKind
    text: str
    level: int = 0
    header_lines: int = 0
    linked: int = 0

    @property
    def is_links(self) -> bool:
        return len(self.text) <= _LONGEST_LINK and self.linked >= 0.8 * len(self.text)


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Return the visible text of a web page, its blocks and what it states about itself.

    Nothing is fetched and no entity is expanded from outside. Scripts, styles, comments and
    hidden elements are left out; menus, headers, footers and cookie notices are furniture.

    Raises:
        UnreadableDocument: No text, too long, or nested too deeply.
    """
    root = _tree(decode(data, declared=declared_encoding(data)))
    builder = DocumentBuilder(limits)
    for raw in _settled(_Reader(root, limits).read()):
        builder.add(raw.kind, raw.text, level=raw.level, header_lines=raw.header_lines)
    text, blocks, _ = builder.finish()
    return Parsed(
        text=text,
        blocks=blocks,
        title=page_title(root),
        author=page_author(root),
        date=page_date(root),
        language=page_language(root),
    )


def _tree(text: str) -> HtmlElement:
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = text.lstrip("\ufeff").replace("\x00", " ").encode("utf-8")
    try:
        root: HtmlElement | None = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        root = None
    if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
        # The parser would go on with the part of the page it had room for.
        raise MemoryError
    if root is None:
        raise UnreadableDocument(
            "The web page holds no text.", "Remove it, or save the page again."
        )
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableDocument(
            "The web page is nested more than 2,048 elements deep.",
            "Save a simplified copy of the page, or its text.",
        )
    return root


class _Reader:
    """Walks a page's elements in order and gathers blocks."""

    def __init__(self, root: HtmlElement, limits: Limits) -> None:
        self._root = root
        self._limits = limits
        self._length = 0
        self._page = Page(root)
        self._blocks: list[_Raw] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._kinds: list[tuple[HtmlElement, BlockKind, int]] = []
        self._chrome: list[HtmlElement] = []
        self._lists = 0
        self._links = 0
        self._pre = 0

    def read(self) -> list[_Raw]:
        """Return the blocks in order, empty ones left out."""
        walk = lxml.etree.iterwalk(self._root, events=("start", "end"))
        left_out: set[HtmlElement] = set()
        for event, element in walk:
            if event == "end":
                if element not in left_out:
                    self._close(element)
                left_out.discard(element)
                self._say(element.tail if element is not self._root else None)
            elif self._is_left_out(element):
                left_out.add(element)
                walk.skip_subtree()
            elif element.tag == "table" and is_data_table(element):
                self._add_table(element)
                left_out.add(element)
                walk.skip_subtree()
            else:
                self._open(element)
        self._flush()
        return self._blocks

    def _is_left_out(self, element: HtmlElement) -> bool:
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            return True
        return _is_note_mark(element) or self._page.is_hidden(element)

    def _open(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCK_TAGS:
            self._flush()
            if not self._chrome and self._page.is_chrome(element):
                self._chrome.append(element)
        if tag in _HEADINGS:
            self._kinds.append((element, BlockKind.HEADING, _HEADINGS[tag]))
        elif tag in ("li", "dt", "dd"):
            level = min(6, max(1, self._lists))
            self._kinds.append((element, BlockKind.LIST_ITEM, level))
        elif tag == "pre":
            self._kinds.append((element, BlockKind.CODE, 0))
            self._pre += 1
        elif tag == "br":
            self._break()
        self._lists += tag in _LISTS
        self._links += tag == "a"
        if tag == "q":
            self._pieces.append("“")
        self._say(element.text)

    def _close(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "q":
            self._pieces.append("”")
        if tag in _BLOCK_TAGS:
            self._flush()
        if self._kinds and self._kinds[-1][0] is element:
            self._kinds.pop()
        if self._chrome and self._chrome[-1] is element:
            self._chrome.pop()
        self._pre -= tag == "pre"
        self._lists -= tag in _LISTS
        self._links -= tag == "a"

    def _say(self, text: str | None) -> None:
        if text:
            self._pieces.append(text if self._pre else " ".join(f"x{text}x".split())[1:-1])
            if self._links:
                self._linked += len(text.strip())

    def _break(self) -> None:
        """A line break; two in a row, with nothing between them, part paragraphs."""
        tail = [piece for piece in self._pieces[-2:] if piece.strip(" ")]
        if tail and tail[-1] == "\n" and not self._pre:
            self._flush()
        elif self._pieces or self._pre:
            self._pieces.append("\n")

    def _flush(self) -> None:
        whole = "".join(self._pieces)
        text = whole.strip("\n") if self._pre else _tidy(whole)
        if text.strip():
            self._length += len(text)
            check_length(self._length, self._limits)
            _, kind, level = self._kinds[-1] if self._kinds else (None, BlockKind.PARAGRAPH, 0)
            # The document's own title may stand in the page's header.
            is_title = kind is BlockKind.HEADING and level == 1
            if self._chrome and not is_title:
                kind, level = BlockKind.FURNITURE, 0
            self._blocks.append(_Raw(kind=kind, text=text, level=level, linked=self._linked))
        self._pieces.clear()
        self._linked = 0

    def _add_table(self, element: HtmlElement) -> None:
        self._flush()
        caption, text, header_lines = table_text(element, self._page)
        if caption:
            self._blocks.append(_Raw(kind=BlockKind.PARAGRAPH, text=caption))
        if text:
            kind = BlockKind.FURNITURE if self._chrome else BlockKind.TABLE
            lines = 0 if self._chrome else header_lines
            self._blocks.append(_Raw(kind=kind, text=text, header_lines=lines))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _is_note_mark(element: HtmlElement) -> bool:
    """Tell whether an element is only the number of a footnote, linked to it."""
    if element.tag != "sup":
        return False
    link = next(element.iter("a"), None)
    mark = "".join(element.itertext()).strip().strip("[]()")
    is_inside = link is not None and (link.get("href") or "").startswith("#")
    return is_inside and len(mark) <= 4 and (mark.isdigit() or not mark.isalnum() or len(mark) == 1)


def _settled(blocks: list[_Raw]) -> list[_Raw]:
    """Return the blocks with what reads like furniture marked as such.

    Short blocks that are only links are a menu where they stand above the first prose or
    below the last, three or more in a row; inside the document they are kept.
    """
    prose = [n for n, raw in enumerate(blocks) if _is_prose(raw, _SHORTEST_PROSE)]
    prose = prose or [n for n, raw in enumerate(blocks) if _is_prose(raw, _SHORTEST_SENTENCE)]
    first, last = (prose[0], prose[-1]) if prose else (len(blocks), -1)
    settled: list[_Raw] = []
    for number, raw in enumerate(blocks):
        is_outside = bool(prose) and not first <= number <= last
        near = blocks[max(0, number - 2) : number + 3]
        links = sum(1 + item.text.count("\n") for item in near if item.is_links)
        is_menu = is_outside and raw.is_links and links >= 3
        is_edge = number < _EDGE or number >= len(blocks) - _EDGE
        if raw.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and (
            is_menu
            or is_furniture(raw.text)
            or raw.is_links
            and is_menu_word(raw.text)
            or is_edge
            and is_cookie_notice(raw.text)
        ):
            raw = replace(raw, kind=BlockKind.FURNITURE, level=0)
        settled.append(raw)
    return settled


def _is_prose(raw: _Raw, shortest: int) -> bool:
    return (
        raw.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        and len(raw.text) >= shortest
        and raw.linked < 0.5 * len(raw.text)
    )
