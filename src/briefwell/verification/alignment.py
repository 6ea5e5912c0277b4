"""Whether a statement is a source's sentence with nothing but harmless words left out.

Every word of the statement must be met, in order, by a word of the same sense in the sentence;
who did what to whom then cannot have changed. What the sentence has beside those words must be
of the kinds that `omissions` allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefwell.verification.lexicon import ARTICLES
from briefwell.verification.omissions import may_skip_head, may_skip_inside, may_skip_tail
from briefwell.verification.tokens import Token

_UNSAID = ARTICLES | {"that"}
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where the words of a statement stand in a sentence.

    Attributes:
        pairs: Index of a statement's token and of the sentence's token that meets it, in order.
    """

    pairs: tuple[tuple[int, int], ...]


def is_same(one: Token, other: Token) -> bool:
    """Tell whether the sentence's token `other` says what the statement's token `one` says."""
    if one.figure is not None:
        figure = other.as_figure
        return figure is not None and (one.figure.key, one.figure.hedge) == (
            figure.key,
            figure.hedge,
        )
    if one.day is not None:
        day = other.as_day
        return day is not None and one.day.is_within(day)
    if other.figure is not None or other.day is not None:
        return False
    if one.key == other.key:
        return True
    return bool(one.sense) and one.sense == other.sense and one.form == other.form


class Places:
    """Finds where in a sentence a token is met, as `is_same` tells.

    With `any_form` the form of a word does not count: `support` meets `supported`.
    """

    def __init__(self, sentence: Sequence[Token], *, any_form: bool = False) -> None:
        self._sentence = sentence
        self._any_form = any_form
        self._by_word: dict[str | tuple[str, str], list[int]] = {}
        self._values: list[int] = []
        for at, token in enumerate(sentence):
            if token.figure is not None or token.day is not None:
                self._values.append(at)
                continue
            self._by_word.setdefault(token.key, []).append(at)
            if token.sense:
                form = "" if any_form else token.form
                self._by_word.setdefault((token.sense, form), []).append(at)

    def of(self, token: Token) -> list[int]:
        """Return the indexes of the tokens that say what `token` says, in order."""
        if token.figure is not None or token.day is not None:
            return [at for at in self._values if is_same(token, self._sentence[at])]
        same = self._by_word.get(token.key, [])
        form = "" if self._any_form else token.form
        alike = self._by_word.get((token.sense, form), []) if token.sense else []
        return sorted({*same, *alike}) if alike and same != alike else same


def align(
    statement: Sequence[Token], sentence: Sequence[Token], places: Places
) -> Alignment | None:
    """Match all words of a statement with words of a sentence, in order, or return None."""
    wanted = [index for index, token in enumerate(statement) if is_said(token)]
    if not wanted:
        return None
    options: list[list[int]] = []
    for index in wanted:
        found = places.of(statement[index])
        if not found:
            return None
        options.append(found[:_MOST_PLACES])
    ends = _walk(options, sentence)
    if ends is None:
        return None
    return Alignment(pairs=tuple(zip(wanted, ends, strict=True)))


def is_said(token: Token) -> bool:
    """Tell whether the token must be met: marks, articles and `that` need not."""
    return not token.is_mark and token.key not in _UNSAID


def _is_silent(token: Token) -> bool:
    return not is_said(token) and token.key != "|"


def _walk(places: list[list[int]], sentence: Sequence[Token]) -> list[int] | None:
    """Find a way through the places of each word that leaves out only what may be left out."""
    reached: dict[int, tuple[int, ...]] = {
        at: (at,)
        for at in places[0]
        if all(_is_silent(token) for token in sentence[:at]) or may_skip_head(sentence, at)
    }
    for options in places[1:]:
        step: dict[int, tuple[int, ...]] = {}
        for at in options:
            for before in sorted(reached, reverse=True):
                if before < at and may_skip_inside(sentence, before + 1, at):
                    step[at] = (*reached[before], at)
                    break
        if not step:
            return None
        reached = step
    whole = [at for at in sorted(reached) if may_skip_tail(sentence, at + 1)]
    return list(reached[whole[0]]) if whole else None
