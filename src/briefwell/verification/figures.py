"""Figures read from text: digits and words, percent, money, scales, fractions, ordinals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from briefwell.types import Span
from briefwell.verification.figure_words import (
    HEDGES_AFTER,
    HEDGES_BEFORE,
    MONEY_SIGNS,
    MONEY_WORDS,
    MULTIPLES,
    NUMBER_WORDS,
    ORDINAL_WORDS,
    SCALES,
    SHARES,
    UNITS,
    VULGAR,
)

_LEXEME = re.compile(
    r"(?:US|A|CA|C|HK|MX)?\$|[€£¥%]|[½⅓⅔¼¾⅕⅛]|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
    r"|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:-?\d+[^\W_]*)?|\S"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as a text gives it.

    Attributes:
        value: The exact value, scale applied: `1.2 bn` is 1,200,000,000.
        kind: `number`, `ordinal`, `share` (a fraction in words) or `multiple`.
        unit: `percent`, `point`, a currency or a measure; empty for a plain number.
        span: Where it stands in the text that was read, hedge left out.
        hedge: `approx`, `nearly`, `over`, `least`, `under`, `most`, `low` or `high` (the ends of
            a range), or empty.
        written: As the text writes it.
        whole: Where it stands, hedge and all.
    """

    value: Fraction
    kind: str
    unit: str
    span: Span
    hedge: str = ""
    written: str = ""
    whole: Span

    @property
    def key(self) -> tuple[Fraction, str, str]:
        """What two figures must share to be the same figure."""
        return self.value, self.kind, self.unit


@dataclass(frozen=True, slots=True)
class _Lexeme:
    text: str
    lower: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a normalised text, in order."""
    lexemes = [_Lexeme(m[0], m[0].lower(), *m.span()) for m in _LEXEME.finditer(text)]
    found: list[tuple[Figure, int, int]] = []
    at = 0
    while at < len(lexemes):
        read = _read(lexemes, at)
        if read is None:
            at += 1
            continue
        value, kind, unit, last = read
        span = Span(start=lexemes[at].start, end=lexemes[last].end)
        hedge, first, end = _hedge(lexemes, at, last)
        figure = Figure(
            value=value,
            kind=kind,
            unit=unit,
            span=span,
            hedge=hedge,
            written=span.cut(text),
            whole=Span(start=lexemes[first].start, end=lexemes[end].end),
        )
        found.append((figure, at, last))
        at = last + 1
    return tuple(_with_ranges(found, lexemes))


def _read(lexemes: Sequence[_Lexeme], at: int) -> tuple[Fraction, str, str, int] | None:
    """Read the figure that starts at lexeme `at`: value, kind, unit, last lexeme."""
    if _is_minus(lexemes, at):
        below = _read(lexemes, at + 1)
        return (-below[0], *below[1:]) if below and below[1] == "number" else None
    money = MONEY_SIGNS.get(lexemes[at].lower, "")
    start = at + 1 if money else at
    if start >= len(lexemes):
        return None
    read = _read_value(lexemes, start)
    if read is None or (money and read[1] != "number"):
        return None
    value, kind, last = read
    if kind == "number":
        value, last = _scaled(lexemes, value, last, is_money=bool(money))
    unit = money
    if kind in ("number", "share"):
        unit, last = _unit(lexemes, last, money)
    return value, kind, unit, last


def _is_minus(lexemes: Sequence[_Lexeme], at: int) -> bool:
    if lexemes[at].text != "-" or at + 1 >= len(lexemes):
        return False
    is_glued_after = lexemes[at + 1].start == lexemes[at].end
    is_free_before = at == 0 or lexemes[at - 1].end < lexemes[at].start
    return is_glued_after and is_free_before and lexemes[at + 1].text[0] in "0123456789$€£¥"


def _read_value(lexemes: Sequence[_Lexeme], at: int) -> tuple[Fraction, str, int] | None:
    word = lexemes[at].lower
    if word[0].isdecimal():
        return _read_digits(lexemes, at)
    if word in VULGAR:
        return VULGAR[word], "share", at
    if word in MULTIPLES:
        return Fraction(MULTIPLES[word]), "multiple", at
    return _read_share(lexemes, at) or _read_ordinal(lexemes, at) or _read_words(lexemes, at)


def _read_digits(lexemes: Sequence[_Lexeme], at: int) -> tuple[Fraction, str, int]:
    value = Fraction(lexemes[at].text.replace(",", ""))
    after = _word(lexemes, at + 1)
    is_glued = at + 1 < len(lexemes) and lexemes[at + 1].start == lexemes[at].end
    if is_glued and after in ("st", "nd", "rd", "th"):
        return value, "ordinal", at + 1
    if after in VULGAR:
        return value + VULGAR[after], "number", at + 1
    if is_glued and after == "/" and _word(lexemes, at + 2).isdecimal():
        below = int(lexemes[at + 2].text)
        if below and value < below:
            return value / below, "share", at + 2
    return value, "number", at


def _read_share(lexemes: Sequence[_Lexeme], at: int) -> tuple[Fraction, str, int] | None:
    word, after = lexemes[at].lower, _word(lexemes, at + 1)
    if word == "half":
        scale = SCALES.get(_word(lexemes, at + 2), 0) if after == "a" else 0
        return (Fraction(scale, 2), "number", at + 2) if scale else (Fraction(1, 2), "share", at)
    above = NUMBER_WORDS.get(word, 1 if word in ("a", "an") else 0)
    part = at + 2 if after == "-" else at + 1
    below = SHARES.get(_word(lexemes, part), 0)
    if not above or not below or above >= below:
        return None
    if word in ("a", "an") and _word(lexemes, part + 1) not in ("of", "the", "as", "", ".", ","):
        return None
    return Fraction(above, below), "share", part


def _read_ordinal(lexemes: Sequence[_Lexeme], at: int) -> tuple[Fraction, str, int] | None:
    word = lexemes[at].lower
    if word in ORDINAL_WORDS:
        return Fraction(ORDINAL_WORDS[word]), "ordinal", at
    last = at + 2 if _word(lexemes, at + 1) == "-" else at + 1
    ones = ORDINAL_WORDS.get(_word(lexemes, last), 0)
    if 20 <= NUMBER_WORDS.get(word, 0) < 100 and 0 < ones < 10:
        return Fraction(NUMBER_WORDS[word] + ones), "ordinal", last
    return None


def _read_words(lexemes: Sequence[_Lexeme], at: int) -> tuple[Fraction, str, int] | None:
    word = lexemes[at].lower
    if word in ("a", "an"):
        scale = SCALES.get(_word(lexemes, at + 1), 0)
        is_number = scale >= 12 and len(_word(lexemes, at + 1)) > 3
        return (Fraction(scale), "number", at + 1) if is_number else None
    if word not in NUMBER_WORDS:
        return None
    total, part, last = 0, NUMBER_WORDS[word], at
    while True:
        step = last + 1
        if _word(lexemes, step) == "-" or (_word(lexemes, step) == "and" and part >= 100):
            step += 1
        more = _word(lexemes, step)
        if more in NUMBER_WORDS and _is_completing(part, NUMBER_WORDS[more]):
            part += NUMBER_WORDS[more]
        elif more == "hundred" and part < 100:
            part *= 100
        elif more == "thousand" and part:
            total, part = total + part * 1000, 0
        else:
            return Fraction(total + part), "number", last
        last = step


def _is_completing(part: int, more: int) -> bool:
    """Tell whether `more` may follow `part` in a number: twenty one, hundred and five."""
    if part == 0:
        return True
    return (part % 100 >= 20 and part % 10 == 0 and 0 < more < 10) or (
        part >= 100 and part % 100 == 0 and 0 < more < 100
    )


def _scaled(
    lexemes: Sequence[_Lexeme], value: Fraction, last: int, *, is_money: bool
) -> tuple[Fraction, int]:
    if [_word(lexemes, last + step) for step in (1, 2, 3)] == ["and", "a", "half"]:
        value, last = value + Fraction(1, 2), last + 3
    step = last + 2 if _word(lexemes, last + 1) == "-" else last + 1
    word = _word(lexemes, step)
    if word in ("m", "b", "k"):
        is_glued = lexemes[step].start == lexemes[last].end
        if not is_money and not (is_glued and word == "k"):
            return value, last
    if word in SCALES:
        return value * SCALES[word], step
    return value, last


def _unit(lexemes: Sequence[_Lexeme], last: int, money: str) -> tuple[str, int]:
    at = last + 2 if _word(lexemes, last + 1) == "-" else last + 1
    word, after, third = (_word(lexemes, at + step) for step in (0, 1, 2))
    if word in ("%", "percent", "pct", "percentage") or (word, after) == ("per", "cent"):
        at += word == "per"
        is_point = _word(lexemes, at + 1).rstrip("s") == "point"
        return ("point", at + 1) if is_point else ("percent", at)
    if word == "pp":
        return "point", at
    if money:
        return money, last
    if word in ("us", "u.s.", "american") and after.rstrip("s") == "dollar":
        return "dollar", at + 1
    if word in ("australian", "canadian", "mexican") and after.rstrip("s") in MONEY_WORDS:
        return f"{word} {after.rstrip('s')}", at + 1
    if word in ("square", "cubic") and (after in UNITS or after.rstrip("s") in UNITS):
        return f"{word} {UNITS.get(after) or UNITS[after.rstrip('s')]}", at + 1
    if (word, third) == ("hong", "dollars"):
        return "hong kong dollar", at + 2
    name = MONEY_WORDS.get(word) or MONEY_WORDS.get(word.removesuffix("s"))
    name = name or UNITS.get(word) or UNITS.get(word.removesuffix("s"))
    return (name, at) if name else ("", last)


def _hedge(lexemes: Sequence[_Lexeme], first: int, last: int) -> tuple[str, int, int]:
    """Return the hedge of the figure and the lexemes from which to which it then reaches."""
    before = [lexeme.lower for lexeme in lexemes[max(0, first - 4) : first]]
    for length in range(len(before), 0, -1):
        hedge = HEDGES_BEFORE.get(" ".join(before[-length:]))
        if hedge:
            return hedge, first - length, last
    after = [lexeme.lower for lexeme in lexemes[last + 1 : last + 3]]
    hedge = HEDGES_AFTER.get(" ".join(after))
    return (hedge, first, last + 2) if hedge else ("", first, last)


def _with_ranges(found: list[tuple[Figure, int, int]], lexemes: Sequence[_Lexeme]) -> list[Figure]:
    """Give the first of two joined figures the unit of the second, and mark true ranges."""
    figures = [figure for figure, _, _ in found]
    for index in range(len(found) - 1):
        (_, first, last), (_, second, _) = found[index : index + 2]
        between = [lexeme.lower for lexeme in lexemes[last + 1 : second]]
        left, right = figures[index : index + 2]
        if between not in (["-"], ["to"], ["and"], ["or"]) or left.kind != right.kind:
            continue
        before = _word(lexemes, first - 1) if first else ""
        if between == ["and"] and before != "between":
            continue
        if not left.unit and between != ["or"]:
            left = replace(left, unit=right.unit)
        if between in (["-"], ["and"]) or (between == ["to"] and before != "from"):
            left, right = replace(left, hedge="low"), replace(right, hedge="high")
        figures[index], figures[index + 1] = left, right
    return figures


def _word(lexemes: Sequence[_Lexeme], at: int) -> str:
    return lexemes[at].lower if 0 <= at < len(lexemes) else ""
