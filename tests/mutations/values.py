"""Numbers, dates and names, each changed into another that the sentence does not have."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from cases import Base, Case, put
from truths import MONTH, MONTHS, WORDS
from wordlists import CITIES, COUNTRIES

_MONTHLY = re.compile(rf"{MONTH}|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b")


def number(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    """Yield statements with another number."""
    pattern = re.compile(
        rf"(?<![\w.,$–-])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}})(?![\w.,:/’'-]*\w|, \d{{4}})"
        rf"|(?<!-)\b(?:{'|'.join(WORDS)})\b(?= [a-z])"
    )
    for base in bases:
        chance = base.lot(kind)
        for match in pattern.finditer(base.text):
            if _MONTHLY.search(base.text[max(0, match.start() - 12) : match.end() + 12]):
                continue
            other = _other_number(match[0], chance)
            is_there = re.search(rf"\b{other}\b", base.original)
            if not is_there and not _is_past_end(base.text[match.end() :], match[0], other):
                yield base.case(kind, put(base.text, match, other), f"{match[0]} → {other}")
                break


def _other_number(written: str, chance: random.Random) -> str:
    if written in WORDS:
        return chance.choice([word for word in WORDS if word != written])
    value = int(written.replace(",", ""))
    other = chance.choice([value * 10, value + chance.randint(1, 9), value * 2, value + 100])
    return f"{other:,}" if other != value else f"{value + 1:,}"


def _is_past_end(after: str, written: str, other: str) -> bool:
    """Tell whether the lower end of a range would come to stand above the upper."""
    upper = re.match(r" (?:to|or|and) (\d[\d,]*\d|\d)", after)
    if upper is None or written in WORDS:
        return False
    low, changed, high = (int(part.replace(",", "")) for part in (written, other, upper[1]))
    return low < high <= changed


_LONG = "January March May July August October December".split()
# A wider limit would still be true: who came by 1930 had come by 1932.
_EARLIER, _LATER = "by before since after following from between", "until till to through"
_BOUND = re.compile(
    rf"\b(?:{'|'.join([*_EARLIER.split(), *_LATER.split()])})"
    rf"(?: (?:the|end|of|late|early|mid))* (?:(?:{MONTH}) )?(?:\d{{1,2}},? )?(?:(?:{MONTH}) )?$",
    re.IGNORECASE,
)


def date(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    """Yield statements with another year, month or day, or with a day their source has not."""
    for base in bases:
        chance = base.lot(kind)
        options = [*_years(base.text, chance), *_days(base.text, chance)]
        options = [(m, o) for m, o in options if not re.search(rf"\b{o.strip()}\b", base.original)]
        if options:
            match, other = chance.choice(options)
            yield base.case(kind, put(base.text, match, other), f"{match[0]} → {other}")


def _years(text: str, chance: random.Random) -> Iterator[tuple[re.Match[str], str]]:
    for match in re.finditer(r"\b(1[6-9]|20)\d\d\b(?!s|[–-]\d\d\b)", text):
        before, after = text[: match.start()], text[match.end() :]
        steps = [-20, -3, -1, 1, 2, 10]
        bound = _BOUND.search(before)
        if after[:1] in ("–", "-") or bound and bound[0].split()[0].lower() in _EARLIER.split():
            steps = [-20, -3, -1]
        elif before[-1:] in ("–", "-") or bound:
            steps = [1, 2, 10]
        yield match, str(int(match[0]) + chance.choice(steps))


def _days(text: str, chance: random.Random) -> Iterator[tuple[re.Match[str], str]]:
    for match in re.finditer(rf"\b(?:{MONTH})\b(?= \d)", text):
        is_late = re.search(r"\b(?:29|30|31) $", text[: match.start()]) or re.match(
            r" (?:29|30|31),", text[match.end() :]
        )
        others = [m for m in (_LONG if is_late else MONTHS) if m != match[0]]
        if not _BOUND.search(text[: match.start()]):
            yield match, chance.choice(others)
    for match in re.finditer(
        rf"(?<=[a-z] )\d{{1,2}}(?=, \d{{4}})|\b\d{{1,2}}(?= (?:{MONTH}))", text
    ):
        if not _BOUND.search(text[: match.start()]):
            yield match, str(int(match[0]) % 27 + 1)
    for match in re.finditer(rf"\b[Ii]n (?=(?:{MONTH}) \d{{4}})", text):
        led = "On" if match[0].startswith("I") else "on"
        yield match, f"{led} {chance.randint(1, 28)} "


_TITLES = "President|Prime Minister|Minister|Ambassador|Secretary of State|Commodore|Senator"
_PERSON = re.compile(
    rf"\b(?:(?:{_TITLES}) [A-Z][a-z]+|[A-Z][a-z]+ [A-Z]\.) ([A-Z][a-z]{{3,}})\b(?! [A-Z]|[-’'])"
)
_PART_OF_A_NAME = re.compile(
    r"(?:[A-Z][\w.]*(?<!\bIn)(?<!\bOn)(?<!\bFor)(?<!\bFrom)(?<!\bTo)(?<!\bAfter)(?<!\bWhen)"
    r"(?<!\bAlthough)(?<!\bAs)(?<!\bBy)(?<!\bThe)(?<!\bU\.S\.)(?<!\bWith)(?<!\bWhile)[ -]|[-–])$"
)


def name(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    """Yield statements with the name of another country, city or person."""
    surnames = sorted({m[1] for base in bases for m in _PERSON.finditer(base.original)})
    for base in bases:
        chance = base.lot(kind)
        options: list[tuple[re.Match[str], str]] = []
        for pool in (COUNTRIES, CITIES):
            for match in re.finditer(rf"\b(?:{'|'.join(pool)})\b(?! [A-Z]|-)", base.text):
                if not _PART_OF_A_NAME.search(base.text[: match.start()]):
                    options.append((match, chance.choice(pool)))
        for match in _PERSON.finditer(base.text):
            inner = re.compile(match[1]).search(base.text, match.start(1))
            assert inner is not None
            options.append((inner, chance.choice(surnames)))
        options = [(m, o) for m, o in options if o not in base.original]
        if options:
            match, other = chance.choice(options)
            yield base.case(kind, put(base.text, match, other), f"{match[0]} → {other}")
