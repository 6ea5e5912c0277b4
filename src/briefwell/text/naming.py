"""What may be a name of a document or of a part of it, and where a text mentions such names.

A name is known by its stems. It is mentioned where its stems stand side by side and are written
as a name is: a common word that only opens a sentence is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefwell.text.words import STOP_WORDS, WORD, content_stems, stem

LONGEST = 16
"""Most words of a name."""

LEAST_CONTENT = 2
"""Words that say something in a heading or a defined name, for it to name anything."""

TELLING_CONTENT = 3
"""So many words that say something are told from other text whatever their letter case."""

_BRACKETS_AT_END = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_NUMBERING = re.compile(r"^\s*(?:(?:\d+|[A-Z])(?:\.\d+)*[.)]|\d+(?:\.\d+)+|[IVXLC]+[.)])\s+")
_DEFINED = re.compile(
    r"\((?:[^()\"“”]{0,40}\s)?[\"“]([A-Z][^\"“”()\n]{1,80})[\"”]\)"
    r"|[\"“]([A-Z][^\"“”()\n]{1,80})[\"”]\s+(?:means|refers\s+to|shall\s+mean)\b"
)
_CAPITAL = r"[^\W_a-z](?:[\w'’-]|\.(?=\w))*"
_CAPITALS = rf"{_CAPITAL}(?:[ \t]+(?:(?:of|the|and|de|la|von|van)[ \t]+)*{_CAPITAL})*"
_KNOWN_AS = re.compile(
    rf"\b(?:also|better|commonly|formerly|otherwise)[ \t]+(?:known as|called|named)[ \t]+"
    rf"(?:the[ \t]+)?[\"“'*_]*({_CAPITALS})"
)
_SUBJECT = re.compile(
    rf"\s*(?:The[ \t]+)?({_CAPITALS})[ \t]*(?:\([^()]{{0,200}}\)[ \t]*)?"
    r"(?:,(?:[^.]{0,120},)?[ \t]*)?(?:is|was|are|were)\b"
)
_ENDINGS = ".!?:;|•·*-–—"
_QUOTES = ('"', "“", "”", "‘", "’", "«", "»")
_BEFORE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a name stands in a text: `start` counts words from 0, `size` is its words."""

    start: int
    size: int


def names_of_title(title: str) -> set[tuple[str, ...]]:
    """Return the names a title gives: itself, and itself without what its last brackets add."""
    found = {_name(title, least=1), _name(_BRACKETS_AT_END.sub("", title), least=1)}
    return found - {()}


def name_of_heading(heading: str) -> tuple[str, ...]:
    """Return the name a heading gives, its number left out; empty where it is too plain."""
    return _name(_NUMBERING.sub("", heading), least=LEAST_CONTENT)


def name_of_subject(opening: str, title: str) -> tuple[str, ...]:
    """Return the other name by which a document's first sentence calls what its title names.

    "Frederick Barbarossa (1122–1190) was …" under the title "Frederick I": the two must share a
    word, or the sentence is about something else.
    """
    found = _SUBJECT.match(opening)
    name = _name(found.group(1), least=LEAST_CONTENT) if found else ()
    shared = set(content_stems(found.group(1))) & set(content_stems(title)) if found else set()
    return name if shared else ()


def defined_names(text: str) -> list[tuple[str, ...]]:
    """Return the names that `text` gives in so many words.

    (the “Joint Plan”), “Joint Plan” means …, also known as Joint Plan.
    """
    found: list[str] = []
    if any(mark in text for mark in _QUOTES[:3]):
        found += [match.group(1) or match.group(2) for match in _DEFINED.finditer(text)]
    if any(word in text for word in ("known as", "called", "named")):
        found += [match.group(1) for match in _KNOWN_AS.finditer(text)]
    names = (_name(words, least=1 if _is_telling(words) else LEAST_CONTENT) for words in found)
    return [name for name in names if name]


def is_name(stems: tuple[str, ...]) -> bool:
    """Tell whether stems can name something: not too many, and not numbers or signs alone."""
    # SQLite's tokenizer knows the letters of Unicode 6.1; a name needs one that it can find.
    return 0 < len(stems) <= LONGEST and any(
        char.isalpha() and (ord(char) < 0x1C80 or 0x3040 <= ord(char) < 0xD7A4)
        for part in stems
        for char in part
    )


def _name(text: str, *, least: int) -> tuple[str, ...]:
    found = WORD.findall(text)
    stems = tuple(map(stem, found))
    telling = sum(word.lower() not in STOP_WORDS for word in found)
    return stems if telling >= least and is_name(stems) else ()


def _is_telling(word: str) -> bool:
    """Tell a form that no common word has: two capitals, or letters with a digit."""
    capitals = sum(char.isupper() for char in word)
    is_mixed = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return capitals > 1 or is_mixed


class Wording:
    """A text as words, asked for the names it mentions."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = list(WORD.finditer(text))
        # A mention begins with a word that is not in small letters; most words are.
        self._opens = {
            at: stem(match.group())
            for at, match in enumerate(self._words)
            if not text[match.start()].islower()
        }

    @property
    def opens(self) -> set[str]:
        """The stems with which a mention may begin."""
        return set(self._opens.values())

    def mentions(
        self, names: Mapping[str, Mapping[tuple[str, ...], int]]
    ) -> Iterator[tuple[Place, int]]:
        """Yield each mention of one of `names`, which are grouped by their first stems."""
        for start, first in self._opens.items():
            alike = names.get(first)
            if not alike:
                continue
            run: tuple[str, ...] = ()
            for match in self._words[start : start + LONGEST]:
                run += (stem(match.group()),)
                if run in alike and self.is_named(Place(start=start, size=len(run))):
                    yield Place(start=start, size=len(run)), alike[run]

    def is_named(self, place: Place) -> bool:
        """Tell whether the words at `place` are written as a name is."""
        within = range(place.start, place.start + place.size)
        telling = [at for at in within if not self._is_small(at)]
        if not telling or not self._is_capital(place.start):
            return False
        if len(telling) >= TELLING_CONTENT or _is_telling(self._words[telling[0]].group()):
            return True
        if len(telling) > 1 and all(map(self._is_capital, telling)):
            return True
        if self._is_opening(place):
            return False
        at = telling[0]
        return len(telling) > 1 or not (self._is_joined(at - 1, at) or self._is_joined(at, at + 1))

    def _is_opening(self, place: Place) -> bool:
        """Tell whether a sentence, line or cell begins here, so that a capital says nothing."""
        start, end = (
            self._words[place.start].start(),
            self._words[place.start + place.size - 1].end(),
        )
        before = self._text[max(0, start - _BEFORE) : start]
        bare = before.rstrip(" \t\r")
        if not bare or bare[-1] == "\n":
            return True
        if bare[-1] in _QUOTES:
            return self._text[end : end + 1] not in _QUOTES
        return bare[-1] in _ENDINGS and bare != before

    def _is_joined(self, left: int, right: int) -> bool:
        """Tell whether two neighbours are parts of one name: capitals, a blank between."""
        if left < 0 or right >= len(self._words):
            return False
        between = self._text[self._words[left].end() : self._words[right].start()]
        return between in (" ", "-") and all(
            self._is_capital(at) and not self._is_small(at) for at in (left, right)
        )

    def _is_capital(self, at: int) -> bool:
        return at in self._opens

    def _is_small(self, at: int) -> bool:
        return self._words[at].group().lower() in STOP_WORDS
