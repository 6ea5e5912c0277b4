"""Phrases that limit what is claimed beside them, and claims that hold only at their time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefwell.verification.lexicon import ARTICLES, NEGATORS, QUANTIFIERS, SUPERLATIVES
from briefwell.verification.spellings import VERB_THIRDS
from briefwell.verification.tokens import Token
from briefwell.verification.turning import has_verb, is_turning

LIMITING_OPENERS = frozenset(
    "in on at by from between through over upon among for within to".split()
)
_RESERVING = frozenset(
    """subject pending barring save bar apart excluding except unlike with under as or not only
    measured adjusted expressed counted weighted""".split()
)
_EXCEPTING = frozenset(
    """exception exceptions excluded excepted exempt exempted aside permitting allowing willing
    least""".split()
)
_TIME_NOUNS = frozenset(
    """year years month months week weeks day days night morning evening hours spring summer autumn
    fall winter decade decades century centuries era time times same end beginning course eve wake
    meantime meanwhile addition""".split()
)
_NOMINAL = frozenset(
    "paper theory principle name part words effect appearance earliest latest best worst".split()
)
_OPENING = frozenset("so its his her their some many most others".split())
_AT_A_TIME = (QUANTIFIERS | NEGATORS) - frozenset(
    "some several many both various numerous multiple part parts half".split()
)
_PRESENT = frozenset("is are be being".split())
_PAST = frozenset("was were had did".split())


def is_timed(rest: Sequence[Token]) -> bool:
    """Tell whether what is claimed may hold only at the time that is left out.

    A thing done once is done; a state, a habit, a rank and an `all` may have been otherwise.
    """
    if any(token.key in _AT_A_TIME or token.key in SUPERLATIVES for token in rest):
        return True
    keys = ["", *(token.key for token in rest)]
    return not any(
        token.key in _PAST or (token.form in ("ed", "en") and keys[at] not in _PRESENT)
        for at, token in enumerate(rest)
    )


def is_reserving(words: Sequence[Token]) -> bool:
    """Tell whether an aside limits what it stands beside: `in theory`, `subject to a vote`."""
    if not words:
        return False
    opener = words[0].key
    if opener in ("when", "once") and len(words) > 1 and words[1].form in ("ed", "en"):
        return True
    if any(token.key in _EXCEPTING for token in words) or _is_comment(words):
        return True
    return opener in _RESERVING or (opener in LIMITING_OPENERS and not is_time(words))


def is_framed(head: Sequence[Token]) -> bool:
    """Tell whether a clause opens with what may hold for the next as well: `in the novel,`."""
    keys = [token.key for token in head]
    first = replace(head[0], is_name=False)
    is_told = ":" in keys or any(pair == ("it", "that") for pair in pairwise(keys))
    if is_told or is_turning(first) or first.key in ("picture", "imagine"):
        return True
    comma = keys.index(",") if "," in keys else len(head)
    is_phrase = first.form == "ing" or first.key in LIMITING_OPENERS
    return is_phrase and not is_time(head[:comma])


def is_nominal(words: Sequence[Token]) -> bool:
    """Tell whether a phrase says that it is so in part or in words only: `on paper`."""
    opener = [token.key for token in words[:3] if token.key not in ARTICLES]
    return opener[:1] in (["on"], ["in"], ["at"]) and not _NOMINAL.isdisjoint(opener[1:2])


def has_reserve(part: Sequence[Token]) -> bool:
    """Tell whether a clause that follows a comma in `part` limits what is claimed."""
    commas = [*(at for at, token in enumerate(part) if token.key == ","), len(part)]
    clauses = (part[start:end] for start, end in pairwise(commas))
    return any(is_reserving([t for t in clause if not t.is_mark]) for clause in clauses)


def _is_comment(words: Sequence[Token]) -> bool:
    """Tell whether an aside says who holds it: `its critics hold`, `Lee jokes`."""
    first, last = words[0], words[-1]
    if len(words) < 2 or len(words) > 5 or last.is_name or last.day or last.figure:
        return False
    if any(token.key in ("'s", "which", "who") for token in words):
        return False
    if first.key in ARTICLES and any(t.is_name or t.key in ARTICLES for t in words[1:]):
        return False
    is_led = first.key in ARTICLES or first.key in _OPENING or first.is_name
    is_verb = last.key in VERB_THIRDS or has_verb(words[-1:]) or (first.is_name and len(words) < 4)
    return is_led and not first.day and is_verb


def is_time(words: Sequence[Token]) -> bool:
    """Tell whether a phrase says when: `in theory` and `for critics` limit what is claimed."""
    rest = [token for token in words[1:4] if token.key not in ARTICLES]
    is_dated = words[0].day is not None or any(token.day for token in rest[:1])
    return is_dated or any(token.key in _TIME_NOUNS for token in words)
