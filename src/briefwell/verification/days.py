"""Dates read from text: whole or partial, decades and centuries, relative to a document's date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefwell.types import Span

MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug
        |september sept sep|october oct|november nov|december dec""".split("|"),
        start=1,
    )
    for name in names.split()
}
_SMALL = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"a": 1, "an": 1}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        twenty-first""".split(),
        start=1,
    )
}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:1[0-9]|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"""\b(?:
     (?P<iso>(?P<iy>{_YEAR})-(?P<im>0[1-9]|1[0-2])(?:-(?P<id>0[1-9]|[12]\d|3[01]))?)(?![\d-])
    |(?P<md>(?P<m1>{_MONTH})\b\.?\ (?:the\ )?(?P<d1>{_DAY})(?!\d)(?:\ ?,?\ (?P<y1>{_YEAR})\b)?)
    |(?P<dm>(?P<d2>{_DAY})\ (?:of\ )?(?P<m2>{_MONTH})\b\.?(?:\ ?,?\ (?P<y2>{_YEAR})\b)?)
    |(?P<my>(?P<m3>{_MONTH})\b\.?\ ?,?\ (?:of\ )?(?P<y3>{_YEAR})\b)
    |(?P<century>(?P<c>\d\d?(?:st|nd|rd|th)|{"|".join(_ORDINALS)})[\ -]century)
    |(?P<decade>(?:1[0-9]|20)\d0)['’]?s\b
    |(?P<ago>(?P<n>\d+|{"|".join(_SMALL)})\ (?P<unit>year|month)s?\ ago)
    |(?P<relative>(?P<way>last|this|next|previous|current)\ (?P<what>year|month))
    |(?P<y>{_YEAR})(?:\ ?[-–/]\ ?(?P<to>{_YEAR}|\d\d))?
       (?![\d,.]\d|%|\ (?:percent|people|men|miles|km)\b)
    |(?P<m>{_MONTH})\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A point or stretch of time as a text names it; what it does not name is 0.

    Attributes:
        year: For a decade or a century its first year.
        month: 1 to 12.
        day: 1 to 31.
        years: How many years it covers: 1, 10 for a decade, 100 for a century.
        is_relative: It counts from the document's date.
        span: Where it stands.
        written: As the text writes it.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    years: int = 1
    is_relative: bool = False
    span: Span
    written: str = ""

    def is_within(self, other: Day) -> bool:
        """Tell whether whoever knows `other` may say `self`: the same date, or a coarser one."""
        if self.years > 1 or other.years > 1:
            return (
                self.year <= other.year
                and other.year + other.years <= self.year + self.years
                and other.year > 0
            )
        return (
            self.year in (0, other.year)
            and self.month in (0, other.month)
            and self.day in (0, other.day)
            and bool(self.year or self.month)
        )


def find_days(text: str, *, today: str | None = None) -> tuple[Day, ...]:
    """Return the dates of a normalised text, in order.

    Args:
        text: What is read.
        today: The document's own date, ISO 8601, from which `last year` is counted; without it
            relative dates are left out.
    """
    return _find(text, (today or "")[:7])


@lru_cache(maxsize=4096)
def _find(text: str, today: str) -> tuple[Day, ...]:
    found: list[Day] = []
    for match in _DATE.finditer(text):
        found.extend(_read(match, today))
    return tuple(found)


def _read(match: re.Match[str], today: str) -> list[Day]:
    part = match.groupdict()
    span = Span(start=match.start(), end=match.end())
    written = match[0]
    if part["iso"]:
        return [_day(part["iy"], part["im"], part["id"], span, written)]
    if part["md"] or part["dm"] or part["my"]:
        month = MONTHS[(part["m1"] or part["m2"] or part["m3"]).lower()]
        year = part["y1"] or part["y2"] or part["y3"]
        return [_day(year, str(month), part["d1"] or part["d2"], span, written)]
    if part["century"]:
        name = part["c"].lower()
        number = _ORDINALS.get(name) or int(name[:-2])
        return [Day(year=100 * number - 99, years=100, span=span, written=written)]
    if part["decade"]:
        return [Day(year=int(part["decade"]), years=10, span=span, written=written)]
    if part["ago"] or part["relative"]:
        return _relative(part, today, span, written)
    if part["y"]:
        return _years(match, written)
    is_month = written[0].isupper() and (
        written.lower() not in ("may", "march") or _is_dated(match)
    )
    return [_day("", str(MONTHS[written.lower()]), "", span, written)] if is_month else []


def _is_dated(match: re.Match[str]) -> bool:
    """Tell whether `May` or `March` is the month, judging by the word before it."""
    before = re.search(r"(\w+)\s+$", match.string[max(0, match.start() - 14) : match.start()])
    return before is not None and before[1].lower() in (
        "in", "of", "until", "since", "by", "early", "late", "mid", "last", "next", "that", "during"
    )  # fmt: skip


def _day(year: str | None, month: str | None, day: str | None, span: Span, written: str) -> Day:
    number = re.sub(r"\D", "", day or "")
    return Day(
        year=int(year or 0), month=int(month or 0), day=int(number or 0), span=span, written=written
    )


def _years(match: re.Match[str], written: str) -> list[Day]:
    first, last = match["y"], match["to"]
    if not last:
        return [_day(first, "", "", Span(start=match.start(), end=match.end()), written)]
    end = int(last) if len(last) == 4 else int(first[:2] + last)
    return [
        Day(year=int(first), span=Span(start=match.start("y"), end=match.end("y")), written=first),
        Day(year=end, span=Span(start=match.start("to"), end=match.end("to")), written=last),
    ]


def _relative(part: dict[str, str | None], today: str, span: Span, written: str) -> list[Day]:
    year, month = int(today[:4] or 0), int(today[5:7] or 0)
    if not year:
        return []
    if part["ago"]:
        count = part["n"] or ""
        step = -(int(count) if count.isdigit() else _SMALL[count.lower()])
        unit = part["unit"] or ""
    else:
        steps = {"last": -1, "previous": -1, "next": 1}
        step, unit = steps.get((part["way"] or "").lower(), 0), part["what"] or ""
    if unit.lower() == "year":
        return [Day(year=year + step, is_relative=True, span=span, written=written)]
    if not month:
        return []
    months = year * 12 + month - 1 + step
    return [
        Day(year=months // 12, month=months % 12 + 1, is_relative=True, span=span, written=written)
    ]
