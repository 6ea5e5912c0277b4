"""All, most, some, few, none: how many or how much stays as the source has it."""

from __future__ import annotations

from briefwell.verification.evidence import Evidence, Finding, compare
from briefwell.verification.lexicon import ARTICLES, QUANTIFIERS
from briefwell.verification.tokens import Token

_GUARD = "quantifiers"
_ALIKE = {
    "each": "every",
    "whole": "entire",
    "mainly": "largely",
    "mostly": "largely",
    "almost": "nearly",
}


def check(statement: str, evidence: Evidence) -> Finding | None:
    """Return a quantifier that the source does not have, or has where the statement has none."""
    comparison = compare(statement, evidence)
    if not comparison.pairs:
        return None
    theirs = {_kind(token) for token in comparison.sentence if _is_quantifier(token)}
    rivals = [token.text for token in comparison.unpaired() if _is_quantifier(token)]
    for token in comparison.statement:
        if _is_quantifier(token) and _kind(token) not in theirs:
            said = f" It says “{rivals[0]}”." if rivals else ""
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage does not say “{token.text}”.{said}",
                is_clash=bool(rivals),
            )
    met = set(comparison.pairs.values())
    mine = {_kind(token) for token in comparison.statement if _is_quantifier(token)}
    for index in sorted(met):
        left_out = _before(comparison.sentence, index, met)
        if left_out is None or _kind(left_out) in mine:
            continue
        if comparison.sentence[index].is_content:
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says “{left_out.text}”, which the statement leaves out.",
            )
    return None


def _is_quantifier(token: Token) -> bool:
    return not token.is_mark and token.key in QUANTIFIERS


def _kind(token: Token) -> str:
    return _ALIKE.get(token.key, token.key)


def _before(sentence: tuple[Token, ...], index: int, met: set[int]) -> Token | None:
    """Return an unmet quantifier that stands before the token, `of the` left aside."""
    at = index - 1
    while at >= 0 and (sentence[at].key in ARTICLES or sentence[at].key in ("of", "its", "their")):
        at -= 1
    if at < 0 or at in met or not _is_quantifier(sentence[at]):
        return None
    return sentence[at]
