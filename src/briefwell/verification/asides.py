"""What a sentence says beside its main clause: of a name, after it and before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefwell.verification.lexicon import ARTICLES, CONDITIONS, PREPOSITIONS
from briefwell.verification.tokens import Token
from briefwell.verification.turning import has_verb, turning

_OWNERS = frozenset("its his her their".split())
_ENDS = frozenset(".,;")
_RELATIVES = frozenset("who which".split())


def asides(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield what a sentence says of a name beside its main clause, and with the name alone."""
    yield from _of_a_name(sentence)
    yield from _renamed(sentence)
    yield from _shortened(sentence)


def _of_a_name(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `S did X` for `…, S, who did X, …`, where S is a proper name."""
    for at in range(2, len(sentence) - 2):
        if sentence[at].key not in _RELATIVES or sentence[at - 1].key != ",":
            continue
        start = at - 1
        while start > 0 and sentence[start - 1].is_name:
            start -= 1
        head, name = sentence[:start], sentence[start : at - 1]
        # What is only said, asked or supposed may be so in the aside as well.
        is_told = any(t.key in CONDITIONS or t.key in ('"', "that") for t in head[1:])
        # In `the mother of S, who died` it may be the mother who died.
        is_inside = bool(head) and head[-1].key in PREPOSITIONS | {"and", "or", "'s"}
        if not name or is_told or is_inside:
            continue
        end = next((i for i in range(at, len(sentence)) if sentence[i].key in _ENDS), len(sentence))
        inside = sentence[at + 1 : end]
        if has_verb(inside[:2]) and turning(inside) is None:
            yield [*name, *inside]
            yield [name[-1], *inside]


def _renamed(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `… approved the N` for `… approved its successor, the N`."""
    for at in range(2, len(sentence) - 2):
        if sentence[at].key not in _OWNERS:
            continue
        comma = next(
            (i for i in range(at + 2, min(at + 5, len(sentence) - 1)) if sentence[i].key == ","), 0
        )
        if not comma or has_verb(sentence[at:comma]) or turning(sentence[at:comma]):
            continue
        end = comma + 2 if sentence[comma + 1].key in ARTICLES else comma + 1
        while end < len(sentence) and sentence[end].is_name:
            end += 1
        is_named = end > comma + 1 and sentence[end - 1].is_name
        after = [token.key for token in sentence[end : end + 2]]
        if is_named and (after[:1] == ["."] or not after):
            yield [*sentence[:at], *sentence[comma + 1 :]]


def _shortened(sentence: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield `the N did X` for `the Long Name, or N, did X`."""
    for at in range(1, min(10, len(sentence) - 3)):
        or_, short, close = sentence[at + 1], sentence[at + 2], sentence[at + 3]
        is_aside = sentence[at].key == "," and or_.key == "or" and close.key == ","
        if not is_aside or not short.text.isupper() or len(short.text) < 3:
            continue
        name = [t for t in sentence[:at] if not t.is_mark and t.key not in ARTICLES]
        is_one_name = all(t.is_name or t.key in PREPOSITIONS for t in name)
        if name and is_one_name and sentence[0].key in ARTICLES:
            yield [sentence[0], short, *sentence[at + 4 :]]
