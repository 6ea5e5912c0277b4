"""Acronyms that a text explains itself: "… High Level Economic Dialogue (HLED) …"."""

from __future__ import annotations

import re

from briefwell.text.words import STOP_WORDS, stems

_IN_BRACKETS = re.compile(r"[(\[]\s*[\"“]?([A-Z][A-Za-z0-9&.-]{0,9}[A-Z0-9])[\"”]?\s*[)\]]")
_BEFORE = re.compile(r"(?:[^\W_][\w.'’&-]*[ \t\n]+){2,12}\Z")
_BEFORE_CHARACTERS = 200
_EXPLAINING = re.compile(
    r"\b([A-Z][A-Za-z0-9&.-]{0,9}[A-Z0-9])[ \t\n]*[(\[](?:the[ \t\n]+)?"
    r"((?:[^\W_][\w.'’&-]*[ \t\n]*){2,12})[)\]]"
)


def explained(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return each acronym that `text` explains, as written, with the stems of its long form."""
    if "(" not in text and "[" not in text:
        return []
    pairs = []
    for match in _IN_BRACKETS.finditer(text):
        start = max(0, match.start() - _BEFORE_CHARACTERS)
        before = _BEFORE.search(text[start : match.start()])
        if before:
            pairs.append((match.group(1), _long_form(before.group().split(), match.group(1))))
    for match in _EXPLAINING.finditer(text):
        pairs.append((match.group(1), _long_form(match.group(2).split(), match.group(1))))
    return [(short, long) for short, long in pairs if long]


def _long_form(words: list[str], acronym: str) -> tuple[str, ...]:
    """Return the last words whose initials spell the acronym, small words passed over.

    Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in
    biomedical text, 2003, narrowed to initials.
    """
    letters = [char.lower() for char in acronym if char.isalnum()]
    at = len(words)
    while letters and at:
        at -= 1
        parts = [part for part in re.split(r"[-–]", words[at]) if part]
        initials = [part[0].lower() for part in parts]
        if initials == letters[-len(initials) :]:
            del letters[-len(initials) :]
        elif initials[:1] == letters[-1:]:
            letters.pop()
        elif words[at].lower() not in STOP_WORDS:
            return ()
    if letters:
        return ()
    return tuple(word for part in words[at:] for word in stems(part))
