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

WEIGHTS = {
    "always": -3.97,
    "coverage": 0.33,
    "context": 0.53,
    "order": 0.8,
    "similarity": 1.51,
    "names": 2.16,
    "likeness": 3.35,
    "lacking": -0.78,
    "no_ordinal": -1.94,
    "no_counted": -1.81,
    "no_amount": -1.82,
    "no_expected": -1.03,
    "no_name": -0.67,
}
"""One for each of `features`; fitted by `benchmarks/fit_abstention.py`."""

_TYPED = (Kind.WHEN, Kind.NUMBER, Kind.WHERE, Kind.WHO)


def confidence(evidence: Evidence) -> float:
    """Return how far the evidence answers the question, 0 to 1."""
    if not evidence.candidates:
        return 0.0
    if evidence.candidates[0].is_on_author:
        return 1.0
    values = features(evidence)
    total = sum(weight * values[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def features(evidence: Evidence) -> dict[str, float]:
    """Return what the confidence is worked out from, by name, each 0 to 1.

    Those called `no_` are what is missing: the ordinal asked for ("the fifth"), what is counted,
    its number, the date, place or person asked for, a name of the question.
    """
    best = evidence.candidates[0]
    question = evidence.question
    values = dict(zip(FEATURES, best.features, strict=True))
    weights = evidence.scorer.weights
    lacking = [weight for term, weight in weights.items() if term not in best.around]
    is_number = question.kind is Kind.NUMBER
    is_named = all(stems_of(name) & set(best.around) for name in question.names)
    return {
        **{name: values[name] for name in WEIGHTS if name in values},
        "always": 1.0,
        "likeness": max(0.0, evidence.likeness),
        "lacking": max(lacking, default=0.0) / max(weights.values(), default=1.0),
        "no_ordinal": 1 - values["anchors"],
        "no_counted": is_number * (1 - values["counted"]),
        "no_amount": (is_number and bool(question.amount_of)) * (1 - values["expected"]),
        "no_expected": (question.kind in _TYPED) * (1 - values["expected"]),
        "no_name": float(not is_named),
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
