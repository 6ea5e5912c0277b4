"""When the evidence is too weak to answer, and what to say then."""

from __future__ import annotations

import math
from collections.abc import Sequence

from briefwell.answering.candidates import FEATURES
from briefwell.answering.evidence import Evidence
from briefwell.answering.matching import stems_of
from briefwell.answering.questions import Kind
from briefwell.text import words
from briefwell.types import Abstention, AbstentionReason, Passage

BIAS = -3.52
COEFFICIENTS = {
    "coverage": 0.3,
    "context": 0.4,
    "order": 0.7,
    "similarity": 1.4,
    "names": 2.2,
    "likeness": 3.1,
    "lacking": -0.9,
}
"""Begun as a logistic regression of "answerable", then set by hand: `benchmarks/ABSTENTION.md`."""

NO_ORDINAL = -2.0
NO_COUNTED = -1.9
NO_EXPECTED = -1.2
NO_NAME = -0.8
"""What is taken off when "the fifth" stands nowhere near, when what is counted is not named, and
when a date, a number, a place or a person is asked for and the best sentence has none, or when a
name of the question stands nowhere near."""

_TYPED = (Kind.WHEN, Kind.NUMBER, Kind.WHERE, Kind.WHO)


def confidence(evidence: Evidence) -> float:
    """Return how far the evidence answers the question, 0 to 1."""
    if not evidence.candidates:
        return 0.0
    if evidence.candidates[0].is_on_author:
        return 1.0
    best = evidence.candidates[0]
    values = features(evidence)
    total = BIAS + sum(weight * values[name] for name, weight in COEFFICIENTS.items())
    total += NO_ORDINAL * (1 - values["anchors"])
    if evidence.question.kind is Kind.NUMBER:
        total += NO_COUNTED * (1 - values["counted"])
        if evidence.question.amount_of:
            total += NO_COUNTED * (1 - values["expected"])
    if any(not stems_of(name) & set(best.around) for name in evidence.question.names):
        total += NO_NAME
    if evidence.question.kind in _TYPED:
        total += NO_EXPECTED * (1 - values["expected"])
    return 1 / (1 + math.exp(-total))


def features(evidence: Evidence) -> dict[str, float]:
    """Return what the confidence is worked out from, by name, each 0 to 1."""
    best = evidence.candidates[0]
    weights = evidence.scorer.weights
    lacking = [weight for term, weight in weights.items() if term not in best.around]
    return dict(zip(FEATURES, best.features, strict=True)) | {
        "likeness": max(0.0, evidence.likeness),
        "lacking": max(lacking, default=0.0) / max(weights.values(), default=1.0),
    }


def missing_words(evidence: Evidence) -> tuple[str, ...]:
    """Return the words of the question that nothing near the best sentence speaks of."""
    met = set(evidence.candidates[0].around) if evidence.candidates else set()
    absent = [term for term in evidence.scorer.weights if term not in met]
    by_stem = {word.stem: word.text for word in reversed(words(evidence.question.text))}
    return tuple(by_stem.get(term, term) for term in absent)


def abstain(evidence: Evidence, passages: Sequence[Passage]) -> Abstention:
    """Say what was looked for, which passages come closest, and what is missing."""
    missing = missing_words(evidence)
    closest = tuple(passages[:3])
    looked = f"I looked for an answer to “{_short(evidence.question.text)}”"
    if not closest:
        return Abstention(
            reason=AbstentionReason.NO_EVIDENCE,
            message=f"{looked} and found no passage that bears on it.",
            missing=missing,
        )
    titles = list(dict.fromkeys(f"“{passage.title}”" for passage in closest))
    parts = [f"{looked} and found none that the documents prove."]
    parts.append(f"The closest passages are in {_joined(titles)}.")
    if missing:
        parts.append(f"They do not speak of {_joined([f'“{word}”' for word in missing[:5]])}.")
    else:
        parts.append("They touch the subject without stating what was asked.")
    return Abstention(
        reason=AbstentionReason.WEAK_EVIDENCE,
        message=" ".join(parts),
        closest=closest,
        missing=missing,
    )


def _joined(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
