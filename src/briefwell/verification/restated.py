"""Other ways of putting a statement that say the same, to be held against a source.

A statement may move a phrase, turn a passive into an active, change sides of an `is the`, or
write `the X of Y` for `Y's X`. Each variant says exactly what the statement says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from briefwell.verification.lexicon import ARTICLES, PREPOSITIONS
from briefwell.verification.tokens import Token

COMMA = Token(text=",", key=",", is_mark=True)
OF = Token(text="of", key="of", sense="of")
_MOST_MOVES = 12
_BE_PAST = frozenset("was were".split())
_BE_PRESENT = frozenset("is are".split())
_STOPS = frozenset(".!…")


def restatements(mine: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the statement and the ways of putting it, the plainest first."""
    ink = [token for token in mine if token.key not in _STOPS]
    yield ink
    yield from _moved(ink)
    for plain in _unled(ink):
        for active in (*_active(plain), *_turned(plain), *_genitives(plain)):
            yield active
            yield from _moved(active)


def _unled(ink: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the statement, and with an opening phrase put last where it has one."""
    yield ink
    comma = next((at for at, token in enumerate(ink[:14]) if token.key == ","), 0)
    if comma and opens_phrase(ink[0]):
        yield [*ink[comma + 1 :], *ink[:comma]]


def _moved(ink: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the statement with an opening phrase put last, or a later phrase moved."""
    yield from list(_unled(ink))[1:]
    low = max(2, len(ink) - _MOST_MOVES)
    starts = [at for at in range(low, len(ink)) if opens_phrase(ink[at])]
    for at in reversed(starts):
        yield [*ink[at:], COMMA, *ink[:at]]
    for first, second in pairwise(starts):
        yield [*ink[:first], *ink[second:], *ink[first:second]]


def opens_phrase(token: Token) -> bool:
    """Tell whether a phrase that can change its place may begin with this token."""
    return token.day is not None or token.key in PREPOSITIONS - {"of"}


def _active(ink: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `A did V to B` for `B was V by A`, and `… V B` when no A is named."""
    for be in range(1, len(ink) - 1):
        verb = ink[be + 1]
        if verb.form not in ("ed", "en") or verb.is_name:
            continue
        if ink[be].key not in _BE_PAST | _BE_PRESENT:
            continue
        done = past(verb) if ink[be].key in _BE_PAST else present(verb)
        patient, rest = ink[:be], ink[be + 2 :]
        by = next((at for at, token in enumerate(rest) if token.key == "by"), -1)
        if by < 0:
            continue
        for end in agent_ends(rest, by + 1):
            yield [*rest[by + 1 : end], done, *patient, *rest[:by], *rest[end:]]


def agent_ends(rest: Sequence[Token], start: int) -> list[int]:
    """Return where a name or noun phrase that begins at `start` may end, shortest first."""
    ends: list[int] = []
    for at in range(start + 1, min(len(rest), start + 9) + 1):
        if at == len(rest) or rest[at].is_mark or opens_phrase(rest[at]):
            ends.append(at)
        if at < len(rest) and rest[at].day is not None:
            ends.append(at + 1)
        if at < len(rest) and (rest[at].is_mark or rest[at].day is not None):
            break
    return ends


def past(verb: Token) -> Token:
    """Return a participle as the past form it shares its sense with."""
    return replace(verb, form="ed", key=f"{verb.key}~")


def present(verb: Token) -> Token:
    """Return a participle as the present form it shares its sense with."""
    return replace(verb, form="", key=f"{verb.key}~now")


def _turned(ink: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `the Y is X` for `X is the Y`."""
    spots = [at for at, token in enumerate(ink) if token.key in _BE_PAST | _BE_PRESENT]
    if len(spots) != 1 or not 0 < spots[0] < len(ink) - 1:
        return
    left, be, right = ink[: spots[0]], ink[spots[0]], ink[spots[0] + 1 :]
    if any(token.key == "the" for token in (left[0], right[0])) and not right[0].form:
        yield [*right, be, *left]


def _genitives(ink: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `the X of Y` for `Y's X`."""
    for at, token in enumerate(ink):
        if not 0 < at < len(ink) - 1 or not _is_genitive(token, ink[at - 1]):
            continue
        start = at - 1
        while start > 0 and (ink[start - 1].is_name or ink[start - 1].key in ARTICLES):
            start -= 1
        for end in range(at + 2, min(at + 5, len(ink)) + 1):
            yield [*ink[:start], *ink[at + 1 : end], OF, *ink[start:at], *ink[end:]]


def _is_genitive(mark: Token, owner: Token) -> bool:
    """Tell whether `mark` makes a genitive of the word before it: `Peru's`, `the States'`."""
    is_plural = owner.key.endswith("s") or owner.key == "u.s."
    return mark.key == "'s" or (mark.key == "'" and is_plural)
