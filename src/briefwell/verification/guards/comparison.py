"""A rank stays that rank: the fourth-worst is not the worst, one of the largest not the largest."""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.verification.evidence import Comparison, Evidence, Finding, compare
from briefwell.verification.lexicon import COMPARATIVES, SUPERLATIVES
from briefwell.verification.tokens import Token

_GUARD = "comparison"
_NO_SUPERLATIVES = frozenset(
    """interest west east northwest northeast southwest southeast rest test best-known request
    forest arrest harvest protest invest guest quest honest modest contest manifest suggest priest
    digest chest crest nest pest vest""".split()
)


def check(statement: str, evidence: Evidence) -> Finding | None:
    """Return a comparison or rank that the source does not make, or makes with a limit."""
    comparison = compare(statement, evidence)
    if not comparison.pairs:
        return None
    return _added(comparison) or _limited(comparison) or _left_out(comparison)


def is_comparing(token: Token) -> bool:
    """Tell whether the token ranks or compares."""
    if token.is_mark or token.figure or token.day:
        return False
    key = token.key
    is_formed = key.endswith("est") and len(key) > 5 and key not in _NO_SUPERLATIVES
    return key in SUPERLATIVES or key in COMPARATIVES or (is_formed and not token.is_name)


def _added(comparison: Comparison) -> Finding | None:
    theirs = {token.key for token in comparison.sentence}
    for token in comparison.statement:
        if is_comparing(token) and token.key not in theirs and token.key not in ("as", "first"):
            rivals = [
                other.text
                for other in comparison.unpaired()
                if is_comparing(other) or (other.figure and other.figure.kind == "ordinal")
            ]
            said = f" It says “{rivals[0]}”." if rivals else ""
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage does not say “{token.text}”.{said}",
                is_clash=bool(rivals),
            )
    return None


def _limited(comparison: Comparison) -> Finding | None:
    """Find a superlative that the source limits to a group or a rank, and the statement not."""
    for mine, theirs in comparison.pairs.items():
        token = comparison.sentence[theirs]
        if not is_comparing(token) or token.key in COMPARATIVES:
            continue
        limit = _limit(comparison.sentence, theirs)
        if limit and limit != _limit(comparison.statement, mine):
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says “{limit} {token.text}”, "
                "which the statement does not keep.",
                is_clash=limit not in ("one of", "among"),
            )
    return None


def _limit(sentence: Sequence[Token], at: int) -> str:
    before = [t for t in sentence[max(0, at - 4) : at] if t.key not in ("the", "a", "'s", "its")]
    keys = [token.key for token in before]
    if keys[-2:] == ["one", "of"] or keys[-1:] == ["among"]:
        return "one of" if keys[-1] == "of" else "among"
    if before and before[-1].figure is not None and before[-1].figure.kind == "ordinal":
        return before[-1].text
    return "second" if keys[-1:] == ["second"] else ""


def _left_out(comparison: Comparison) -> Finding | None:
    """Find a comparing word right before a word the statement keeps: `less` successful."""
    met = set(comparison.pairs.values())
    for index in sorted(met):
        before = comparison.sentence[index - 1] if index else None
        if before is None or index - 1 in met or not comparison.sentence[index].is_content:
            continue
        if is_comparing(before):
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says “{before.text} {comparison.sentence[index].text}”.",
            )
    return None
