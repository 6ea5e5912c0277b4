"""Words that decide whether what stands beside them is claimed at all: denial, doubt, report."""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.verification.lexicon import (
    ARTICLES,
    CONDITIONS,
    INTENT_STEMS,
    MODALS,
    NEGATING_STEMS,
    NEGATORS,
    REPORTING_STEMS,
    UNTRUE_STEMS,
)
from briefwell.verification.spellings import VERB_SENSES
from briefwell.verification.tokens import Token


def is_turning(token: Token) -> bool:
    """Tell whether the token can change whether what stands beside it is claimed at all."""
    if token.is_mark or token.figure or token.day:
        return False
    if token.key in NEGATORS or token.key in MODALS or token.key in CONDITIONS:
        return True
    if token.key == "according to":
        return True
    if token.is_name and token.key not in ("according", "officials"):
        return False
    plain = plain_sense(token)
    return (
        plain in UNTRUE_STEMS
        or plain in NEGATING_STEMS
        or plain in INTENT_STEMS
        or plain in REPORTING_STEMS
    )


def plain_sense(token: Token) -> str:
    """Return the stem that stands for the token's sense."""
    return token.sense.lstrip("~")


def has_verb(part: Sequence[Token]) -> bool:
    """Tell whether a finite verb may stand in `part`, judging by the forms of its words."""
    return any(
        token.key in _AUXILIARIES or token.form in ("ed", "en") or token.sense in VERB_SENSES
        for token in part
        if not token.is_mark and not token.is_name
    )


_AUXILIARIES = MODALS | frozenset("is are was were am has have had do does did be been".split())


def turning(part: Sequence[Token]) -> Token | None:
    """Return the first token of `part` that must not be left out, if there is one."""
    return next((token for at, token in enumerate(part) if turns_at(part, at)), None)


def turns_at(part: Sequence[Token], at: int) -> bool:
    """Tell whether the token at `at` turns what stands beside it, seen with its neighbours."""
    return is_turning(part[at]) and not _is_plain_noun(part, at) and not _is_term(part, at)


def _is_plain_noun(part: Sequence[Token], at: int) -> bool:
    """Tell whether the token is only named: `the plan`, and not `the plan to`."""
    token, follower = part[at], part[at + 1] if at + 1 < len(part) else None
    if token.key in NEGATORS or token.key in MODALS or token.form or at == 0:
        return False
    if plain_sense(token) in UNTRUE_STEMS:
        return False
    is_led = part[at - 1].key in ARTICLES or part[at - 1].key in _OWNERS
    return is_led and follower is not None and follower.key not in ("that", "to", "of", "by")


def _is_term(part: Sequence[Token], at: int) -> bool:
    """Tell whether `until` gives a date, and no condition."""
    follower = part[at + 1] if at + 1 < len(part) else None
    return part[at].key == "until" and follower is not None and follower.day is not None


_OWNERS = frozenset("'s its his her their this that these those".split())
