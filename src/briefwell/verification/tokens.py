"""A sentence as the proof compares it: words with their senses, figures, dates and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from briefwell.text import normalise, stem
from briefwell.types import Span
from briefwell.verification.days import Day, find_days
from briefwell.verification.figures import Figure, find_figures
from briefwell.verification.lexicon import ARTICLES, PREPOSITIONS, PRONOUNS
from briefwell.verification.phrasings import PHRASINGS
from briefwell.verification.spellings import (
    CONTRACTED,
    CONTRACTIONS,
    IRREGULAR,
    PHRASES,
    SENSES,
    spelled,
)

Aliases = tuple[tuple[tuple[str, ...], str], ...]
"""Names of several words and the short form a document gives them."""

_KEPT = {ord(char): chr(0xE000 + index) for index, char in enumerate("½⅓⅔¼¾⅕⅛²³¹")}
_BACK = {ord(private): chr(char) for char, private in _KEPT.items()}
_LONG_DASH = re.compile(r"\s*(?:[—―]|--+)\s*")


def prepared(text: str) -> str:
    """Return `text` as tokens are read from it: normalised, fractions and powers kept."""
    loose = _LONG_DASH.sub(" - ", text).translate(_KEPT)
    return normalise(loose).translate(_BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word, figure, date or mark of a sentence.

    Attributes:
        text: As it stands in the prepared text.
        key: Small letters, one spelling; for a mark the mark itself.
        sense: What two words must share to say the same: a stem or a group of synonyms.
        form: `ed`, `en`, `ing` or empty.
        is_mark: It is punctuation.
        is_name: It is written like a proper name.
        figure: What it says when it is a figure.
        day: What it says when it is a date.
    """

    text: str
    key: str
    sense: str = ""
    form: str = ""
    is_mark: bool = False
    is_name: bool = False
    figure: Figure | None = None
    day: Day | None = None

    @property
    def as_figure(self) -> Figure | None:
        """The token as a figure: a bare year may be a count."""
        day = self.day
        if day is None or day.years > 1 or day.month or day.is_relative:
            return self.figure
        return Figure(
            value=Fraction(day.year),
            kind="number",
            unit="",
            span=day.span,
            written=day.written,
            whole=day.span,
        )

    @property
    def as_day(self) -> Day | None:
        """The token as a date: a bare count may be a year."""
        figure = self.figure
        is_bare = figure is not None and figure.kind == "number" and not figure.unit + figure.hedge
        if figure is None or not is_bare or not 1000 <= figure.value < 2100:
            return self.day
        return Day(year=int(figure.value), span=figure.span, written=figure.written)

    @property
    def is_content(self) -> bool:
        """Whether the token names something, rather than joining or turning what others name."""
        return not self.is_mark and (
            self.figure is not None or self.day is not None or self.key not in FUNCTION_WORDS
        )


FUNCTION_WORDS = (
    ARTICLES
    | PREPOSITIONS
    | PRONOUNS
    | frozenset(
        """and or but nor that than as is are was were be been being am has have had do does did 's
        'd to not no so if while when where whether because although there here i we you my our your
        us me what whom whose how why may might can could will would shall should must both such
        own same too also very just only then""".split()
    )
    | frozenset(key for key in PHRASES.values() if " " in key and key != "consists of")
)


def tokens(text: str, *, today: str | None = None, aliases: Aliases = ()) -> tuple[Token, ...]:
    """Read a sentence.

    Args:
        text: As it stands in a statement or a source.
        today: The document's date, ISO 8601, for relative dates.
        aliases: Long names that count as their short forms.
    """
    return _tokens(text, (today or "")[:7], aliases)


@lru_cache(maxsize=8192)
def _tokens(text: str, today: str, aliases: Aliases) -> tuple[Token, ...]:
    clean = prepared(text)
    found = list(_read(clean, today))
    return tuple(_dated(list(_joined(found, aliases))))


_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|n't\b|'(?:s|re|ll|ve|m|d)\b|[^\W\d_]+(?:'[^\W\d_]+)?(?:-?\d+\w*)?|\d[\w.,]*"
    r"|``|''|(?<=\s)-+(?=\s)|[,;:()\[\]\"?!.…$%'&/|]"
)
_MARKS = frozenset([*",;:()[]\"?!.…'/|", "``", "''", "-"])


def _read(text: str, today: str) -> Iterator[Token]:
    claimed = _claims(text, today)
    at = 0
    for span, figure, day in [*claimed, (Span(start=len(text), end=len(text)), None, None)]:
        yield from _plain(text, at, span.start)
        if figure is not None or day is not None:
            written = span.cut(text)
            yield Token(text=written, key=written.lower(), figure=figure, day=day)
        at = span.end


def _claims(text: str, today: str) -> list[tuple[Span, Figure | None, Day | None]]:
    days: list[tuple[Span, Figure | None, Day | None]] = [
        (day.span, None, day) for day in find_days(text, today=today)
    ]
    taken = sorted((span.start, span.end) for span, _, _ in days)
    figures: list[tuple[Span, Figure | None, Day | None]] = [
        (_free(figure, taken), figure, None)
        for figure in find_figures(text)
        if not any(start < figure.span.end and figure.span.start < end for start, end in taken)
    ]
    return sorted([*days, *figures], key=lambda claim: claim[0].start)


def _free(figure: Figure, taken: list[tuple[int, int]]) -> Span:
    """Return the figure's place with its hedge, unless the hedge runs into a date."""
    whole = figure.whole
    is_free = not any(start < whole.end and whole.start < end for start, end in taken)
    return whole if is_free else figure.span


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if word in _MARKS:
            yield Token(text=word, key='"' if word in ("``", "''") else word, is_mark=True)
        else:
            yield from _words(word)


def _words(word: str) -> Iterator[Token]:
    lower = word.lower()
    if lower in CONTRACTIONS:
        yield from (_word(part) for part in CONTRACTIONS[lower])
    elif lower in CONTRACTED:
        yield Token(text=word, key=CONTRACTED[lower], sense=CONTRACTED[lower])
    elif "'" in lower:
        base, _, tail = lower.partition("'")
        if tail == "t" and base.endswith("n"):
            yield from (_word(word[: len(base) - 1]), _word("not"))
        elif f"'{tail}" in CONTRACTED:
            yield _word(word[: len(base)])
            yield Token(text=f"'{tail}", key=CONTRACTED[f"'{tail}"], sense=CONTRACTED[f"'{tail}"])
        else:
            yield _word(word)
    else:
        yield _word(word)


@lru_cache(maxsize=32768)
def _word(word: str) -> Token:
    lower = word.lower()
    if lower == "us" and word == "US":
        lower = "u.s."
    elif re.fullmatch(r"(?:[a-z]\.)+[a-z]?", lower):
        lower = lower if lower.endswith(".") else f"{lower}."
    key = spelled(lower)
    lemma, form = IRREGULAR.get(key, (key, ""))
    if not form and len(key) > 4:
        form = next((end for end in ("ed", "ing") if key.endswith(end)), "")
    root = key if key.endswith(".") else stem(lemma)
    is_name = word[:1].isupper() and not (len(word) == 1 and word in "AI")
    sense = root if is_name and word != word.lower() and lemma == key else SENSES.get(root, root)
    return Token(text=word, key=key, sense=sense, form=form, is_name=is_name)


def _joined(found: Sequence[Token], aliases: Aliases) -> Iterator[Token]:
    """Make one token of the words of a fixed phrase or a known long name."""
    named = _by_first(aliases)
    at = 0
    while at < len(found):
        first = found[at].key
        for phrase, key in (
            *named.get(first, ()),
            *_PHRASES.get(first, ()),
            *_PHRASINGS.get(first, ()),
        ):
            part = found[at : at + len(phrase)]
            if tuple(token.key for token in part) == phrase:
                written = " ".join(token.text for token in part)
                is_name = part[0].is_name and written.lower() != written
                sense, form = PHRASINGS[phrase] if key == _PHRASING else (key, "")
                yield replace(
                    part[0],
                    text=written,
                    key=" ".join(phrase) if key == _PHRASING else key,
                    sense=sense,
                    form=form,
                    is_name=is_name and key != _PHRASING,
                )
                at += len(phrase)
                break
        else:
            yield found[at]
            at += 1


@lru_cache(maxsize=64)
def _by_first(phrases: Aliases) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, key in sorted(phrases, key=lambda entry: -len(entry[0])):
        table.setdefault(phrase[0], []).append((phrase, key))
    return table


_PHRASES = _by_first(tuple(PHRASES.items()))
_PHRASING = "~"
_PHRASINGS = _by_first(tuple((phrase, _PHRASING) for phrase in PHRASINGS))


def _dated(found: Sequence[Token]) -> Iterator[Token]:
    """Take `in` and `on` into the date they stand before: a coarser date changes them."""
    at = 0
    while at < len(found):
        token = found[at]
        step = 2 if at + 2 < len(found) and found[at + 1].key in ARTICLES else 1
        if token.key in ("in", "on") and at + step < len(found) and found[at + step].day:
            written = " ".join(part.text for part in found[at : at + step + 1])
            yield replace(found[at + step], text=written, key=written.lower())
            at += step + 1
        else:
            yield token
            at += 1
