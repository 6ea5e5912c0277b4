"""Fits the weights of `briefwell.ranking.relevance` and shows what they are worth.

    python -m benchmarks.fit_relevance SET [SET …]

Each SET is a folder in the format of `tests/eval/samples`; `benchmarks/RETRIEVAL.md` names those
the shipped weights were fitted on. It is indexed in a temporary place, and for each question with
a gold place the candidates and their features are gathered as a search does. On a random half of
the questions (seed 7) the weights of a softmax over all sentences of the candidates are fitted to
the shares of the gold characters that the sentences hold (ListNet; Cao et al. 2007), each set
counting the same. Printed are the weights, and for both halves of each set what the five best
stretches hold with the shipped weights and with the fitted ones. Links, parts of questions and
dates take no part here, so the figures may differ a little from those of `briefwell eval`.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from briefwell import Assistant, Settings
from briefwell.answering import resolve
from briefwell.embeddings import load_embedder
from briefwell.evaluation import metrics
from briefwell.evaluation.cases import Problem, read_set
from briefwell.evaluation.metrics import Place
from briefwell.evaluation.places import Places
from briefwell.ranking.relevance import FEATURES, WEIGHTS, Query, features, probabilities, scores
from briefwell.retrieval.acronyms import alike
from briefwell.retrieval.asking import analyse
from briefwell.retrieval.choosing import distinct
from briefwell.retrieval.retriever import LEAST_CANDIDATES
from briefwell.retrieval.scenes import Staged
from briefwell.retrieval.searching import Search
from briefwell.retrieval.stretches import Stretch, stretches
from briefwell.storage.reader import IndexReader

K = 5
SEED = 7
STEPS = 25
SHARPENED = 1.15
"""The fitted weights are multiplied by this: fewer sentences share the relevance, so that the five
stretches are shorter. Chosen with the price of a character, see benchmarks/RETRIEVAL.md."""

RIDGE = 1e-4
"""Keeps the weights finite where one feature alone tells right from wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question, what was gathered for it, and where it is answered.

    Attributes:
        rows: Features, one row for each sentence of the scenes, in order.
        shares: Of the gold characters in each; all 0 when none was gathered.
        paths: Source of each document.
        texts: Text of each document.
    """

    query: Query
    scenes: Sequence[Staged]
    gold: tuple[Place, ...]
    rows: np.ndarray
    shares: np.ndarray
    paths: dict[str, str]
    texts: dict[str, str]


def examples_of(folder: Path, index: Path) -> list[Example]:
    """Index a set's documents in `index` and return an example for each question with a place."""
    cases, settings = read_set(folder), Settings()
    with Assistant.open(documents=cases.documents, index=index) as assistant:
        assistant.reindex()
    embedder = load_embedder(settings, models=index / "models")
    found = []
    with closing(IndexReader.open(index, settings=settings)) as reader:
        places = Places(fetch=reader.find_document)
        for case in cases.cases:
            gold = places.gold(case)
            if isinstance(gold, Problem) or not gold:
                continue
            question = resolve(case.question, case.history)
            search = Search(
                asked=analyse(question, reader, also=alike(question, reader.links())),
                vector=embedder.embed_query(question),
                reader=reader,
                documents=reader.document_ids(sources=case.scope or None),
            )
            search.look(k=LEAST_CANDIDATES)
            found.append(_example(search, gold, reader))
    return found


def _example(search: Search, gold: tuple[Place, ...], reader: IndexReader) -> Example:
    scenes = search.scenes()
    documents = {item.chunk.document_id for item in scenes}
    loaded = {document_id: reader.document(document_id) for document_id in documents}
    paths = {document_id: document.source.path for document_id, document in loaded.items()}
    rows = [row for item in scenes for row in features(search.asked.query, item.scene)]
    held = [
        _held(paths[item.chunk.document_id], unit.start, unit.end, gold)
        for item in scenes
        for unit in item.scene.units
    ]
    shares = np.array(held, dtype=float)
    return Example(
        query=search.asked.query,
        scenes=scenes,
        gold=gold,
        rows=np.array(rows),
        shares=shares / max(1.0, shares.sum()),
        paths=paths,
        texts={document_id: document.text for document_id, document in loaded.items()},
    )


def _held(source: str, start: int, end: int, gold: Sequence[Place]) -> int:
    return sum(
        max(0, min(span.end, end) - max(span.start, start)) for name, span in gold if name == source
    )


def halves(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Return a random half of the examples, and the other one."""
    chosen = set(random.Random(SEED).sample(range(len(examples)), len(examples) // 2))
    return (
        [item for at, item in enumerate(examples) if at in chosen],
        [item for at, item in enumerate(examples) if at not in chosen],
    )


def fitted(sets: Sequence[Sequence[Example]]) -> np.ndarray:
    """Return the weights with the least cross entropy, by Newton's method from the shipped ones."""
    weights = np.array(WEIGHTS)
    known = [[item for item in examples if item.shares.any()] for examples in sets]
    for _ in range(STEPS):
        slope = RIDGE * weights
        bend = RIDGE * np.eye(len(weights))
        for examples in known:
            for item in examples:
                raised = np.exp(item.rows @ weights - (item.rows @ weights).max())
                p = raised / raised.sum()
                middle = p @ item.rows
                slope += (middle - item.shares @ item.rows) / len(examples)
                bend += ((item.rows.T * p) @ item.rows - np.outer(middle, middle)) / len(examples)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def shown(example: Example, weights: Sequence[float]) -> list[Place]:
    """Return the places of the `K` best stretches."""
    masses = [scores(example.query, item.scene, weights=weights) for item in example.scenes]

    def text_of(found: Stretch) -> str:
        return found.span.cut(example.texts[found.chunk.document_id])

    ranked = stretches(example.scenes, probabilities(masses))
    chosen = distinct(ranked, most=K, text_of=text_of)
    return [(example.paths[item.stretch.chunk.document_id], item.stretch.span) for item in chosen]


def figures(examples: Sequence[Example], weights: Sequence[float]) -> str:
    """Return recall, IoU, gold span in a passage and MRR of some examples, as cells of a table."""
    found = [(item.gold, shown(item, weights)) for item in examples]
    values = (
        mean(metrics.span_recall(gold, places) for gold, places in found),
        mean(metrics.span_iou(gold, places) for gold, places in found),
        mean(metrics.span_hit(gold, places, k=K) for gold, places in found),
        mean(metrics.reciprocal_rank(gold, places) for gold, places in found),
    )
    return " | ".join(f"{value:.3f}" for value in values)


def report(sets: dict[str, list[Example]]) -> str:
    """Fit on the tuned halves of all sets and return the weights and the tables."""
    split = {name: halves(examples) for name, examples in sets.items()}
    weights = SHARPENED * fitted([tuned for tuned, _ in split.values()])
    lines = ["| feature | shipped | fitted |", "| --- | --- | --- |"]
    for name, before, now in zip(FEATURES, WEIGHTS, weights, strict=True):
        lines.append(f"| {name} | {before:.2f} | {now:.2f} |")
    lines += ["", "| set | half | weights | recall | IoU | gold span | MRR |", "| --- " * 7 + "|"]
    for name, (tuned, held) in split.items():
        for half, examples in (("tuned", tuned), ("held", held)):
            for whose, used in (("shipped", WEIGHTS), ("fitted", tuple(weights.tolist()))):
                lines.append(f"| {name} | {half} | {whose} | {figures(examples, used)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the weights and the figures."""
    sets = {}
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as index:
            sets[Path(name).name] = examples_of(Path(name), Path(index))
    print(report(sets))


if __name__ == "__main__":
    main()
