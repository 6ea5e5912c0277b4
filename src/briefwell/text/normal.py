"""What may differ between a quote and its source is folded away, with a map back."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefwell.types import Span

_QUOTES = dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("“”„‟", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_FOLD = str.maketrans(_QUOTES | _DASHES)
_SOFT_HYPHEN = "\u00ad"
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*\r?\n[ \t]*(?=[a-zß-öø-ÿ])")
_IRREGULAR = re.compile(r"\s{2,}|[^\S ]|[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A normalised text and the way back.

    Attributes:
        text: The normalised text.
        starts: For each of its code points, where the original piece it came from starts.
        ends: For each of its code points, where that piece ends (exclusive).
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, span: Span) -> Span:
        """Return the span of the original text that a non-empty span of `text` came from."""
        return Span(start=self.starts[span.start], end=self.ends[span.end - 1])


def normalise(text: str) -> str:
    """Return `text` as quotes are compared: see `normalise_with_map`."""
    return normalise_with_map(text).text


def normalise_with_map(text: str) -> Normalised:
    """Fold what may differ between a quote and its source, and nothing else.

    Folded are: runs of white space, soft hyphens, a hyphen at a line end inside a word,
    what Unicode NFKC folds, straight and curly quotation marks, and dash variants. Letter
    case counts.

    Returns:
        The folded text, without white space at its ends, and the map back.
    """
    kept, places = _without_hyphens(text)
    folded = _Folding()
    at = 0
    for match in _IRREGULAR.finditer(kept):
        start, end = match.span()
        if start < at:
            continue
        if start > at and kept[start - 1] != " " and _is_joined(kept[start - 1], kept[start]):
            start -= 1
        folded.copy(kept, at, start)
        if kept[start].isspace():
            folded.add(" ", start, end)
        else:
            for low, high in _clusters(kept, start, end):
                folded.add(_fold(kept[low:high]), low, high)
        at = end
    folded.copy(kept, at, len(kept))
    return folded.result(places)


class _Folding:
    """Collects folded pieces with the places they came from."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts = array("I")
        self.ends = array("I")
        self.is_spaced = True

    def copy(self, text: str, start: int, end: int) -> None:
        """Take `text[start:end]` over as it stands; its white space is single spaces."""
        if start < end and self.is_spaced and text[start] == " ":
            self._widen(end=start + 1)
            start += 1
        if start < end:
            self.pieces.append(text[start:end])
            self.starts.extend(range(start, end))
            self.ends.extend(range(start + 1, end + 1))
            self.is_spaced = text[end - 1] == " "

    def add(self, piece: str, start: int, end: int) -> None:
        """Take `piece` as what the original place `[start, end)` folds to."""
        for char in piece:
            is_space = char == " "
            if is_space and self.is_spaced:
                self._widen(end=end)
                continue
            self.pieces.append(char)
            self.starts.append(start)
            self.ends.append(end)
            self.is_spaced = is_space

    def _widen(self, *, end: int) -> None:
        if self.ends:
            self.ends[-1] = end

    def result(self, places: Sequence[int] | None) -> Normalised:
        """Return the folded text, its map taken back through `places` where there are some."""
        text = "".join(self.pieces).rstrip(" ")
        starts, ends = self.starts[: len(text)], self.ends[: len(text)]
        if places is not None:
            starts = array("I", (places[start] for start in starts))
            ends = array("I", (places[end - 1] + 1 for end in ends))
        return Normalised(text=text, starts=starts, ends=ends)


def _without_hyphens(text: str) -> tuple[str, Sequence[int] | None]:
    """Return `text` without hyphens that only break lines, and where what is left stood."""
    places: array[int] | None = None
    if "\n" in text:
        text, places = _without(_LINE_HYPHEN, text, places)
    if _SOFT_HYPHEN in text:
        text, places = _without(re.compile(_SOFT_HYPHEN), text, places)
    return text, places


def _without(
    pattern: re.Pattern[str], text: str, places: array[int] | None
) -> tuple[str, array[int] | None]:
    gaps = [match.span() for match in pattern.finditer(text)]
    if not gaps:
        return text, places
    before = places if places is not None else array("I", range(len(text)))
    left = array("I")
    pieces: list[str] = []
    at = 0
    for start, end in [*gaps, (len(text), len(text))]:
        left.extend(before[at:start])
        pieces.append(text[at:start])
        at = end
    return "".join(pieces), left


def _clusters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a part of `text` into pieces that compose with nothing outside themselves."""
    found: list[tuple[int, int]] = []
    low = start
    for index in range(start + 1, end):
        if not _is_joined(text[max(low, index - 3) : index], text[index]):
            found.append((low, index))
            low = index
    return [*found, (low, end)]


@lru_cache(maxsize=8192)
def _is_joined(left: str, right: str) -> bool:
    if right.isascii():
        return False
    if unicodedata.combining(right):
        return True
    joined = unicodedata.normalize("NFKC", left + right)
    return joined != unicodedata.normalize("NFKC", left) + unicodedata.normalize("NFKC", right)


@lru_cache(maxsize=8192)
def _fold(piece: str) -> str:
    folded = unicodedata.normalize("NFKC", piece.translate(_FOLD)).translate(_FOLD)
    return "".join(" " if char.isspace() else char for char in folded)
