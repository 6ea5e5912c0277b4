"""Reads dates as documents write them. Nothing here looks at the clock."""

from __future__ import annotations

import calendar
import re

_MONTH_NAMES = (
    "january enero janvier januar janeiro gennaio jan ene",
    "february febrero fevrier février februar fevereiro febbraio feb fev fév",
    "march marzo mars marz märz marco março mar",
    "april abril avril aprile apr abr avr",
    "may mayo mai maio maggio mag",
    "june junio juin juni junho giugno jun giu",
    "july julio juillet juli julho luglio jul lug",
    "august agosto aout août aug ago",
    "september septiembre setiembre septembre setembro settembre sep sept set",
    "october octubre octobre oktober outubro ottobre oct okt out ott",
    "november noviembre novembre novembro nov",
    "december diciembre decembre décembre dezember dezembro dicembre dec dic dez déc",
)
_MONTHS = {name: n for n, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º|ª|\.)?"
_WEEKDAY = (
    r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|lunes|martes"
    r"|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\.?,?\s+)?"
)
_TIME = (
    r"(?:,?\s+(?:at\s+)?(?:\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|\d{4}Z)"
    r"(?:\s+\(?[A-Z]{2,5}\)?)?)?"
)
_OF = r"(?:\s+(?:de|do|of))?"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}[-/.](?P<month_number>[01]?\d)[-/.](?P<day>[0-3]?\d)(?:[T ]\d\d:\d\d.*)?",
        rf"{_YEAR}-(?P<month_number>[01]\d)",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_DAY}{_OF}\s+{_MONTH}{_OF},?\s+{_YEAR}{_TIME}",
        rf"{_DAY}-{_MONTH}-{_YEAR}",
        rf"{_MONTH}{_OF},?\s+{_YEAR}",
        rf"(?P<day>[0-3]?\d)[./](?P<month_number>[01]?\d)[./]{_YEAR}",
        rf"(?P<month_number>[01]?\d)/(?P<day>[0-3]?\d)/{_YEAR}",
    )
)
_DAY_FIRST, _MONTH_FIRST = _FORMS[-2], _FORMS[-1]
_LABEL = re.compile(
    r"(?:as of|date of (?:publication|issue|release)"
    r"|(?:first |originally )?(?:published|posted|issued|released|updated|dated?)(?: on)?"
    r"|(?:publication|release|issue|report) date|last (?:updated|modified|revised)(?: on)?"
    r"|fecha|fecha de publicación|publicado(?: el| em)?|actualizado(?: el)?|publié le|mis à jour le"
    r"|datum|stand|veröffentlicht(?: am)?|aktualisiert(?: am)?|erschienen am|pubblicato il)"
    r"\s*[:\-–]?\s+(?P<date>\S.*)",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"this (?:article|piece|essay|post|op-ed|commentary|column|story|paper|interview|text)"
    r" (?:was |has been )?(?:(?:first|originally) )*(?:published|posted|appeared)"
    r"(?: \w+){0,8}? on (?P<date>[\w ,.]{6,30}?\d{4})\b.{0,80}",
    re.IGNORECASE,
)
_PLACE = r"(?:[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:de|del|of|the|la|le|da|do)\b)*\s*){1,5}"
_DATELINE = re.compile(
    rf"{_PLACE}(?:,\s*{_PLACE})?(?:,|\s[-–—])\s*(?:el |le |den )?(?P<date>\d.*|\w+\.? \d.*)"
)
_PARTS = re.compile(r"\s*[|•·∙–—/]\s+|\s{3,}|\t")
_LATER = re.compile(
    r"(?:last )?(?:updated|modified|revised)|actualizado|mis à jour|aktualisiert", re.I
)
_LONGEST_DATELINE = 90
_PDF = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")


def parse_date(text: str) -> str | None:
    """Return `text`, wholly a date, as ISO 8601 (whole or partial); None when it is none.

    A date in figures whose day and month cannot be told apart gives None.
    """
    text = " ".join(text.split()).strip(" .,;()[]")
    if not 4 <= len(text) <= 60:
        return None
    for form in _FORMS:
        match = form.fullmatch(text)
        if not match or (form is _MONTH_FIRST or form is _DAY_FIRST) and _is_ambiguous(match):
            continue
        found = _iso(match.groupdict())
        if found:
            return found
    return None


def parse_stamp(text: str) -> str | None:
    """Return the date of a machine's time stamp: ISO 8601, or PDF's `D:20211008…`."""
    text = text.strip()
    match = _PDF.match(text)
    if match and "-" not in text[:8] and len(text.removeprefix("D:")) >= 8:
        year, month, day = match.groups()
        return _iso({"year": year, "month_number": month, "day": day})
    return parse_date(text) or (text if re.fullmatch(_YEAR, text) else None)


def labelled_date(line: str) -> str | None:
    """Return the date of a line such as `Published: 8 October 2021`; None for other lines."""
    match = _LABEL.fullmatch(line.strip()) or _APPEARED.fullmatch(line.strip())
    return parse_date(match["date"]) if match else None


def dateline(line: str) -> str | None:
    """Return the date of a line such as `Accra, February 27, 1966`; None for other lines."""
    match = _DATELINE.fullmatch(line.strip()) if len(line) <= _LONGEST_DATELINE else None
    found = parse_date(match["date"]) if match else None
    return found if found and len(found) == len("2021-10-08") else None


def parts_of(line: str) -> list[str]:
    """Return what bars, dots or wide gaps set apart in a line under a title."""
    return [part for part in _PARTS.split(line.strip()) if part.strip()]


def is_later_edition(line: str) -> bool:
    """Tell whether a dated line speaks of a revision rather than of the first appearance."""
    return bool(_LATER.match(line.strip()))


def _is_ambiguous(match: re.Match[str]) -> bool:
    if "." in match[0]:
        # Only where the day comes first is a date written with dots.
        return False
    day, month = int(match["day"]), int(match["month_number"])
    return day <= 12 and month <= 12 and day != month


def _iso(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0)
    name, number, day_text = parts.get("month"), parts.get("month_number"), parts.get("day")
    month = _MONTHS[name.lower()] if name else int(number) if number else None
    if not 1500 <= year <= 2099 or month is not None and not 1 <= month <= 12:
        return None
    if month is None:
        return f"{year:04}"
    if day_text is None:
        return f"{year:04}-{month:02}"
    day = int(day_text)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"
