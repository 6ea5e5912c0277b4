"""Reads the letters of a PDF page with their places, as pieces of lines."""

from __future__ import annotations

import ctypes
import statistics
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from briefwell.loaders.pdf_hidden import Box, grounds, is_covered, is_white

_HYPHENS = (0x02, 0xFFFE)
_BULLETS = {0xF0B7: "•", 0xF0A7: "•", 0xF0A8: "•", 0xF02D: "-", 0xF06E: "•", 0xF0D8: "•"}
_WIDEST_WORD_GAP = 1.1
_BOLD_WEIGHT = 600
_TINY = 2.6
_TINY_SHARE = 0.4
_SHORTEST_GLUED = 6
_LETTER_GAP = 0.12
_RIGHT_ANGLE = 1.5707963


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Words that stand on one line close together; y grows upwards, in points."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    is_bold: bool = False

    @property
    def height(self) -> float:
        """Height of the line of letters."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The pieces of a page as it is read, from `bottom` to `top`, and its hidden words."""

    segments: tuple[Segment, ...]
    hidden: str
    bottom: float
    top: float


@dataclass(slots=True, kw_only=True)
class _Word:
    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    turn: int
    index: int


def read_page(page: Any, text_page: Any) -> PageText:
    """Return the pieces of lines of a pypdfium2 page, in the order of the file.

    Hidden are words outside the page, much smaller than the others, or white on white.
    """
    words, hidden = _parted(_words(text_page.raw), page, text_page.raw)
    turns: Counter[int] = Counter()
    for word in words:
        turns[word.turn] += len(word.text)
    # Text may be turned against its page, as wide tables are: then the page is read turned.
    turn = turns.most_common(1)[0][0] if turns else 0
    for word in words:
        _turn(word, turn)
    segments: list[Segment] = []
    line: list[_Word] = []
    for word in words:
        if line and not _is_near(line[-1], word):
            segments.append(_segment(line, text_page.raw))
            line = []
        line.append(word)
    if line:
        segments.append(_segment(line, text_page.raw))
    left, bottom, right, top = page.get_bbox()
    low, high = ((bottom, top), (-right, -left), (-top, -bottom), (left, right))[turn]
    return PageText(
        segments=tuple(segments),
        hidden=" ".join(word.text for word in hidden),
        bottom=low,
        top=high,
    )


def _parted(words: list[_Word], page: Any, raw: Any) -> tuple[list[_Word], list[_Word]]:
    if not words:
        return [], []
    left, bottom, right, top = page.get_bbox()
    usual = statistics.median(word.y1 - word.y0 if word.turn % 2 == 0 else 99 for word in words)
    smallest = min(_TINY, _TINY_SHARE * usual)
    places: list[Box] | None = None
    visible: list[_Word] = []
    hidden: list[_Word] = []
    for word in words:
        is_inside = word.x1 > left and word.x0 < right and word.y1 > bottom and word.y0 < top
        is_tiny = word.turn % 2 == 0 and word.y1 - word.y0 < smallest
        is_bare = False
        if is_white(raw, word.index):
            places = grounds(page) if places is None else places
            is_bare = not is_covered((word.x0, word.y0, word.x1, word.y1), places)
        (hidden if is_tiny or is_bare or not is_inside else visible).append(word)
    return visible, hidden


def _words(raw: Any) -> list[_Word]:
    words: list[_Word] = []
    letters: list[str] = []
    first = 0
    count = pdfium.FPDFText_CountChars(raw)
    for index in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(raw, index) if index < count else 0x20
        letter = _letter(code)
        is_hyphen = code in _HYPHENS
        if not letter.isspace() and not is_hyphen:
            if not letters:
                first = index
            letters.append(letter)
            continue
        if is_hyphen and letters:
            letters.append("-")
        if letters:
            words += _placed(raw, "".join(letters), first, index if is_hyphen else index - 1)
            letters = []
    return words


def _letter(code: int) -> str:
    if code in _BULLETS:
        return _BULLETS[code]
    if code < 0x20 or 0xD800 <= code <= 0xDFFF or code == 0x7F:
        return " "
    return chr(code)


def _placed(raw: Any, text: str, first: int, last: int) -> list[_Word]:
    """Return a word with its place; in two when it runs on to another line unmarked."""
    head, tail = _box(raw, first), _box(raw, last)
    # The library counts angles clockwise.
    turn = -round(pdfium.FPDFText_GetCharAngle(raw, first) / _RIGHT_ANGLE) % 4
    if turn == 0 and last > first and head[1] > tail[3]:
        for index in range(first + 1, last + 1):
            if _box(raw, index)[3] < head[1]:
                cut = index - first
                return [
                    *_placed(raw, text[:cut], first, index - 1),
                    *_placed(raw, text[cut:], index, last),
                ]
    if turn == 0 and last - first + 1 == len(text) >= _SHORTEST_GLUED:
        at = _missing_space(raw, first, last)
        if at:
            return [
                *_placed(raw, text[:at], first, first + at - 1),
                *_placed(raw, text[at:], first + at, last),
            ]
    return [
        _Word(
            text=text,
            x0=min(head[0], tail[0]),
            x1=max(head[2], tail[2]),
            y0=min(head[1], tail[1]),
            y1=max(head[3], tail[3]),
            turn=turn,
            index=first,
        )
    ]


def _missing_space(raw: Any, first: int, last: int) -> int:
    """Return after how many letters a word has a gap as wide as a space; 0 when it has none.

    Words whose letters all stand apart are spaced on purpose.
    """
    boxes = [_box(raw, index) for index in range(first, last + 1)]
    gaps = [right[0] - left[2] for left, right in pairwise(boxes)]
    height = boxes[0][3] - boxes[0][1]
    widest = max(gaps)
    if widest < _LETTER_GAP * height or statistics.median(gaps) > 0.3 * widest:
        return 0
    return 1 + gaps.index(widest)


def _box(raw: Any, index: int) -> tuple[float, float, float, float]:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _turn(word: _Word, turn: int) -> None:
    """Turn a word's place by quarter turns, so that lines run to the right and go down."""
    x0, x1, y0, y1 = word.x0, word.x1, word.y0, word.y1
    if turn == 1:
        word.x0, word.x1, word.y0, word.y1 = y0, y1, -x1, -x0
    elif turn == 2:
        word.x0, word.x1, word.y0, word.y1 = -x1, -x0, -y1, -y0
    elif turn == 3:
        word.x0, word.x1, word.y0, word.y1 = -y1, -y0, x0, x1


def _is_near(left: _Word, right: _Word) -> bool:
    """Tell whether two words stand on one line without a gap; either may come first."""
    if left.turn != right.turn:
        return False
    overlap = min(left.y1, right.y1) - max(left.y0, right.y0)
    height = min(left.y1 - left.y0, right.y1 - right.y0)
    if overlap < 0.5 * height:
        return False
    gap = max(right.x0 - left.x1, left.x0 - right.x1)
    return -2 * height < gap < _WIDEST_WORD_GAP * max(left.y1 - left.y0, right.y1 - right.y0)


def _segment(words: list[_Word], raw: Any) -> Segment:
    longest = max(words, key=lambda word: len(word.text))
    weight = pdfium.FPDFText_GetFontWeight(raw, longest.index)
    return Segment(
        text=_joined(words),
        x0=min(word.x0 for word in words),
        x1=max(word.x1 for word in words),
        y0=longest.y0,
        y1=longest.y1,
        is_bold=weight >= _BOLD_WEIGHT or _is_bold_font(raw, longest.index),
    )


def _joined(words: list[_Word]) -> str:
    return " ".join(word.text for word in words)


def _is_bold_font(raw: Any, index: int) -> bool:
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(raw, index, None, 0, ctypes.byref(flags))
    if not 0 < size < 500:
        return False
    name = ctypes.create_string_buffer(size)
    pdfium.FPDFText_GetFontInfo(raw, index, name, size, ctypes.byref(flags))
    return b"bold" in name.value.lower() or b"black" in name.value.lower()
