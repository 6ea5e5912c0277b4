"""Fits the weights of `briefwell.answering.abstention` and shows what they are worth.

    python -m benchmarks.fit_abstention SET [SET …]

Each SET is a folder in the format of `tests/eval/samples`. It is indexed in a temporary place, and
the features of the best evidence for each question are worked out as an answer would. The weights
are a logistic regression of "answerable" in which each set, and within a set each class, counts
the same; they are drawn towards `PRIOR`, so that what few questions show moves them little. Printed
are the weights, and the area under the curve of refusing for each set in tenfold cross-validation
and with the whole set left out.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import numpy as np

from briefwell import Assistant, Settings
from briefwell.answering import Corpus, Likeness, resolve
from briefwell.answering.abstention import WEIGHTS, features
from briefwell.answering.extractive import examine
from briefwell.embeddings import load_embedder
from briefwell.evaluation.cases import read_set
from briefwell.retrieval import Retriever
from briefwell.storage.reader import IndexReader

PRIOR = {
    "always": -3.52,
    "coverage": 0.3,
    "context": 0.4,
    "order": 0.7,
    "similarity": 1.4,
    "names": 2.2,
    "likeness": 3.1,
    "closeness": 0.0,
    "missed": -0.9,
    "no_negation": -3.0,
    "no_measure": -3.0,
    "no_date": -1.0,
    "no_ordinal": -2.0,
    "no_counted": -1.9,
    "no_amount": -1.9,
    "no_expected": -1.2,
    "no_name": -0.8,
    "no_deed": 0.0,
}
"""Set by hand from wrong answers on the samples, the seed article and the journeys."""

PULL = 0.03
"""How hard a weight is drawn towards its prior."""

LOOSER = {"always": 0.01, "closeness": 0.1, "no_deed": 0.1}
"""What share of that the constant, and a feature that nobody set by hand, are drawn with."""

REFUSED = 0.05
"""Share of the answerable questions, each set counting the same, that is refused at 0.5."""

FOLDS = 10
STEPS = 30

Rows = tuple[np.ndarray, np.ndarray]
"""Features, one row for each question in the order of `WEIGHTS`, and whether it is answerable."""


def rows_of(folder: Path) -> Rows:
    """Return the features of a labelled set's questions."""
    questions, settings = read_set(folder), Settings()
    values, labels = [], []
    with tempfile.TemporaryDirectory() as index:
        with Assistant.open(documents=questions.documents, index=index) as assistant:
            assistant.reindex()
        embedder = load_embedder(settings, models=Path(index) / "models")
        with closing(IndexReader.open(Path(index), settings=settings)) as reader:
            retriever = Retriever(reader, embedder, settings)
            corpus = Corpus(
                document=reader.document,
                frequency=reader.frequencies,
                compare=Likeness(embedder),
                size=reader.chunk_count(),
            )
            for case in questions.cases:
                asked = resolve(case.question, case.history)
                found = retriever.retrieve(asked, k=settings.k, sources=case.scope or None)
                seen = examine(asked, found.passages, corpus=corpus, settings=settings)
                evidence = seen.asked[0]
                if evidence.candidates and not evidence.candidates[0].is_asked_for:
                    known = features(evidence)
                    values.append([known[name] for name in WEIGHTS])
                    labels.append(case.is_answerable)
    return np.array(values), np.array(labels, dtype=float)


def fitted(sets: list[Rows]) -> np.ndarray:
    """Return the weights, by Newton's method."""
    x = np.vstack([rows for rows, _ in sets])
    y = np.concatenate([labels for _, labels in sets])
    shares = np.concatenate([_shares(labels) for _, labels in sets]) / len(sets)
    prior = np.array([PRIOR[name] for name in WEIGHTS])
    pull = PULL * np.array([LOOSER.get(name, 1.0) for name in WEIGHTS])
    weights = prior.copy()
    for _ in range(STEPS):
        p = _likely(x, weights)
        slope = x.T @ (shares * (p - y)) + pull * (weights - prior)
        bend = (x * (shares * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def placed(weights: np.ndarray, sets: list[Rows]) -> np.ndarray:
    """Return the weights with the constant set so that 0.5 refuses `REFUSED` of what it should not.

    The fit takes half of all questions to be unanswerable, and a wrong refusal to be as bad as a
    wrong answer; here it is said outright how many wrong refusals are borne.
    """
    scores = np.concatenate([x[y == 1] @ weights for x, y in sets])
    shares = np.concatenate([np.full(int(y.sum()), 1 / y.sum()) for _, y in sets]) / len(sets)
    order = np.argsort(scores)
    at = int(np.searchsorted(np.cumsum(shares[order]), REFUSED))
    moved = weights.copy()
    moved[list(WEIGHTS).index("always")] -= scores[order][at]
    return moved


def area(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return how often an answerable question scores above one that is not; ties count half."""
    yes, no = scores[labels == 1][:, None], scores[labels == 0][None]
    return float(((yes > no) + 0.5 * (yes == no)).mean())


def crossed(sets: Mapping[str, Rows]) -> dict[str, float]:
    """Return each set's area, every tenth of the questions scored by weights fitted without it."""
    chance = np.random.default_rng(0)
    folds = {name: chance.integers(0, FOLDS, len(labels)) for name, (_, labels) in sets.items()}
    scores = {name: np.zeros(len(labels)) for name, (_, labels) in sets.items()}
    for fold in range(FOLDS):
        kept = [(x[folds[name] != fold], y[folds[name] != fold]) for name, (x, y) in sets.items()]
        weights = fitted(kept)
        for name, (x, _) in sets.items():
            scores[name][folds[name] == fold] = x[folds[name] == fold] @ weights
    return {name: area(scores[name], labels) for name, (_, labels) in sets.items()}


def _likely(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(x @ weights)))


def _shares(labels: np.ndarray) -> np.ndarray:
    yes = labels.sum()
    return np.where(labels == 1, 0.5 / max(yes, 1), 0.5 / max(len(labels) - yes, 1))


def main() -> None:
    """Print the weights and the areas."""
    sets = {Path(name).name: rows_of(Path(name)) for name in sys.argv[1:]}
    weights = placed(fitted(list(sets.values())), list(sets.values()))
    for name, weight in zip(WEIGHTS, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    prior = np.array([PRIOR[name] for name in WEIGHTS])
    inside = crossed(sets)
    print("| set | by hand | fitted, cross-validated | fitted without the set |")
    print("| --- | --- | --- | --- |")
    for name, (x, labels) in sets.items():
        others = [rows for other, rows in sets.items() if other != name]
        without = area(x @ fitted(others), labels) if others else float("nan")
        hand = area(x @ prior, labels)
        print(f"| {name} | {hand:.3f} | {inside[name]:.3f} | {without:.3f} |")


if __name__ == "__main__":
    main()
