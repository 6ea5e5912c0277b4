"""Phrases that limit what is claimed beside them, and claims that hold only at their time."""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.verification.lexicon import ARTICLES, NEGATORS, QUANTIFIERS, SUPERLATIVES
from briefwell.verification.tokens import Token

LIMITING_OPENERS = frozenset(
    "in on at by from between through over upon among for within to".split()
)
_RESERVING = frozenset(
    "subject pending barring save bar apart excluding except unlike with under as or not".split()
)
_TIME_NOUNS = frozenset(
    """year years month months week weeks day days night morning evening hours spring summer autumn
    fall winter decade decades century centuries era time times same end beginning course eve wake
    meantime meanwhile addition""".split()
)
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
    return opener in _RESERVING or (opener in LIMITING_OPENERS and not is_time(words))


def is_time(words: Sequence[Token]) -> bool:
    """Tell whether a phrase says when: `in theory` and `for critics` limit what is claimed."""
    rest = [token for token in words[1:4] if token.key not in ARTICLES]
    is_dated = words[0].day is not None or any(token.day for token in rest[:1])
    return is_dated or any(token.key in _TIME_NOUNS for token in words)
