"""Plain text: the canonical text is the file; title, headings and lists are told by shape."""

from __future__ import annotations

import re
from dataclasses import replace

from briefwell.loaders.base import Found, Limits, Lines, Parsed, check_length, with_gaps_covered
from briefwell.loaders.bylines import bare_author, labelled_author
from briefwell.loaders.dates import labelled_date, parse_date
from briefwell.loaders.decoding import decode
from briefwell.loaders.front_matter import read_front_matter
from briefwell.loaders.layout import Piece, group
from briefwell.loaders.shape import (
    ends_sentence,
    is_clause,
    is_strict_title_case,
    starts_large,
    title_case_share,
)
from briefwell.types import Block, BlockKind, Origin

_LONGEST_HEADING = 140
_LONGEST_TITLE = 250
_MOST_WORDS = 16
_MOST_WORDS_SENTENCE_CASE = 8
_TITLE_SHARE = 0.6
_SHORTEST_PROSE = 60
_BYLINE_AREA = 6
_LONGEST_CHAIN = 3
_LABEL = re.compile(
    r"(?:to|from|cc|date|subject|re|ref|tags|by|authors?|sources?|notes?|see|credits?|contact"
    r"|(?:figure|table|photo|image|map)\s*\d*)\s*[:.]\s",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"(?:dear|sincerely|regards|yours|best|respectfully)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:(?:\d{1,2}\.)+\d{0,2}|[IVX]{1,5}\.|[A-Z]\.|\d{1,2}\))\s+")


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
    pieces = mark_headings(lines, pieces)
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
            return Found(value=heading_text(block.span.cut(text)), origin=Origin.TEXT)
        if block.kind is not BlockKind.FURNITURE:
            return None
    return None


def heading_text(line: str) -> str:
    """Return a heading's words without the marks around them, on one line."""
    first = [row for row in line.splitlines() if any(char.isalnum() for char in row)]
    return " ".join(" ".join(first).strip(" \t=#~*_").split())


def mark_headings(lines: Lines, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with title and headings told from paragraphs.

    Worked from the end: a line is a heading only if prose, a list or a table follows it. In
    doubt it stays a paragraph, since a heading can neither be quoted nor crossed by a chunk.
    """
    marked = _marked(lines, pieces, short_titles=False)
    # `Summary.` is a heading among its like, and a sentence where it stands alone.
    has_titles_with_a_stop = sum(piece.level == 3 for piece in marked) >= 2
    return _marked(lines, pieces, short_titles=True) if has_titles_with_a_stop else marked


def _marked(lines: Lines, pieces: list[Piece], *, short_titles: bool) -> list[Piece]:
    marked = list(pieces)
    content = [n for n, piece in enumerate(pieces) if piece.kind is not BlockKind.FURNITURE]
    area = set(content[:_BYLINE_AREA])
    chain = 0
    for position in reversed(range(len(content))):
        number = content[position]
        piece = marked[number]
        if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            chain = chain + 1 if piece.kind is BlockKind.HEADING else 0
            continue
        after = marked[content[position + 1]] if position + 1 < len(content) else None
        level = _title_level(lines, piece, after) if position == 0 else 0
        if not level and chain < _LONGEST_CHAIN and after is not None:
            level = _heading_level(lines, piece, after, short_titles=short_titles)
            if level and number in area and _is_byline(lines, piece):
                level = 0
        chain = chain + 1 if level else 0
        if level:
            marked[number] = replace(piece, kind=BlockKind.HEADING, level=level)
    return marked


def _line(lines: Lines, piece: Piece) -> str:
    span = lines.span(piece.first, piece.last)
    return " ".join(span.cut(lines.text).split()) if span else ""


def _is_byline(lines: Lines, piece: Piece) -> bool:
    line = _line(lines, piece)
    return bool(labelled_author(line) or bare_author(line, lines.text))


def _title_level(lines: Lines, piece: Piece, after: Piece | None) -> int:
    line = _line(lines, piece)
    if piece.kind is not BlockKind.PARAGRAPH or piece.last - piece.first > 3 or after is None:
        return 0
    if len(line) > _LONGEST_TITLE or not line[:1].isalnum() and not starts_large(line):
        return 0
    if _LABEL.match(line) or _COURTESY.match(line) or parse_date(line) or labelled_date(line):
        return 0
    is_set_off = _is_blank(lines, piece.last)
    following = _line(lines, after)
    if line.endswith((".", ":", ";", ",")):
        is_short = len(line.split()) <= 6 and line.endswith(".") and title_case_share(line) == 1.0
        return int(is_short and is_set_off and len(following) > len(line))
    if after.kind is BlockKind.PARAGRAPH and len(following) < len(line) and not is_set_off:
        return 0
    return int(is_set_off or is_strict_title_case(line))


def _heading_level(lines: Lines, piece: Piece, after: Piece, *, short_titles: bool) -> int:
    """Return the level of the heading that `piece` is, or 0."""
    if piece.last - piece.first != 1:
        return 0
    line = _line(lines, piece)
    numbered = _NUMBERED.match(line)
    if piece.kind is BlockKind.LIST_ITEM and not (numbered and after.kind is BlockKind.PARAGRAPH):
        return 0
    words = len(line.split())
    if len(line) > _LONGEST_HEADING or words > _MOST_WORDS or not starts_large(line):
        return 0
    if not any(char.isalpha() for char in line):
        return 0
    if _LABEL.match(line) or _COURTESY.match(line) or parse_date(line) or labelled_date(line):
        return 0
    if is_clause(line) or not _leads(lines, line, after):
        return 0
    if ends_sentence(line) and not line.endswith(":"):
        is_titled = (
            (words >= 3 or short_titles) and line.endswith(".") and is_strict_title_case(line)
        )
        return 3 if is_titled and len(_line(lines, after)) > len(line) else 0
    if not _is_written_as_heading(lines, piece, after, line):
        return 0
    return (
        min(6, 1 + max(1, numbered.group().count(".") - numbered.group().count(". ")))
        if (numbered)
        else 2
    )


def _leads(lines: Lines, line: str, after: Piece) -> bool:
    """Tell whether what follows is something a heading stands over."""
    if after.kind is BlockKind.PARAGRAPH:
        following = _line(lines, after)
        if following.endswith(":") and is_strict_title_case(line):
            return True
        return len(following) >= _SHORTEST_PROSE and len(following) > len(line)
    return not line.endswith(":")


def _is_written_as_heading(lines: Lines, piece: Piece, after: Piece, line: str) -> bool:
    words = len(line.split())
    if line.endswith(":") and words > 6:
        return False
    is_set_off = _is_blank(lines, piece.last) and (
        piece.first == 0 or _is_blank(lines, piece.first - 1)
    )
    if not is_set_off:
        return is_strict_title_case(line)
    if title_case_share(line) >= _TITLE_SHARE and not line.endswith(":"):
        return True
    if is_strict_title_case(line):
        return True
    is_prose = after.kind is BlockKind.PARAGRAPH and ends_sentence(_line(lines, after))
    return words <= _MOST_WORDS_SENTENCE_CASE and is_prose and not line.endswith(":")


def _is_blank(lines: Lines, index: int) -> bool:
    return index >= len(lines) or index < 0 or not lines[index].strip()
