"""The stretches of a block that are not cut: sentences, table rows, lines of code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefwell.chunking.measure import CHARACTERS_PER_TOKEN, Measure
from briefwell.types import Block, BlockKind, Document, Span

NEXT_BLOCK = 0.0
NEXT_ITEM = 0.1
NEXT_ROW = 0.1
NEXT_SENTENCE = 0.2
AFTER_COLON = 0.4
INSIDE_SENTENCE = 0.6
AFTER_HEADER = 1.0

_LINE = re.compile(r"^.*\w.*$", re.MULTILINE)
_WORD = re.compile(r"\S+\s*")
_CLAUSE_END = re.compile(r"[,;:)\]–—…]\s*$|\n\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch that goes into one chunk whole.

    Attributes:
        span: Where it stands; no white space at its ends.
        tokens: Its weight.
        price: What a cut before it costs, from 0 where a paragraph begins to 1.
        header: For a table row: the span of the table's header, if it has one.
    """

    span: Span
    tokens: int
    price: float
    header: Span | None = None


def pieces(
    document: Document, index: int, starts: Sequence[int], *, measure: Measure, most: int
) -> Iterator[Piece]:
    """Yield the pieces of the block at `index`, which together cover all but white space.

    Args:
        document: The document.
        index: Which of its blocks.
        starts: Where the block's sentences or rows start.
        measure: Weighs texts.
        most: What one piece may weigh; a longer sentence is cut, at a clause's end if it can be.
    """
    block, text = document.blocks[index], document.text
    price = _price_before(document, index)
    is_rows = block.kind in (BlockKind.TABLE, BlockKind.CODE)
    for start, end in _borders(text, block, starts):
        span = _trimmed(text, start, end)
        header = block.header if block.header and start >= block.header.end else None
        for part, tokens in _parts(text, span, measure=measure, most=most):
            yield Piece(span=part, tokens=tokens, price=price, header=header)
            price = INSIDE_SENTENCE
        if block.header and start < block.header.end:
            price = AFTER_HEADER
        else:
            price = NEXT_ROW if is_rows else NEXT_SENTENCE


def _price_before(document: Document, index: int) -> float:
    if index == 0:
        return NEXT_BLOCK
    before, block = document.blocks[index - 1], document.blocks[index]
    if document.text[: before.span.end].endswith(":"):
        return AFTER_COLON
    both = (before.kind, block.kind)
    return NEXT_ITEM if both == (BlockKind.LIST_ITEM, BlockKind.LIST_ITEM) else NEXT_BLOCK


def _borders(text: str, block: Block, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    if block.kind in (BlockKind.TABLE, BlockKind.CODE):
        # A row's sentence may begin inside its line, after the mark at the line's edge.
        low = block.header.end if block.header else block.span.start
        starts = [line.start() for line in _LINE.finditer(text, low, block.span.end)]
    # What stands before the first start (a list mark) belongs to it; a table's header does not.
    first = 0 if block.header else 1
    borders = [block.span.start, *starts[first:], block.span.end]
    yield from pairwise(borders)


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return Span(start=start, end=max(start, start + len(inside.strip())))


def _parts(text: str, span: Span, *, measure: Measure, most: int) -> Iterator[tuple[Span, int]]:
    """Yield `span`, or the parts of it that each weigh at most `most`, with their weights."""
    weight = measure.weight(span.cut(text))
    if weight <= most:
        if span:
            yield span, weight
        return
    for start, end in _clauses(text, span, measure=measure, most=most):
        part = _trimmed(text, start, end)
        yield part, measure.weight(part.cut(text))


def _clauses(text: str, span: Span, *, measure: Measure, most: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole words, each ending with a clause unless that is far too short."""
    start, clause, weight = span.start, span.start, 0
    for word in _WORD.finditer(text, span.start, span.end):
        more = measure.weight(word.group())
        if weight and weight + more > most:
            is_far = clause - start > (word.start() - start) // 2
            at = clause if is_far and more <= most else word.start()
            yield start, at
            start, weight = at, measure.weight(text[at : word.start()]) if at < word.start() else 0
        if more > most:
            yield from _letters(text, word.start(), word.end(), measure=measure, most=most)
            start = word.end()
        else:
            weight += more
        if _CLAUSE_END.search(word.group()):
            clause = word.end()
    if start < span.end:
        yield start, span.end


def _letters(
    text: str, start: int, end: int, *, measure: Measure, most: int
) -> Iterator[tuple[int, int]]:
    """Yield stretches of one very long word; text written without spaces is one, too."""
    while start < end:
        length = min(end - start, most * CHARACTERS_PER_TOKEN)
        while length > 1 and measure.weight(text[start : start + length]) > most:
            length = length * 3 // 4
        yield start, start + length
        start += length
