"""Marks what stands around a text copied from a page: menus, share lines, comments."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from briefwell.loaders.base import Lines
from briefwell.loaders.bylines import labelled_author
from briefwell.loaders.dates import parse_date
from briefwell.loaders.furniture import (
    heads_comments,
    heads_contents,
    heads_other_texts,
    is_cookie_notice,
    is_kicker,
    is_legal_notice,
    is_menu_word,
    names_other_texts,
)
from briefwell.loaders.layout import Piece
from briefwell.loaders.shape import ends_sentence
from briefwell.types import BlockKind

_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_EDGE = 4
_MOST_LABEL_WORDS = 3
_SHORTEST_PROSE = 60
_LONGEST_PROSE = 140
_LONGEST_ITEM = 40
_MOST_ITEM_WORDS = 5
_FEWEST_ITEMS = 3
_LONGEST_LINK = 140
_COMMENTS_FROM = 0.5
_OTHERS_FROM = 0.6
_HEAD = 14
_MOST_LEAD = 2


def with_margins_marked(lines: Lines, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of a text with those around the document itself marked as furniture.

    What reads like a word of a menu counts only above the first prose and below the last.
    """
    marked = set(_at_the_edges(lines, pieces))
    first, last = _prose(lines, pieces)
    for block in _blocks(lines, pieces):
        is_outside = block[-1] < first or block[0] > last
        marked |= set(_in_menu(lines, pieces, block)) if is_outside else set()
        marked |= set(_under_other_texts(lines, pieces, block))
        marked |= set(_contents(lines, pieces, block))
    marked |= set(_other_texts_below(lines, pieces, last))
    marked |= set(_kickers(lines, pieces, marked, first))
    marked |= set(_comments(lines, pieces))
    return [
        replace(piece, kind=BlockKind.FURNITURE, level=0) if number in marked else piece
        for number, piece in enumerate(pieces)
    ]


def _prose(lines: Lines, pieces: list[Piece]) -> tuple[int, int]:
    """Return the numbers of the first and last piece of prose; all of it where there is none.

    A line or two of prose between the title and the by-line still belong to the head.
    """
    prose = [n for n, piece in enumerate(pieces) if _is_prose(lines, piece)]
    if not prose:
        return 0, len(pieces)
    stated = [n for n, piece in enumerate(pieces[:_HEAD]) if _is_statement(_words(lines, piece))]
    below = [n for n in prose if stated and n > stated[-1]]
    is_head = below and sum(n < below[0] for n in prose) <= _MOST_LEAD
    return (below[0] if is_head else prose[0]), prose[-1]


def _is_statement(words: str) -> bool:
    return bool(parse_date(words) or labelled_author(words))


def _words(lines: Lines, piece: Piece) -> str:
    """Return the words of a piece without the marks of lists, headings and links around them."""
    words = " ".join(lines[row] for row in range(piece.first, piece.last)).strip()
    if piece.kind in (BlockKind.LIST_ITEM, BlockKind.HEADING):
        words = words.lstrip("-*+# ")
    return _LINK.sub(r"\1", words)


def _is_text(piece: Piece) -> bool:
    return piece.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def _is_prose(lines: Lines, piece: Piece) -> bool:
    if piece.kind in (BlockKind.TABLE, BlockKind.CODE):
        return True
    words = _words(lines, piece)
    is_closed = len(words) >= _SHORTEST_PROSE and words.endswith((".", "!", "”", '"', ")", "]"))
    return _is_text(piece) and (is_closed or len(words) >= _LONGEST_PROSE)


def _is_item(lines: Lines, piece: Piece) -> bool:
    """Tell whether a piece is as short as the words of a menu."""
    words = _words(lines, piece)
    return piece.kind is BlockKind.FURNITURE or (
        _is_text(piece)
        and len(words) <= _LONGEST_ITEM
        and len(words.split()) <= _MOST_ITEM_WORDS
        and not ends_sentence(words)
    )


def _at_the_edges(lines: Lines, pieces: list[Piece]) -> list[int]:
    edge = {*range(_EDGE), *range(len(pieces) - _EDGE, len(pieces))}
    return [
        number
        for number, piece in enumerate(pieces)
        if number in edge
        and piece.kind is BlockKind.PARAGRAPH
        and (is_cookie_notice(_words(lines, piece)) or is_legal_notice(_words(lines, piece)))
    ]


def _blocks(lines: Lines, pieces: list[Piece]) -> list[list[int]]:
    """Return the numbers of the pieces in groups that no blank line parts."""
    blocks: list[list[int]] = []
    for number, piece in enumerate(pieces):
        if blocks and pieces[blocks[-1][-1]].last == piece.first:
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return blocks


def _in_menu(lines: Lines, pieces: list[Piece], block: list[int]) -> list[int]:
    """Return which pieces of a block belong to a menu or a line of share buttons.

    A block of short lines is one when some of them say so and none says who wrote or when.
    """
    words = {number: _words(lines, pieces[number]) for number in block}
    known = [
        number
        for number in block
        if pieces[number].kind is BlockKind.FURNITURE
        or _is_text(pieces[number])
        and (is_menu_word(words[number]) or len(block) > 1 and is_kicker(words[number]))
    ]
    is_stated = any(_is_statement(line) for line in words.values())
    is_menu = all(_is_item(lines, pieces[number]) for number in block) and not is_stated
    if known and is_menu and (len(block) >= _FEWEST_ITEMS or len(known) * 2 >= len(block)):
        return block
    # Beside share buttons, a bare figure counts how often they were pressed.
    counts = [n for n in block if known and words[n].isdigit() and len(words[n]) <= 3]
    return [*known, *counts]


def _under_other_texts(lines: Lines, pieces: list[Piece], block: list[int]) -> list[int]:
    """Return the titles that follow a line such as `Related articles`."""
    is_late = block[0] >= _OTHERS_FROM * len(pieces)
    heads = names_other_texts if is_late else heads_other_texts
    for place, number in enumerate(block):
        if not heads(_words(lines, pieces[number])):
            continue
        found = [number]
        for other in block[place + 1 :]:
            words = _words(lines, pieces[other])
            if ends_sentence(words) and not words.endswith("?") or len(words) > _LONGEST_LINK:
                break
            found.append(other)
        return found
    return []


def _other_texts_below(lines: Lines, pieces: list[Piece], last: int) -> list[int]:
    """Return what stands below the last prose from a line such as `Related articles` on."""
    for number in range(last + 1, len(pieces)):
        if names_other_texts(_words(lines, pieces[number])):
            below = range(number, len(pieces))
            return [n for n in below if not _is_statement(_words(lines, pieces[n]))]
    return []


def _kickers(lines: Lines, pieces: list[Piece], marked: set[int], first_prose: int) -> list[int]:
    """Return the lines over the title that only name the document's kind."""
    head = [
        number
        for number, piece in enumerate(pieces[: first_prose + 1])
        if number not in marked and piece.kind is not BlockKind.FURNITURE
    ]
    found = []
    for number, after in pairwise(head):
        words = _words(lines, pieces[number])
        if after >= first_prose or not (is_kicker(words) or _is_label(words)):
            break
        found.append(number)
    return found


def _is_label(words: str) -> bool:
    """Tell whether a line over the title only says where it belongs: `Vietnam | Economy`."""
    parts = words.split(" | ")
    return len(parts) > 1 and all(
        len(part.split()) <= _MOST_LABEL_WORDS and part.replace(" ", "").isalpha() for part in parts
    )


def _contents(lines: Lines, pieces: list[Piece], block: list[int]) -> list[int]:
    """Return a table of contents: its heading and the titles right below it."""
    if not heads_contents(_words(lines, pieces[block[0]])) or len(block) < _FEWEST_ITEMS:
        return []
    is_list = not any(_is_prose(lines, pieces[number]) for number in block)
    return block if is_list else []


def _comments(lines: Lines, pieces: list[Piece]) -> list[int]:
    """Return what follows a line such as `11 Comments` in the later part of a text."""
    for number in range(int(_COMMENTS_FROM * len(pieces)), len(pieces)):
        if heads_comments(_words(lines, pieces[number])):
            return list(range(number, len(pieces)))
    return []
