"""When the evidence is too weak to answer, and what to say then."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

from briefwell.answering.candidates import FEATURES
from briefwell.answering.evidence import Evidence
from briefwell.answering.expected import (
    asked_deed,
    lacks_date,
    lacks_measure,
    lacks_negation,
    names_other_post,
)
from briefwell.answering.likeness import UNREAD, Reading
from briefwell.answering.matching import stems_of
from briefwell.answering.questions import Kind
from briefwell.text import words
from briefwell.types import Abstention, AbstentionReason, Passage

WEIGHTS = {
    "always": -4.61,
    "coverage": 0.36,
    "context": 0.47,
    "order": 0.75,
    "similarity": 1.41,
    "names": 2.17,
    "likeness": 3.30,
    "closeness": 1.33,
    "missed": -1.01,
    "no_negation": -3.06,
    "no_measure": -3.03,
    "no_date": -1.00,
    "no_ordinal": -1.95,
    "no_counted": -1.87,
    "no_amount": -1.86,
    "no_expected": -0.97,
    "no_name": -0.73,
    "no_deed": -0.58,
}
"""One for each of `features`; fitted by `benchmarks/fit_abstention.py`."""

MOST_NAMED = 5
"""How many missing words a message names."""

_TYPED = (Kind.WHEN, Kind.NUMBER, Kind.WHERE, Kind.WHO)


def confidence(evidence: Evidence) -> float:
    """Return how far the evidence answers the question, 0 to 1."""
    if not evidence.candidates:
        return 0.0
    best = evidence.candidates[0]
    if best.is_asked_for:
        return 1.0
    if evidence.is_of_no_part or names_other_post(evidence.question, best.text):
        return 0.0
    values = features(evidence)
    total = sum(weight * values[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def features(evidence: Evidence) -> dict[str, float]:
    """Return what the confidence is worked out from, by name, each 0 to 1.

    Those called `no_` are what is missing: the ordinal asked for ("the fifth"), what is counted,
    its number, the date, place or person asked for, a name of the question; a "not" that the
    question has; a measure or a date; what a person is said to have done. `missed` is the
    rarest word of the question that stands nowhere near, less if a word close to it does; where
    the embedder tells of no words, one that no document has is missed wholly.
    """
    best = evidence.candidates[0]
    question = evidence.question
    values = dict(zip(FEATURES, best.features, strict=True))
    weights = evidence.scorer.weights
    reading = evidence.reading_of(best)
    missed = [
        weight * (1 - reading.nearest.get(term, 0.0 if term in evidence.unheard else UNREAD))
        for term, weight in weights.items()
        if term not in best.around
    ]
    deed = asked_deed(question)
    is_number = question.kind is Kind.NUMBER
    is_named = all(stems_of(name) & set(best.around) for name in question.names)
    return {
        **{name: values[name] for name in WEIGHTS if name in values},
        "always": 1.0,
        "likeness": max(0.0, evidence.likeness),
        "closeness": max(0.0, reading.closeness),
        "missed": max(missed, default=0.0) / max(weights.values(), default=1.0),
        "no_negation": float(lacks_negation(question, best.text)),
        "no_measure": float(lacks_measure(question, best.text)),
        "no_date": float(lacks_date(question, best.text)),
        "no_ordinal": 1 - values["anchors"],
        "no_counted": is_number * (1 - values["counted"]) * _distance(question.amount_of, reading),
        "no_amount": (is_number and bool(question.amount_of)) * (1 - values["expected"]),
        "no_expected": (question.kind in _TYPED) * (1 - values["expected"]),
        "no_name": float(not is_named),
        "no_deed": (bool(deed) and deed not in best.found) * _distance((deed,), reading),
    }


def _distance(terms: Sequence[str], reading: Reading) -> float:
    """Return how far the farthest of some terms is from any word read, 1 for `UNREAD` or more."""
    nearest = min((reading.nearest.get(term, UNREAD) for term in terms), default=UNREAD)
    return min(1.0, (1 - nearest) / (1 - UNREAD))


def missing_words(evidence: Evidence) -> tuple[str, ...]:
    """Return the words of the question that nothing near the best sentence speaks of."""
    by_stem = {word.stem: word.text for word in reversed(words(evidence.question.text))}
    return tuple(by_stem.get(term, term) for term in _missing(evidence))


def _missing(evidence: Evidence) -> list[str]:
    met = set(evidence.candidates[0].around) if evidence.candidates else set()
    return [term for term in evidence.scorer.weights if term not in met]


def _phrases(question: str, terms: Collection[str]) -> list[str]:
    """Return some of a question's terms as it writes them; names side by side as one."""
    found: list[str] = []
    end = -1
    for word in words(question):
        if word.stem not in terms:
            continue
        text = re.sub(r"[’']s?$", "", word.text)
        if found and text[0].isupper() and found[-1][0].isupper() and word.span.start == end + 1:
            found[-1] += f" {text}"
        else:
            found.append(text)
        end = word.span.end
    return [f"“{text}”" for text in dict.fromkeys(found)]


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
    return Abstention(
        reason=AbstentionReason.WEAK_EVIDENCE,
        message=f"{looked} and found none that the documents prove. {_lack(evidence, closest)}",
        closest=closest,
        missing=missing,
    )


def _lack(evidence: Evidence, closest: Sequence[Passage]) -> str:
    """Say what no document speaks of, where the closest passages are, and what they leave out."""
    question, missing = evidence.question.text, _missing(evidence)
    unheard = _phrases(question, evidence.unheard & set(missing))
    left_out = _phrases(question, set(missing) - evidence.unheard)
    titles = list(dict.fromkeys(f"“{passage.title}”" for passage in closest))
    parts = (
        [f"{_joined(unheard[:MOST_NAMED])} {_stands(unheard)} in none of them."] if unheard else []
    )
    parts.append(f"The closest passages are in {_joined(titles)}.")
    if left_out:
        parts.append(f"They do not speak of {_joined(left_out[:MOST_NAMED])}.")
    elif not unheard:
        parts.append("They touch the subject without stating what was asked.")
    return " ".join(parts)


def _stands(items: Sequence[str]) -> str:
    return "stand" if len(items) > 1 else "stands"


def _joined(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
