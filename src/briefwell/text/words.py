"""The words of a text and their stems."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import Stemmer

from briefwell.types import Span

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:/]\d+)*%?|"
    r"[^\W_]+(?:(?:['’](?=[^\W_])|[\u0300-\u036f]+)[^\W_]*)*"
)
"""A word, a number with what stands inside it, or initials; accents may stand apart (NFD)."""

_STEMMER = Stemmer.Stemmer("english", 0)  # without its cache: `stem` has one
_STEMMING = Lock()
"""The stemmer keeps the word it works on in itself: two threads would spoil each other's."""

STOP_WORDS = frozenset(
    """a about above after again against all am an and any are as at be because been before being
    below between both but by can could did do does doing down during each few for from further
    had has have having he her here hers herself him himself his how i if in into is it its itself
    just me might more most must my myself nor of off on once only or other our ours ourselves out
    over own per s same shall she should so some such than that the their theirs them themselves
    then there these they this those through to too under until up upon us very was we were what
    when where which while who whom whose why will with within without would you your yours
    yourself yourselves also may tell give please say says said does""".split()
)
"""English words that carry no subject; `not` and `no` are kept out of it on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text: `text[span.start:span.end]`, and its stem in small letters."""

    text: str
    span: Span
    stem: str


def words(text: str, span: Span | None = None) -> list[Word]:
    """Return the words and numbers of `text` (or of its part `span`) in order."""
    low, high = (span.start, span.end) if span is not None else (0, len(text))
    return [
        Word(text=m.group(0), span=Span(start=m.start(), end=m.end()), stem=stem(m.group(0)))
        for m in WORD.finditer(text, low, high)
    ]


def stems(text: str) -> list[str]:
    """Return the stems of all words and numbers of `text` in order."""
    return [stem(match.group(0)) for match in WORD.finditer(text)]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of one word: accents, dots and a final 's dropped, Snowball English."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = plain.replace("’", "'").removesuffix("'s").replace("'", "")
    if plain[:1].isalpha():
        plain = plain.replace(".", "")
    with _STEMMING:
        stemmed: str = _STEMMER.stemWord(plain)
    return stemmed


def content_stems(text: str) -> list[str]:
    """Return the stems of the words of `text` that are not stop words, in order."""
    return list(_content_stems(text))


@lru_cache(maxsize=4096)
def _content_stems(text: str) -> tuple[str, ...]:
    found = (match.group(0) for match in WORD.finditer(text))
    return tuple(stem(word) for word in found if word.lower() not in STOP_WORDS)
