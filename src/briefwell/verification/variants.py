"""A statement beside a source's sentence, in every form in which they may say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefwell.verification.alignment import Places, is_said
from briefwell.verification.derived import derivations, opening_subject, second_predicates
from briefwell.verification.lexicon import ARTICLES
from briefwell.verification.plain import plain_source, plain_statement
from briefwell.verification.restated import restatements
from briefwell.verification.tokens import Token, tokens

_CLAUSE_BREAK = re.compile(r";\s+|,\s+(?:and|but|while|whereas)\s+")


def variants(
    mine: Sequence[Token], theirs: Sequence[Token], before: Sequence[Token]
) -> Iterator[tuple[Sequence[Token], Sequence[Token], Places]]:
    """Yield a statement and a source's sentence in the forms in which they may be the same.

    Args:
        mine: The statement's tokens.
        theirs: The cited sentence's tokens.
        before: Those of the sentence before it; empty when there is none.
    """
    mine, theirs = _small_head(mine, theirs), _small_head(theirs, mine)
    yield from _pairs(mine, theirs, before)
    plain = plain_statement(mine, theirs), plain_source(theirs)
    if plain != (list(mine), list(theirs)):
        yield from _pairs(*plain, plain_source(before))


def _pairs(
    mine: Sequence[Token], theirs: Sequence[Token], before: Sequence[Token]
) -> Iterator[tuple[Sequence[Token], Sequence[Token], Places]]:
    known = Places([*theirs, *before], any_form=True)
    if not all(known.of(token) for token in mine if token.is_content):
        return
    told = list(restatements(mine))
    for sentence in derivations(theirs, before):
        places = Places(sentence)
        for statement in told:
            if all(places.of(token) for token in statement if is_said(token)):
                yield statement, sentence, places


def _small_head(sentence: Sequence[Token], other: Sequence[Token]) -> Sequence[Token]:
    """Take the capital off the first word where the other side shows that it is no name."""
    if not sentence or not sentence[0].is_name:
        return sentence
    head = sentence[0]
    if any(token.key == head.key and not token.is_name for token in other):
        return [replace(head, text=head.text.lower(), is_name=False), *sentence[1:]]
    return sentence


_RELATIVE = re.compile(r"([^,;\"“]{4,60}), (?:which|who) ([^,;\"“]+), ([^\"“]+)")


def clauses(sentence: str) -> list[str]:
    """Cut a sentence at its joints into clauses that are claims of their own."""
    aside = _RELATIVE.fullmatch(sentence)
    if aside is not None:
        return [f"{aside[1]} {aside[2]}.", f"{aside[1]} {aside[3]}"]
    parts = [part.strip() for part in _CLAUSE_BREAK.split(sentence)]
    if len(parts) > 1 and all(len(part.split()) > 2 for part in parts):
        return parts
    told = _predicates(tokens(sentence))
    return [" ".join(token.text for token in part) for part in told]


def _predicates(sentence: Sequence[Token]) -> list[Sequence[Token]]:
    """Return `S did X` and `S did Y` for `S did X and did Y`, where S is a name.

    `The minister` of one passage may be another man than `the minister` of the next.
    """
    subject = opening_subject(sentence)
    if not subject or not all(token.is_name or token.key in ARTICLES for token in subject):
        return []
    for second in second_predicates(sentence):
        rest = len(second) - len(subject)
        first = sentence[: len(sentence) - rest - 1]
        return [first[:-1] if first[-1].key == "," else first, second]
    return []
