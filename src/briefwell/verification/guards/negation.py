"""What the source denies is not affirmed, and what rises there does not fall here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefwell.verification.evidence import Comparison, Evidence, Finding, compare
from briefwell.verification.lexicon import ARTICLES, NEGATING_STEMS, NEGATORS
from briefwell.verification.reversals import REVERSALS
from briefwell.verification.tokens import Token

_GUARD = "negation"


def check(statement: str, evidence: Evidence) -> Finding | None:
    """Return a negation that only one side has, or a word turned into its opposite."""
    comparison = compare(statement, evidence)
    if not comparison.pairs:
        return None
    return _one_sided(comparison) or _turned_by_an_object(comparison) or _reversed(comparison)


def is_negating(token: Token) -> bool:
    """Tell whether the token denies what stands beside it."""
    if token.is_mark or token.figure or token.day:
        return False
    return token.key in NEGATORS or token.sense.lstrip("~") in NEGATING_STEMS


def _one_sided(comparison: Comparison) -> Finding | None:
    mine = [token for token in comparison.statement if is_negating(token)]
    theirs = [token for token in comparison.window if is_negating(token)]
    left_out = [token for token in comparison.unpaired() if is_negating(token)]
    if mine and not theirs:
        return Finding(
            guard=_GUARD,
            reason=f"The statement says “{mine[0].text}”; the cited passage does not.",
            is_clash=True,
        )
    if left_out and len(mine) < len(theirs):
        return Finding(
            guard=_GUARD,
            reason=f"The cited passage says “{left_out[0].text}”, which the statement leaves out.",
            is_clash=not mine,
        )
    return None


def _turned_by_an_object(comparison: Comparison) -> Finding | None:
    """Find a verb that says another thing with an object: `declined the loan` and `dropped` it."""
    for mine, theirs in comparison.pairs.items():
        said, told = comparison.statement[mine], comparison.sentence[theirs]
        if said.key == told.key or said.key.rstrip("~") == told.key.rstrip("~"):
            continue
        if _has_object(comparison.sentence, theirs) or _has_object(comparison.statement, mine):
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says “{told.text}” where the statement says "
                f"“{said.text}”.",
                is_clash=True,
            )
    return None


def _has_object(sentence: Sequence[Token], at: int) -> bool:
    """Tell whether one of the verbs below takes an object, or is a passive."""
    if not sentence[at].key.startswith(_TURNED_BY_AN_OBJECT):
        return False
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    is_passive = at > 0 and sentence[at - 1].key in ("was", "were", "is", "are", "been", "be")
    return is_passive or (
        after is not None
        and (after.key in ARTICLES or after.is_name or after.key in _OBJECT_OPENERS)
    )


_TURNED_BY_AN_OBJECT = ("declin", "conclud", "finish")
_OBJECT_OPENERS = frozenset("its his her their that this these".split())


def _reversed(comparison: Comparison) -> Finding | None:
    theirs = {_plain(token): token for token in comparison.sentence if not token.is_mark}
    open_ = {_plain(token) for token in comparison.unpaired() if not token.is_mark}
    for index, token in enumerate(comparison.statement):
        if index in comparison.pairs or token.is_mark or _plain(token) in theirs:
            continue
        turned = sorted(_opposites(token) & open_)
        if turned:
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says “{theirs[turned[0]].text}” where the statement "
                f"says “{token.text}”.",
                is_clash=True,
            )
    return None


def _plain(token: Token) -> str:
    return token.sense.lstrip("~")


def _opposites(token: Token) -> set[str]:
    return set(_each(REVERSALS.get(key, ()) for key in (_plain(token), token.key)))


def _each(groups: Iterable[Iterable[str]]) -> Iterable[str]:
    return (word for group in groups for word in group)
