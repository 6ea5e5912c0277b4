"""Markdown: the canonical text is the file; blocks follow the lines of its own grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefwell.loaders.base import (
    Found,
    Limits,
    Lines,
    Parsed,
    check_length,
    trimmed,
    with_gaps_covered,
)
from briefwell.loaders.decoding import decode
from briefwell.loaders.front_matter import read_front_matter
from briefwell.loaders.furniture import is_cookie_notice, is_furniture
from briefwell.loaders.headings import mark_headings
from briefwell.loaders.layout import Piece, has_header, is_table_row_pair, wiki_heading_level
from briefwell.loaders.margins import with_margins_marked
from briefwell.loaders.plain import as_block, heading_text
from briefwell.loaders.shape import ends_sentence, starts_small
from briefwell.types import Block, BlockKind, Origin, Span

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|template)\b.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<tag>[a-z][a-z0-9]*)\b[^<>]{0,300}?(?:\shidden\b|aria-hidden\s*=\s*[\"']?true"
    r"|display\s*:\s*none|visibility\s*:\s*hidden)[^<>]{0,300}>.*?(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_BOLD_LINE = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<text>[^*_\n]{2,120}?)(?P=mark):?")
_IMAGES = re.compile(r"!\[[^\]]{0,500}\](?:\([^)]{0,2000}\)|\[[^\]]{0,500}\])?")
_LINKS = re.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_TAGS = re.compile(r"<[^<>]*>")
_UNWRAPPED = 160
_EDGE = 4


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Return the text of a Markdown file, exactly as it stands, and its blocks.

    Raises:
        UnreadableDocument: It is not text, or longer than the limit.
    """
    text = decode(data)
    check_length(len(text), limits)
    matter = read_front_matter(text)
    lines = Lines(text)
    pieces = _pieces(lines, matter.lines)
    if pieces and not any(piece.kind is BlockKind.HEADING for piece in pieces):
        # A title without a mark, as in plain text; marked words speak for themselves.
        is_bare = lines[pieces[0].first].strip()[-1:].isalnum()
        pieces = (
            pieces
            if not is_bare
            else [*mark_headings(lines, pieces[:1] + pieces[1:2])[:1], *pieces[1:]]
        )
    blocks = [block for piece in pieces if (block := as_block(lines, piece))]
    shown = [part for block in blocks for part in _without_hidden(text, block)]
    covered = with_gaps_covered(text, shown, BlockKind.FURNITURE)
    return Parsed(
        text=text,
        blocks=covered,
        title=matter.title or _title(text, covered),
        author=matter.author,
        date=matter.date,
        language=matter.language,
    )


def _title(text: str, blocks: tuple[Block, ...]) -> Found | None:
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    for block in headings:
        if block.level == 1:
            return Found(value=heading_text(block.span.cut(text)), origin=Origin.TEXT)
    first = next((block for block in blocks if block.kind is not BlockKind.FURNITURE), None)
    if first and first.kind is BlockKind.HEADING:
        return Found(value=heading_text(first.span.cut(text)), origin=Origin.TEXT)
    return None


def _pieces(lines: Lines, front: int) -> list[Piece]:
    body = lines.text[lines.starts[front] :] if front < len(lines) else ""
    grammar = MarkdownIt("commonmark", {"maxNesting": 200}).enable("table")
    # Words inside a block need no parsing: spans are of whole lines of the file.
    grammar.core.ruler.enableOnly(["normalize", "block"])
    found = [
        piece for piece in _walk(grammar.parse(body), lines, front) if piece.first < piece.last
    ]
    ordered: list[Piece] = []
    for piece in sorted(found, key=lambda item: (item.first, -item.last)):
        if not ordered or piece.first >= ordered[-1].last:
            ordered.append(piece)
    edge = {*range(_EDGE), *range(len(ordered) - _EDGE, len(ordered))}
    settled = [_as_furniture(lines, piece, n in edge) for n, piece in enumerate(ordered)]
    return with_margins_marked(lines, settled)


def _as_furniture(lines: Lines, piece: Piece, is_at_edge: bool) -> Piece:
    if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return piece
    span = lines.span(piece.first, piece.last)
    words = _IMAGES.sub("", span.cut(lines.text)) if span else ""
    bare = _LINKS.sub(r"\1", _TAGS.sub("", words)).strip()
    if is_furniture(bare) or is_at_edge and is_cookie_notice(bare):
        return Piece(first=piece.first, last=piece.last, kind=BlockKind.FURNITURE)
    return piece


def _walk(tokens: list[Token], lines: Lines, front: int) -> Iterator[Piece]:
    items: list[int] = []
    waiting = False
    for number, token in enumerate(tokens):
        if token.type == "list_item_open":
            items.append(token.map[0] + front if token.map else 0)
            waiting = True
        elif token.type == "list_item_close":
            items.pop()
        if token.map is None:
            continue
        first, last = token.map[0] + front, token.map[1] + front
        if token.type == "heading_open":
            level = int(token.tag[1:])
            yield Piece(first=first, last=last, kind=BlockKind.HEADING, level=level)
        elif token.type == "table_open":
            yield _table(tokens, number, front)
        elif token.type in ("fence", "code_block"):
            yield Piece(first=first, last=last, kind=BlockKind.CODE)
        elif token.type == "html_block":
            yield Piece(first=first, last=last, kind=_html_kind(token.content))
        elif token.type == "paragraph_open":
            if items:
                level = min(6, len(items))
                begin = items[-1] if waiting and items[-1] <= first else first
                waiting = False
                if _rows(lines, begin, last) > 1:
                    yield from _paragraphs(lines, begin, last)
                else:
                    yield Piece(first=begin, last=last, kind=BlockKind.LIST_ITEM, level=level)
            else:
                yield from _paragraphs(lines, first, last)


def _table(tokens: list[Token], number: int, front: int) -> Piece:
    whole, head = tokens[number].map or [0, 0], tokens[number + 1].map or [0, 0]
    return Piece(
        first=whole[0] + front,
        last=whole[1] + front,
        kind=BlockKind.TABLE,
        # The line of dashes under the headings belongs to them.
        header_last=head[1] + front + (1 if head[1] - head[0] == 1 else 0),
    )


def _html_kind(content: str) -> BlockKind:
    visible = _TAGS.sub(" ", _HIDDEN.sub(" ", content))
    has_words = any(char.isalnum() for char in visible)
    return BlockKind.PARAGRAPH if has_words else BlockKind.FURNITURE


def _paragraphs(lines: Lines, first: int, last: int) -> Iterator[Piece]:
    """Cut a paragraph where its lines are headings, table rows or paragraphs of their own."""
    start = first
    index = first
    while index < last:
        level = wiki_heading_level(lines[index])
        rows = _rows(lines, index, last)
        if level or rows > 1 or index > start and _begins_anew(lines, index):
            if index > start:
                yield _paragraph(lines, start, index)
            start = index
        if level:
            yield Piece(first=index, last=index + 1, kind=BlockKind.HEADING, level=level)
            start = index + 1
        elif rows > 1:
            header = [lines[row] for row in range(index, index + rows)]
            yield Piece(
                first=index,
                last=index + rows,
                kind=BlockKind.TABLE,
                header_last=index + 1 if has_header(header) else 0,
            )
            start = index + rows
        index = max(index + 1, start)
    if start < last:
        yield _paragraph(lines, start, last)


def _rows(lines: Lines, index: int, last: int) -> int:
    count = 1
    while index + count < last and is_table_row_pair(lines[index], lines[index + count]):
        count += 1
    return count


def _begins_anew(lines: Lines, index: int) -> bool:
    """Tell whether a line follows one so long that it is a whole paragraph on its own line."""
    above = lines[index - 1]
    return len(above) > _UNWRAPPED and ends_sentence(above) and not starts_small(lines[index])


def _paragraph(lines: Lines, first: int, last: int) -> Piece:
    span = lines.span(first, last)
    line = span.cut(lines.text) if span else ""
    bold = _BOLD_LINE.fullmatch(line)
    if bold and not ends_sentence(bold["text"].rstrip(":")):
        return Piece(first=first, last=last, kind=BlockKind.HEADING, level=4)
    return Piece(first=first, last=last, kind=BlockKind.PARAGRAPH)


def _without_hidden(text: str, block: Block) -> Iterator[Block]:
    """Yield `block` with what a reader of the page never sees set apart as furniture."""
    if block.kind in (BlockKind.CODE, BlockKind.FURNITURE) or "<" not in block.span.cut(text):
        yield block
        return
    start = block.span.start
    for match in _HIDDEN.finditer(text, block.span.start, block.span.end):
        yield from _part(text, block, start, match.start())
        yield Block(kind=BlockKind.FURNITURE, span=Span(start=match.start(), end=match.end()))
        start = match.end()
    yield from _part(text, block, start, block.span.end)


def _part(text: str, block: Block, start: int, end: int) -> Iterator[Block]:
    span = trimmed(text, start, end)
    if span is None:
        return
    if span == block.span:
        yield block
        return
    words = _TAGS.sub("", span.cut(text))
    kind = block.kind if any(char.isalnum() for char in words) else BlockKind.FURNITURE
    yield Block(kind=kind, span=span, level=block.level)
