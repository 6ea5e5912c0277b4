"""Plain text: the canonical text is the file; title, headings and lists are told by shape."""

from __future__ import annotations

from briefwell.loaders.base import Found, Limits, Lines, Parsed, check_length, with_gaps_covered
from briefwell.loaders.dates import dateline, labelled_date, parse_date
from briefwell.loaders.decoding import decode
from briefwell.loaders.front_matter import read_front_matter
from briefwell.loaders.headings import mark_headings
from briefwell.loaders.layout import Piece, group
from briefwell.loaders.margins import with_margins_marked
from briefwell.types import Block, BlockKind, Origin

_FEWEST_TITLE_WORDS = 3
_MOST_SITE_WORDS = 6


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Return the text of a file without markup, exactly as it stands, and its blocks.

    Raises:
        UnreadableDocument: It is not text, or longer than the limit.
    """
    text = decode(data)
    check_length(len(text), limits)
    matter = read_front_matter(text)
    lines = Lines(text)
    pieces = [piece for piece in group(lines) if piece.first >= matter.lines]
    pieces = mark_headings(lines, with_margins_marked(lines, pieces))
    blocks = [block for piece in pieces if (block := as_block(lines, piece))]
    covered = with_gaps_covered(text, blocks, BlockKind.FURNITURE)
    title = matter.title or title_of(text, covered)
    return Parsed(text=text, blocks=covered, title=title, author=matter.author, date=matter.date)


def as_block(lines: Lines, piece: Piece) -> Block | None:
    """Return the block of a piece; None when its lines are blank."""
    span = lines.span(piece.first, piece.last)
    if span is None:
        return None
    header = lines.span(piece.first, piece.header_last) if piece.header_last else None
    kind = piece.kind
    if not any(char.isalnum() for char in span.cut(lines.text)):
        kind = BlockKind.FURNITURE
    return Block(kind=kind, span=span, level=piece.level, header=header)


def title_of(text: str, blocks: tuple[Block, ...]) -> Found | None:
    """Return the first heading of level 1 when nothing but furniture stands before it."""
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level == 1:
            title = heading_text(block.span.cut(text))
            return Found(value=without_site(title), origin=Origin.TEXT)
        words = " ".join(block.span.cut(text).split())
        is_date = parse_date(words) or dateline(words) or labelled_date(words)
        if block.kind is not BlockKind.FURNITURE and not is_date:
            return None
    return None


def without_site(title: str) -> str:
    """Return a title without the site's name that follows it after a bar."""
    kept, _, site = title.rpartition(" | ")
    is_site = len(site.split()) <= _MOST_SITE_WORDS
    return kept if is_site and len(kept.split()) >= _FEWEST_TITLE_WORDS else title


def heading_text(line: str) -> str:
    """Return a heading's words without the marks around them, on one line."""
    first = [row for row in line.splitlines() if any(char.isalnum() for char in row)]
    return " ".join(" ".join(first).strip(" \t=#~*_\ufeff").split())
