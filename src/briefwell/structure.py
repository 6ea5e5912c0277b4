"""Where a place of a document stands: under which headings, on which pages, in which sentence.

Pure functions over `Document.blocks` and `Document.pages`. What is worked out once for a
document is remembered for as long as the same object is asked about again soon.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from briefwell.text import sentence_spans
from briefwell.types import Block, BlockKind, Document, Span

T = TypeVar("T")

MEMORY_CHARACTERS = 8_000_000
"""About how many characters of documents one `PerDocument` keeps its results for."""


class PerDocument(Generic[T]):
    """A function of a document whose results are kept for the documents asked about last.

    A result is found again by the document's identity, not by its id, so a document that was
    loaded anew is worked out anew. Safe to call from several threads.
    """

    def __init__(self, make: Callable[[Document], T]) -> None:
        self._make = make
        self._kept: OrderedDict[int, tuple[Document, T]] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def __call__(self, document: Document) -> T:
        """Return the function's value for `document`."""
        key = id(document)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        made = self._make(document)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (document, made)
                self._characters += len(document.text)
            while self._characters > MEMORY_CHARACTERS and len(self._kept) > 1:
                dropped, _ = self._kept.popitem(last=False)[1]
                self._characters -= len(dropped.text)
        return made

    def forget(self, document: Document) -> None:
        """Let go of `document` and its result."""
        with self._lock:
            if self._kept.pop(id(document), None) is not None:
                self._characters -= len(document.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A quotable sentence, list item sentence or table row of a document.

    Attributes:
        span: Where it stands; inside one block, no white space at its ends.
        block: Index into `Document.blocks`.
        heading_path: Titles of the enclosing headings, outermost first.
    """

    span: Span
    block: int
    heading_path: tuple[str, ...] = ()


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Return what can be quoted from `document`, in order.

    Headings and furniture are no statements and are skipped. A table gives one sentence for
    each row below its header; other blocks are split into sentences, list marks left out.
    """
    return _sentences(document)


def forget(document: Document) -> None:
    """Let go of what was worked out here for a document that is not asked about any more."""
    for function in (_page_starts, _block_starts, _heading_paths, _sentences):
        function.forget(document)


def heading_path_at(document: Document, offset: int) -> tuple[str, ...]:
    """Return the titles of the headings over `offset`, outermost first; not the one it is in."""
    starts, paths = _heading_paths(document)
    at = bisect_right(starts, offset) - 1
    return paths[at] if at >= 0 else ()


def pages_at(document: Document, span: Span) -> tuple[int, ...]:
    """Return the numbers of the pages that share at least one code point with `span`."""
    starts = _page_starts(document)
    first = max(bisect_right(starts, span.start) - 1, 0)
    near = document.pages[first : bisect_left(starts, span.end)]
    return tuple(page.number for page in near if page.span.is_overlapping(span))


def blocks_at(document: Document, span: Span) -> range:
    """Return the indexes of the blocks that share at least one code point with `span`."""
    starts = _block_starts(document)
    first = max(bisect_right(starts, span.start) - 1, 0)
    if first < len(starts) and document.blocks[first].span.end <= span.start:
        first += 1
    return range(first, max(first, bisect_left(starts, span.end)))


def is_furniture(document: Document, span: Span) -> bool:
    """Tell whether any part of `span` is page furniture."""
    touched = (document.blocks[index] for index in blocks_at(document, span))
    return any(block.kind is BlockKind.FURNITURE for block in touched)


_HEADING_MARKS = re.compile(r"^\s*#{1,6}\s+|\s+#+\s*$|\n\s*(?:=+|-+)\s*$")


def heading_title(document: Document, block: Block) -> str:
    """Return a heading's words on one line, without the marks Markdown puts around them."""
    return " ".join(_HEADING_MARKS.sub("", block.span.cut(document.text)).split())


@PerDocument
def _page_starts(document: Document) -> list[int]:
    return [page.span.start for page in document.pages]


@PerDocument
def _block_starts(document: Document) -> list[int]:
    return [block.span.start for block in document.blocks]


@PerDocument
def _heading_paths(document: Document) -> tuple[list[int], list[tuple[str, ...]]]:
    starts: list[int] = []
    paths: list[tuple[str, ...]] = []
    stack: list[tuple[int, str]] = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            continue
        while stack and stack[-1][0] >= block.level:
            stack.pop()
        starts.append(block.span.start)
        paths.append(tuple(title for _, title in stack))
        stack.append((block.level, heading_title(document, block)))
        starts.append(block.span.end)
        paths.append(tuple(title for _, title in stack))
    return starts, paths


@PerDocument
def _sentences(document: Document) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(span=span, block=index, heading_path=heading_path_at(document, span.start))
        for index, block in enumerate(document.blocks)
        for span in _statements(document.text, block)
    )


_LIST_MARK = re.compile(r"\s*(?:>\s*)*(?:[-*+•·▪◦‣–]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+")
_QUOTE_MARK = re.compile(r"\s*(?:>\s?)+")
_RULE = re.compile(r"[\s|:+=\-–—_]*")
_LETTER = re.compile(r"\w")


def _statements(text: str, block: Block) -> Iterator[Span]:
    if block.kind in (BlockKind.HEADING, BlockKind.FURNITURE):
        return
    if block.kind is BlockKind.TABLE:
        yield from _rows(text, block)
        return
    mark = _LIST_MARK if block.kind is BlockKind.LIST_ITEM else _QUOTE_MARK
    found = mark.match(text, block.span.start, block.span.end)
    start = found.end() if found else block.span.start
    inside = Span(start=start, end=block.span.end)
    for span in _with_label(text, sentence_spans(text, inside, is_one_block=True)):
        if _LETTER.search(text, span.start, span.end):
            yield span


_LABEL = re.compile(r"[*_]*[^.!?]{1,40}[.:][*_]*")


def _with_label(text: str, spans: list[Span]) -> list[Span]:
    """Join a label that opens a block ("May 13, 1846.") to the sentence it dates or names."""
    if len(spans) < 2 or not _is_label(spans[0].cut(text)):
        return spans
    return [Span(start=spans[0].start, end=spans[1].end), *spans[2:]]


def _is_label(sentence: str) -> bool:
    """Tell whether a sentence is a date or a name, not a statement."""
    if _LABEL.fullmatch(sentence) is None:
        return False
    inked = re.findall(r"\w+", sentence)
    return len(inked) <= 5 and all(word[0].isupper() or word[0].isdigit() for word in inked)


_EDGE = " \t\r\n|"
"""What stands around the cells of a row and is no part of them."""


def _rows(text: str, block: Block) -> Iterator[Span]:
    at = block.header.end if block.header else block.span.start
    for line in text[at : block.span.end].splitlines(keepends=True):
        if not _RULE.fullmatch(line):
            lead = len(line) - len(line.lstrip(_EDGE))
            yield Span(start=at + lead, end=at + len(line.rstrip(_EDGE)))
        at += len(line)
