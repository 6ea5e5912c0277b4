"""Judges what office files state about themselves: much of it was never written by an author."""

from __future__ import annotations

import re

from briefwell.loaders.base import Found, storable
from briefwell.loaders.dates import parse_stamp
from briefwell.types import Origin

_NO_TITLE = re.compile(
    r"""
    untitled.* | no\ title | (?:new\ )?(?:document|presentation|book|slide|page|doc)\ ?\d*
    | microsoft\ (?:word|powerpoint|excel|office).* | (?:powerpoint|word)\ (?:presentation|document)
    | .*\.(?:docx?|pdf|rtf|txt|odt|indd|qxd|qxp|pptx?|xlsx?|tex|dvi|ps|eps|html?|pub|wpd|p65|ai)
    | (?:print|title|template|layout|slide)\ ?\d* | (?:https?://|file:).* | [\W\d_]*
    | .*[\\/].*[\\/].* | \S*\d\S*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_AUTHOR = re.compile(
    r"(?:python-docx|microsoft.*|.*\buser\b.*|admin(?:istrator)?|owner|unknown|anonymous|author"
    r"|default.*|standard.*|root|guest|apache poi|.*[@\\/].*|\S+)",
    re.IGNORECASE,
)
_SHORTEST_TITLE = 4
_LONGEST = 300


def stated_title(value: str | None) -> Found | None:
    """Return a title from a file's properties unless a program made it up."""
    title = " ".join(storable(value or "").replace("\x00", "").split())
    if not _SHORTEST_TITLE <= len(title) <= _LONGEST or _NO_TITLE.fullmatch(title):
        return None
    return Found(value=title, origin=Origin.FILE_METADATA)


def stated_author(value: str | None) -> Found | None:
    """Return an author from a file's properties unless it is an account or a program."""
    author = " ".join(storable(value or "").replace("\x00", "").split())
    if not 4 <= len(author) <= _LONGEST or _NO_AUTHOR.fullmatch(author):
        return None
    return Found(value=author, origin=Origin.FILE_METADATA)


def stated_date(value: str | None) -> Found | None:
    """Return a date from a file's properties: the day it was created."""
    date = parse_stamp(value[:64]) if value else None
    return Found(value=date, origin=Origin.FILE_METADATA) if date else None


def chosen_title(stated: Found | None, shown: str | None, text: str) -> Found | None:
    """Return the stated title, unless the page shows one of its own and never says that one."""
    if stated and (shown is None or stated.value.casefold() in " ".join(text.split()).casefold()):
        return stated
    return Found(value=shown, origin=Origin.TEXT) if shown else stated
