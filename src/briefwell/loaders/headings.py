"""Tells title and headings from paragraphs in a text without markup, by shape and place alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from briefwell.loaders.base import Lines
from briefwell.loaders.bylines import bare_author, labelled_author, starred_name
from briefwell.loaders.dates import dateline, labelled_date, parse_date, parts_of
from briefwell.loaders.layout import Piece
from briefwell.loaders.shape import (
    ends_sentence,
    is_clause,
    is_question,
    is_strict_title_case,
    starts_large,
    title_case_share,
)
from briefwell.types import BlockKind

_LONGEST_HEADING = 140
_LONGEST_TITLE = 250
_MOST_WORDS = 16
_MOST_WORDS_SENTENCE_CASE = 8
_TITLE_SHARE = 0.6
_SHORTEST_PROSE = 60
_SHORTEST_PROSE_TIGHT = 100
_FEWEST_WORDS_BELOW = 5
_BYLINE_AREA = 6
_LONGEST_CHAIN = 3
_MOST_NAME_WORDS = 2
_TITLE_WITH_STOP = 3
_LABEL = re.compile(
    r"(?:\d{1,4}\.\s+)?(?:to|from|cc|date|subject|re|ref|tags|by|authors?|sources?|notes?|see|credits?"
    r"|contact|(?:figure|table|photo|image|map)\s*\d*)\s*[:.]\s",
    re.IGNORECASE,
)
_INNER_STOP = re.compile(r"[a-zà-ÿ]{4,}\.\s+[A-ZÀ-Þ]")
_COURTESY = re.compile(r"(?:dear|sincerely|regards|yours|best|respectfully)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:(?:\d{1,2}\.)+\d{0,2}|[IVX]{1,5}\.|[A-Z]\.|\d{1,2}\))\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habits:
    """How a text writes its headings, where a single line would leave doubt.

    Attributes:
        with_stop: Some headings end with a full stop, as `Opening of the Port, 1902.`
        asking: Some are questions.
        tight: Paragraphs are one line each with no blank lines between.
    """

    with_stop: bool = False
    asking: bool = False
    tight: bool = False


def mark_headings(lines: Lines, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with title and headings told from paragraphs.

    Worked from the end: a line is a heading only if prose, a list or a table follows it. In
    doubt it stays a paragraph, since a heading can neither be quoted nor crossed by a chunk.
    """
    habits = _Habits(asking=_asks(lines, pieces), tight=_is_tight(lines, pieces))
    marked = _marked(lines, pieces, habits)
    # `Summary.` is a heading among its like, and a sentence where it stands alone.
    if sum(piece.level == _TITLE_WITH_STOP for piece in marked) < 2:
        return marked
    return _marked(lines, pieces, replace(habits, with_stop=True))


def _asks(lines: Lines, pieces: list[Piece]) -> bool:
    asked = sum(
        is_question(_line(lines, piece)) and _is_set_off(lines, piece)
        for piece in pieces
        if piece.last - piece.first == 1 and piece.kind is BlockKind.PARAGRAPH
    )
    return asked >= 2


def _is_tight(lines: Lines, pieces: list[Piece]) -> bool:
    long = [
        piece
        for piece in pieces
        if piece.last - piece.first == 1 and len(lines[piece.first]) >= _SHORTEST_PROSE_TIGHT
    ]
    return sum(not _is_blank(lines, piece.last) for piece in long) > len(long) / 2


def _marked(lines: Lines, pieces: list[Piece], habits: _Habits) -> list[Piece]:
    marked = list(pieces)
    content = [n for n, piece in enumerate(pieces) if piece.kind is not BlockKind.FURNITURE]
    area = set(content[:_BYLINE_AREA])
    first = next((p for p, n in enumerate(content) if not _says_when(lines, pieces[n])), 0)
    chain = 0
    for position in reversed(range(len(content))):
        number = content[position]
        piece = marked[number]
        if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            chain = chain + 1 if piece.kind is BlockKind.HEADING else 0
            continue
        after = marked[content[position + 1]] if position + 1 < len(content) else None
        level = _title_level(lines, piece, after) if position == first else 0
        if not level and chain < _LONGEST_CHAIN and after is not None:
            level = _heading_level(lines, piece, after, habits)
            if level and number in area and _is_of_byline(lines, piece):
                level = 0
        chain = chain + 1 if level else 0
        if level:
            marked[number] = replace(piece, kind=BlockKind.HEADING, level=level)
    return marked


def _line(lines: Lines, piece: Piece) -> str:
    span = lines.span(piece.first, piece.last)
    return " ".join(span.cut(lines.text).split()) if span else ""


def _is_of_byline(lines: Lines, piece: Piece) -> bool:
    """Tell whether a line names the author, or the house right under or over who and when."""
    line = _line(lines, piece)
    if _NUMBERED.match(line):
        return False
    if labelled_author(line) or bare_author(line, lines.text) or dateline(line):
        return True
    if starred_name(line):
        return True
    above = lines[piece.first - 1] if piece.first else ""
    below = lines[piece.last] if piece.last < len(lines) else ""
    return _says_who_or_when(above) and _is_blank(lines, piece.last) or _says_who_or_when(below)


def _says_when(lines: Lines, piece: Piece) -> bool:
    line = _line(lines, piece)
    return _states_date(line) or dateline(line) is not None


def _says_who_or_when(line: str) -> bool:
    return bool(labelled_author(line) or starred_name(line) or _states_date(line) or dateline(line))


def _states_date(line: str) -> bool:
    return bool(parse_date(line) or any(labelled_date(part) for part in parts_of(line)))


def _is_stated(line: str) -> bool:
    """Tell whether a line is a field of a letter or a date, and so no heading."""
    return bool(_LABEL.match(line) or _COURTESY.match(line) or _states_date(line))


def _title_level(lines: Lines, piece: Piece, after: Piece | None) -> int:
    line = _line(lines, piece)
    if piece.kind is not BlockKind.PARAGRAPH or piece.last - piece.first > 3 or after is None:
        return 0
    if len(line) > _LONGEST_TITLE or not line[:1].isalnum() and not starts_large(line):
        return 0
    if _is_stated(line):
        return 0
    is_set_off = _is_blank(lines, piece.last)
    following = _line(lines, after)
    if line.endswith((".", ":", ";", ",")):
        is_short = len(line.split()) <= 6 and line.endswith(".") and title_case_share(line) == 1.0
        return int(is_short and is_set_off and len(following) > len(line))
    if after.kind is BlockKind.PARAGRAPH and len(following) < len(line) and not is_set_off:
        return int(_says_who_or_when(following))
    return int(is_set_off or is_strict_title_case(line))


def _heading_level(lines: Lines, piece: Piece, after: Piece, habits: _Habits) -> int:
    """Return the level of the heading that `piece` is, or 0."""
    line = _line(lines, piece)
    numbered = _NUMBERED.match(line)
    if piece.last - piece.first != 1 or not _may_be_heading(line):
        return 0
    if piece.kind is BlockKind.LIST_ITEM and not (numbered and after.kind is BlockKind.PARAGRAPH):
        return 0
    if not _leads(lines, piece, line, after):
        return 0
    if is_question(line):
        is_titled = habits.asking or is_strict_title_case(line)
        return 2 if is_titled and _is_set_off(lines, piece) else 0
    if is_clause(line):
        return 0
    if ends_sentence(line) and not line.endswith(":"):
        is_titled = (
            (len(line.split()) >= 3 or habits.with_stop)
            and line.endswith(".")
            and is_strict_title_case(line)
        )
        return _TITLE_WITH_STOP if is_titled and len(_line(lines, after)) > len(line) else 0
    if not _is_written_as_heading(lines, piece, after, habits):
        return 0
    if not numbered:
        return 2
    marks = numbered.group()
    return min(6, 1 + max(1, marks.count(".") - marks.count(". ")))


def _may_be_heading(line: str) -> bool:
    return (
        len(line) <= _LONGEST_HEADING
        and len(line.split()) <= _MOST_WORDS
        and starts_large(line)
        and any(char.isalpha() for char in line)
        and not _INNER_STOP.search(line)
        and not _is_stated(line)
    )


def _leads(lines: Lines, piece: Piece, line: str, after: Piece) -> bool:
    """Tell whether what follows is something a heading stands over."""
    if after.kind is not BlockKind.PARAGRAPH:
        return not line.endswith(":")
    following = _line(lines, after)
    if following.endswith(":") and is_strict_title_case(line):
        return True
    is_signature = following.startswith("Source:") and len(line.split()) <= _MOST_NAME_WORDS
    if len(following) <= len(line) or is_signature:
        return False
    if len(following) >= _SHORTEST_PROSE:
        return True
    # A short paragraph is enough under a line that is plainly set as a heading.
    is_sentence = ends_sentence(following) and len(following.split()) >= _FEWEST_WORDS_BELOW
    return is_sentence and is_strict_title_case(line) and _is_set_off(lines, piece)


def _is_written_as_heading(lines: Lines, piece: Piece, after: Piece, habits: _Habits) -> bool:
    line = _line(lines, piece)
    words = len(line.split())
    if line.endswith(":") and words > 6:
        return False
    if is_strict_title_case(line):
        return True
    is_prose = after.kind is BlockKind.PARAGRAPH and ends_sentence(_line(lines, after))
    is_brief = words <= _MOST_WORDS_SENTENCE_CASE and not line.endswith(":")
    if not _is_set_off(lines, piece):
        is_over_long = is_prose and len(_line(lines, after)) >= _SHORTEST_PROSE_TIGHT
        above = lines[piece.first - 1] if piece.first else ""
        return habits.tight and is_brief and is_over_long and ends_sentence(above)
    if title_case_share(line) >= _TITLE_SHARE and not line.endswith(":"):
        return True
    return is_brief and (is_prose or after.kind is not BlockKind.PARAGRAPH)


def _is_set_off(lines: Lines, piece: Piece) -> bool:
    return _is_blank(lines, piece.last) and _is_blank(lines, piece.first - 1)


def _is_blank(lines: Lines, index: int) -> bool:
    return index >= len(lines) or index < 0 or not lines[index].strip()
