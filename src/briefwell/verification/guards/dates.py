"""Every date of a statement stands in its source, as fine as there or coarser."""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.verification.days import Day
from briefwell.verification.evidence import Evidence, Finding, read, read_sentences
from briefwell.verification.lexicon import ARTICLES
from briefwell.verification.tokens import Token

_GUARD = "dates"
_SIDES = {
    "before": "before",
    "by": "before",
    "after": "after",
    "following": "after",
    "since": "since",
    "from": "since",
    "until": "until",
    "to": "until",
    "through": "until",
    "between": "since",
}


def check(statement: str, evidence: Evidence) -> Finding | None:
    """Return the first date of `statement` that the cited sentences do not give."""
    mine = read(statement, evidence)
    known = [
        (day, _side(sentence, at), token.text)
        for sentence in read_sentences(evidence)
        for at, token in enumerate(sentence)
        if (day := token.as_day) is not None
    ]
    for at, token in enumerate(mine):
        if token.day is None:
            continue
        same = [entry for entry in known if token.day.is_within(entry[0])]
        if not same:
            return _missing(token.day, [day for day, _, _ in known])
        if token.day.is_relative and not any(day.is_relative for day, _, _ in same):
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage says {same[0][2]}, not {token.day.written}.",
            )
        side = _side(mine, at)
        if not any(side == other for _, other, _ in same):
            return Finding(
                guard=_GUARD,
                reason=f"The cited passage puts {token.day.written} differently: "
                f"“{same[0][1]} {same[0][0].written}”.",
                is_clash=True,
            )
    return None


def _side(sentence: Sequence[Token], at: int) -> str:
    """Return on which side of the date the sentence stands, judging by the word before it."""
    if at and sentence[at - 1].day is not None:
        return "until"
    keys = [token.key for token in sentence[max(0, at - 3) : at]]
    if len(keys) == 3 and keys[0] == "between" and keys[2] == "and" and sentence[at - 2].day:
        return "until"
    before = [token for token in sentence[max(0, at - 3) : at] if token.key not in ARTICLES]
    return _SIDES.get(before[-1].key, "") if before else ""


def _missing(day: Day, known: Sequence[Day]) -> Finding:
    coarser = [other for other in known if other.is_within(day)]
    if coarser:
        return Finding(
            guard=_GUARD,
            reason=f"The cited passage says only {coarser[0].written}, not {day.written}.",
        )
    if known:
        said = " and ".join(dict.fromkeys(other.written for other in known[:3]))
        reason = f"The date {day.written} does not stand in the cited passage; it says {said}."
    else:
        reason = f"The date {day.written} does not stand in the cited passage."
    return Finding(guard=_GUARD, reason=reason, is_clash=bool(known))
