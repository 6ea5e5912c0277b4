"""Who says it and how surely: `may` does not harden, `officials say` is not dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefwell.text import normalise
from briefwell.verification.evidence import Comparison, Evidence, Finding, compare
from briefwell.verification.lexicon import NEGATORS
from briefwell.verification.tokens import Token
from briefwell.verification.turning import is_turning, turns_at

_GUARD = "attribution"
_QUOTED = re.compile(r'"([^"]+)"')


def check(statement: str, evidence: Evidence) -> Finding | None:
    """Return doubt, intent, condition or attribution that only one side has."""
    comparison = compare(statement, evidence)
    if not comparison.pairs:
        return None
    return (
        _invented_quotation(statement, evidence)
        or _dropped(comparison)
        or _added(comparison)
        or _unmarked(comparison)
    )


def _is_claiming(token: Token) -> bool:
    return is_turning(token) and token.key not in NEGATORS


def _dropped(comparison: Comparison) -> Finding | None:
    mine = {token.sense or token.key for token in comparison.statement}
    tail = len(comparison.sentence) - len(_tail(comparison))
    for at in (*comparison.unpaired_places(), *range(tail, len(comparison.sentence))):
        token = comparison.sentence[at]
        if not turns_at(comparison.sentence, at) or token.key in NEGATORS:
            continue
        if (token.sense or token.key) not in mine:
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says “{token.text}”, which the statement leaves out.",
            )
    return None


def _tail(comparison: Comparison) -> Sequence[Token]:
    """Return a short clause after the window that says who said it: `, officials said`."""
    rest = comparison.sentence[comparison.end :]
    words = [token for token in rest if not token.is_mark]
    is_own = not rest or rest[0].key == ";" or words[0].key in ("and", "but", "while", "although")
    return () if is_own or len(words) > 5 else rest


def _added(comparison: Comparison) -> Finding | None:
    theirs = {token.sense or token.key for token in comparison.sentence}
    for token in comparison.statement:
        if _is_claiming(token) and (token.sense or token.key) not in theirs:
            return Finding(
                guard=_GUARD,
                reason=f"The statement says “{token.text}”; the cited passage does not.",
            )
    return None


def _invented_quotation(statement: str, evidence: Evidence) -> Finding | None:
    source = normalise(evidence.text)
    for quoted in _QUOTED.findall(normalise(statement)):
        if quoted.strip(" .,;") not in source:
            return Finding(
                guard=_GUARD,
                reason=f"The words “{quoted}” are put in quotation marks and do not stand "
                "in the cited passage.",
            )
    return None


def _unmarked(comparison: Comparison) -> Finding | None:
    """Find words the source sets in quotation marks and the statement uses as its own."""
    if any(token.key == '"' for token in comparison.statement):
        return None
    marks = [at for at, token in enumerate(comparison.sentence) if token.key == '"']
    met = set(comparison.pairs.values())
    for first, last in zip(marks[::2], marks[1::2], strict=False):
        inside = [at for at in range(first + 1, last) if at in met]
        if any(comparison.sentence[at].is_content for at in inside):
            return Finding(
                guard=_GUARD,
                reason="The cited passage sets "
                f"“{comparison.sentence[inside[0]].text}” in quotation marks; "
                "the statement does not.",
            )
    return None
