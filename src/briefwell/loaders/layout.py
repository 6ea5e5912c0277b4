"""Groups the lines of a text without markup into paragraphs, list items and tables."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from briefwell.loaders.base import Lines
from briefwell.loaders.dates import parse_date
from briefwell.loaders.furniture import is_furniture
from briefwell.loaders.shape import (
    ends_open,
    ends_sentence,
    is_clause,
    is_strict_title_case,
    last_word,
    starts_large,
    starts_small,
)
from briefwell.loaders.tables import is_year_head
from briefwell.text import sentence_spans
from briefwell.types import BlockKind

_MARKER = re.compile(
    r"(?P<indent>\s*)"
    r"(?:[-*•‣▪●○·◦–]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\)|[ivx]{1,4}[.)])[ \t]+(?=\S)"
)
_LATER_NUMBER = re.compile(r"\s*\(?(?:[2-9]|\d\d|[b-z]|i[ivx]+|[vx][ivx]*)[.)]")
_FIGURE = re.compile(r"\d+(?:[^\w\s]|\s+[a-z(])")
_LETTER = re.compile(r"\s*\(?([A-Z])[.)]\s+\S")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,})\s*")
_WIKI_HEADING = re.compile(
    r"\s*(?P<marks>=(?:\s?=){0,5})\s+\S.*?\S?\s+(?P<closing>=(?:\s?=){0,5})\s*"
)
_NUMBER_CELL = re.compile(r"[-+(]?[$€£¥]?\s?\d[\d.,\s]*[%)]?(?:\s?\(.*\))?")
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 30
_LONGEST_CUT = 110
_LONGEST_TAIL = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Lines `[first, last)` that make one block; `header_last` ends a table's headings."""

    first: int
    last: int
    kind: BlockKind
    level: int = 0
    header_last: int = 0


def wiki_heading_level(line: str) -> int:
    """Return 1 to 6 for a line such as ` = = Plot = = `, otherwise 0."""
    match = _WIKI_HEADING.fullmatch(line)
    if not match:
        return 0
    level = match["marks"].count("=")
    return level if level == match["closing"].count("=") else 0


def is_table_row_pair(above: str, below: str) -> bool:
    """Tell whether two lines look like rows of one table, cells set apart by bars or tabs."""
    for mark in ("|", "\t"):
        count = above.strip().count(mark)
        if count and count == below.strip().count(mark):
            return True
    return False


def has_header(rows: list[str]) -> bool:
    """Tell whether the first of a table's rows holds column headings."""
    cells = [[cell.strip() for cell in re.split(r"[|\t]", row)] for row in rows]
    numbers = [sum(bool(_NUMBER_CELL.fullmatch(cell)) for cell in row) for row in cells]
    bare = [cell for cell in cells[0] if cell] if rows[0].strip().startswith("|") else cells[0]
    return numbers[0] == 0 and any(numbers[1:]) or is_year_head(bare)


def group(lines: Lines) -> list[Piece]:
    """Return the pieces of a text without markup, in order, blank lines left out."""
    width = _wrap_width(lines)
    pieces: list[Piece] = []
    index = 0
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        above = pieces[-1] if pieces and pieces[-1].last == index else None
        in_list = above is not None and above.kind is BlockKind.LIST_ITEM
        piece = _next_piece(lines, index, width, in_list=in_list)
        pieces.append(piece)
        index = piece.last
    return _with_letters_listed(lines, _joined_over_blanks(lines, pieces))


def _next_piece(lines: Lines, index: int, width: int | None, *, in_list: bool) -> Piece:
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else ""
    if is_furniture(line):
        return Piece(first=index, last=index + 1, kind=BlockKind.FURNITURE)
    level = wiki_heading_level(line)
    if level:
        return Piece(first=index, last=index + 1, kind=BlockKind.HEADING, level=level)
    if len(line) <= 120 and _UNDERLINE.fullmatch(following) and not _MARKER.match(line):
        level = 1 if "=" in following else 2
        return Piece(first=index, last=index + 2, kind=BlockKind.HEADING, level=level)
    if is_table_row_pair(line, following):
        return _table(lines, index)
    marker = _MARKER.match(line)
    if marker and index and not in_list and _is_number_in_sentence(lines[index - 1], line):
        marker = None
    last = index + 1
    while last < len(lines) and _goes_on(lines, last, width, in_item=marker is not None):
        last += 1
    if marker:
        level = min(6, 1 + len(marker["indent"].expandtabs(4)) // 2)
        return Piece(first=index, last=last, kind=BlockKind.LIST_ITEM, level=level)
    return Piece(first=index, last=last, kind=BlockKind.PARAGRAPH)


def _table(lines: Lines, first: int) -> Piece:
    last = first + 2
    while last < len(lines) and is_table_row_pair(lines[first], lines[last]):
        last += 1
    rows = [lines[row] for row in range(first, last)]
    header_last = first + 1 if has_header(rows) else 0
    return Piece(first=first, last=last, kind=BlockKind.TABLE, header_last=header_last)


def _goes_on(lines: Lines, index: int, width: int | None, *, in_item: bool) -> bool:
    """Tell whether line `index` continues the paragraph or list item of the line above."""
    line, above = lines[index], lines[index - 1]
    if not line.strip() or is_furniture(line) or wiki_heading_level(line):
        return False
    if _MARKER.match(line):
        return not in_item and _is_number_in_sentence(above, line)
    following = lines[index + 1] if index + 1 < len(lines) else ""
    if _UNDERLINE.fullmatch(following) or is_table_row_pair(line, following):
        return False
    if in_item and line[:1].isspace():
        return True
    if starts_small(line) and not ends_sentence(above):
        return True
    if width and len(above) <= 2 * width:
        # A line was broken by wrapping only if the next word had no room on it.
        return len(above.rstrip()) + 1 + len(line.split()[0]) > width
    if ends_sentence(above):
        return False
    if max(len(line), len(above)) > _WIDEST_WRAP and not ends_open(above):
        # Lines this long are paragraphs of their own, whatever mark the one above lacks.
        return _goes_on_with_figure(line)
    return _goes_on_with_figure(line) or not is_strict_title_case(above)


def _goes_on_with_figure(line: str) -> bool:
    return _FIGURE.match(line.strip()) is not None and parse_date(line) is None


def _is_number_in_sentence(above: str, line: str) -> bool:
    """Tell whether `2.` or `b)` at the start of `line` belongs to the sentence above it."""
    return (
        len(above.split()) > 1
        and not ends_sentence(above)
        and _LATER_NUMBER.match(line) is not None
    )


def _wrap_width(lines: Lines) -> int | None:
    """Return the width the text was wrapped to; None when its line ends are deliberate."""
    inner = [
        len(lines[index].rstrip())
        for index in range(len(lines) - 1)
        if lines[index].strip() and lines[index + 1].strip() and not _MARKER.match(lines[index + 1])
    ]
    if len(inner) < 3:
        return None
    width = sorted(inner)[math.ceil(0.95 * (len(inner) - 1))]
    full = sum(length >= 0.75 * width for length in inner)
    is_wrapped = _NARROWEST_WRAP <= width <= _WIDEST_WRAP and full >= 0.6 * len(inner)
    return width if is_wrapped else None


def _joined_over_blanks(lines: Lines, pieces: list[Piece]) -> list[Piece]:
    """Join paragraphs that a blank line cuts inside a sentence."""
    uses_capitals = _starts_with_capitals(lines, pieces)
    joined: list[Piece] = []
    was_joined = False
    for piece in pieces:
        above = joined[-1] if joined else None
        # A first line that lacks an end mark is more likely a title than half a sentence.
        is_title = all(item.kind is BlockKind.FURNITURE for item in joined[:-1])
        was_joined = (
            above is not None
            and not is_title
            and above.kind is piece.kind is BlockKind.PARAGRAPH
            and _is_cut(lines, above, piece, capitals=uses_capitals, again=was_joined)
        )
        if was_joined and above is not None:
            joined[-1] = replace(above, last=piece.last)
        else:
            joined.append(piece)
    return joined


def _starts_with_capitals(lines: Lines, pieces: list[Piece]) -> bool:
    starts = [lines[p.first] for p in pieces if p.kind is BlockKind.PARAGRAPH]
    return sum(starts_small(line) for line in starts) <= 0.2 * len(starts)


def _is_cut(lines: Lines, above: Piece, below: Piece, *, capitals: bool, again: bool) -> bool:
    tail, head = lines[above.last - 1].strip(), lines[below.first].strip()
    if ends_open(tail):
        return True
    if not ends_sentence(tail):
        if starts_small(head):
            return capitals and len(tail.split()) > 2
        is_cut = again or len(tail) <= _LONGEST_CUT and is_clause(tail)
        return is_cut and capitals and starts_large(head) and tail[-1:].isalpha()
    if is_strict_title_case(tail):
        return False
    # `was U.S.` and `Gen.` end no sentence when the name they belong to follows.
    tail = tail[-_LONGEST_TAIL:]
    sentence = sentence_spans(tail)[-1].cut(tail)
    is_abbreviation = (
        len(sentence_spans(f"{sentence}\n{head[:80]}"))
        == len(sentence_spans(sentence)) + len(sentence_spans(head[:80])) - 1
    )
    is_title = last_word(tail).casefold() in ("mr.", "mrs.", "ms.", "dr.", "gen.", "sen.", "rep.")
    return is_abbreviation and (is_title or again or len(sentence.split()) <= 4)


def _with_letters_listed(lines: Lines, pieces: list[Piece]) -> list[Piece]:
    """Make list items of paragraphs that begin with `A.`, `B.` and so on, one after the other.

    A capital with a full stop alone may be the initial of a name.
    """
    letters = [_LETTER.match(lines[piece.first]) for piece in pieces]
    listed: set[int] = set()
    for number, (first, second) in enumerate(pairwise(letters)):
        if first and second and ord(second[1]) == ord(first[1]) + 1:
            listed |= {number, number + 1}
    return [
        replace(piece, kind=BlockKind.LIST_ITEM, level=1)
        if number in listed and piece.kind is BlockKind.PARAGRAPH and _is_prose(lines, piece)
        else piece
        for number, piece in enumerate(pieces)
    ]


def _is_prose(lines: Lines, piece: Piece) -> bool:
    return ends_sentence(lines[piece.last - 1])
