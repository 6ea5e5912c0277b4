"""A sentence in its plainest words: one way of putting tenses, periods and who holds an opinion.

Statement and source are put plainly by the same rules, so what differs after them differs in
what is said. Every rule keeps the sense or, on the statement's side alone, weakens the source's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefwell.verification.lexicon import ARTICLES, FREE_WORDS, MODALS, NEGATORS, QUANTIFIERS
from briefwell.verification.restated import COMMA, present
from briefwell.verification.tokens import Token
from briefwell.verification.turning import has_verb

_HAVE = frozenset("has have had".split())
_SPEECH = frozenset("say said says state states stated".split())
_OPINION = frozenset("think thinks thought believe believes believed argue argues argued".split())
_OPINION_NOUNS = frozenset("view opinion judgment judgement assessment eyes".split())
_CARRIERS = frozenset("passage text document brief article report source".split())
_NOBODY = NEGATORS | QUANTIFIERS | MODALS
_ACCORDING = Token(text="according to", key="according to", sense="according to")


def plain_source(sentence: Sequence[Token]) -> list[Token]:
    """Return a source's sentence in plain words, an opinion told as its holder's."""
    return _told_as(_tenses(sentence), _SPEECH | _OPINION)


def plain_statement(sentence: Sequence[Token], source: Sequence[Token]) -> list[Token]:
    """Return a statement in plain words.

    Args:
        sentence: The statement.
        source: The sentence it is held against: who is only said to have *said* a thing there
            may not be told to believe or to argue it.
    """
    is_speech = any(token.key in _SPEECH for token in source)
    return _told_as(
        _periods(_tenses(_framed(sentence), is_statement=True)),
        _SPEECH if is_speech else _SPEECH | _OPINION,
    )


def _framed(sentence: Sequence[Token]) -> Sequence[Token]:
    """Leave out `the passage says that`: a proven statement is one that the passage makes."""
    keys = [token.key for token in sentence[:5]]
    if len(keys) < 5 or keys[0] not in ("the", "this") or keys[1] not in _CARRIERS:
        return sentence
    at = 3 if keys[2] == "also" else 2
    if keys[at] in ("says", "states", "notes", "mentions", "reports") and keys[at + 1] == "that":
        return sentence[at + 2 :]
    return sentence


# --- tenses ----------------------------------------------------------------------------------


def _tenses(sentence: Sequence[Token], *, is_statement: bool = False) -> list[Token]:
    """Put `has done` as `did`, `has been done` as `was done` and `is doing` as `does`.

    What `is being built` in a source is not built yet, so there the two stay apart.
    """
    told: list[Token] = []
    at = 0
    while at < len(sentence):
        token = sentence[at]
        ahead = _after_adverb(sentence, at + 1)
        follower = sentence[ahead] if ahead < len(sentence) else None
        before = told[-1].key if told else ""
        is_bare = before not in MODALS and before not in ("to", "not")
        if follower is None or not is_bare or follower.is_name:
            told.append(_be(token))
        elif token.key in _HAVE and follower.key == "been":
            told.extend([*sentence[at + 1 : ahead], _be(replace(follower, key="was", sense="was"))])
            at = ahead
        elif token.key in _HAVE and follower.form in ("ed", "en"):
            told.extend([*sentence[at + 1 : ahead], _past(follower)])
            at = ahead
        elif is_statement and token.key in ("is", "are") and follower.key == "being":
            told.append(_be(token))
            at = ahead
        elif token.key in ("is", "are") and follower.form == "ing" and follower.key != "going":
            told.extend([*sentence[at + 1 : ahead], present(follower)])
            at = ahead
        else:
            told.append(_be(token))
        at += 1
    return told


def _after_adverb(sentence: Sequence[Token], at: int) -> int:
    while at < len(sentence) and (
        sentence[at].key in FREE_WORDS - {"and", "but"} or sentence[at].key.endswith("ly")
    ):
        at += 1
    return at


def _be(token: Token) -> Token:
    """Give `were` and `are` the sense of `was` and `is`: the number is the subject's affair."""
    plain = {"were": "was", "are": "is"}.get(token.key, "")
    return replace(token, key=plain, sense=plain) if plain else token


def _past(verb: Token) -> Token:
    return verb if verb.form == "ed" else replace(verb, form="ed", key=f"{verb.key}~")


# --- periods ---------------------------------------------------------------------------------


def _periods(sentence: Sequence[Token]) -> list[Token]:
    """Put `between 2013 and 2016` as `from 2013 to 2016`, which says more, never less."""
    told = list(sentence)
    for at, token in enumerate(told[:-3]):
        if token.key == "between" and told[at + 1].day and told[at + 2].key == "and":
            if told[at + 3].day is None:
                continue
            told[at] = Token(text="from", key="from", sense="from", is_name=False)
            told[at + 2] = Token(text="to", key="to", sense="to")
    return told


# --- who says it -----------------------------------------------------------------------------


def _told_as(sentence: list[Token], verbs: frozenset[str]) -> list[Token]:
    """Put `A says that P` and `in A's view, P` as `according to A, P`."""
    if len(sentence) > 4 and sentence[0].key == "in":
        for at in range(2, min(7, len(sentence) - 2)):
            owner, noun, comma = sentence[at - 1], sentence[at], sentence[at + 1]
            if noun.key in _OPINION_NOUNS and owner.key == "'s" and comma.key == ",":
                return [_ACCORDING, *sentence[1 : at - 1], COMMA, *sentence[at + 2 :]]
    for at in range(1, min(7, len(sentence) - 3)):
        token = sentence[at]
        if token.is_mark:
            break
        is_bare = not any(t.form or t.key in _NOBODY for t in sentence[:at])
        if token.key in verbs and is_bare:
            rest = sentence[at + 1 :]
            if rest[0].key == "that":
                rest = rest[1:]
            elif not (rest[0].key in ARTICLES or rest[0].is_name) or not has_verb(rest[1:]):
                return sentence
            return [_ACCORDING, *sentence[:at], COMMA, *_without_stop(rest)]
    return sentence


def _without_stop(part: Sequence[Token]) -> list[Token]:
    return [token for token in part if token.key != "."]
