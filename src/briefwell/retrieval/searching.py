"""One question's search: candidates gathered step by step, judged together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from briefwell.ranking.fusion import Candidate, fuse
from briefwell.ranking.relevance import probabilities, scores
from briefwell.retrieval.asking import Asked
from briefwell.retrieval.scenes import Staged, stage
from briefwell.retrieval.stretches import Stretch, stretches
from briefwell.storage.reader import IndexReader

SURROUNDINGS = 6
"""Chunks before and after the best one whose mentions of other documents are followed."""


@dataclass(slots=True, kw_only=True)
class Search:
    """Gathers candidates for one question and ranks them.

    Attributes:
        documents: Ids of the only documents that are searched; None for all.
        candidates: What the searches found, by chunk id; neighbours are not among them.
        similarities: Cosine of question and chunk, by chunk id, neighbours included.
    """

    asked: Asked
    vector: Sequence[float]
    reader: IndexReader
    documents: Collection[str] | None = None
    candidates: dict[str, Candidate] = field(default_factory=dict)
    similarities: dict[str, float] = field(default_factory=dict)
    _staged: dict[str, tuple[Staged, list[float]]] = field(default_factory=dict)
    _ranked: list[Stretch] | None = None

    def look(self, *, k: int, documents: Collection[str] | None = None) -> None:
        """Add the `k` best chunks and their neighbours.

        Args:
            k: How many.
            documents: Ids of the only documents to look at now; None for `self.documents`.
        """
        self._ranked = None
        within = self.documents if documents is None else documents
        dense = self.reader.dense(self.vector, k=k, documents=within)
        lexical = self.reader.lexical(self.asked.lexical_terms, k=k, documents=within)
        found = fuse(dense, lexical, lexical_ceiling=self.asked.lexical_ceiling)[:k]
        for item in found:
            self.candidates.setdefault(item.chunk_id, item)
        nearby = self.reader.nearby()
        chunks = nearby.around([item.chunk_id for item in found], reach=1)
        new = [chunk for chunk in chunks if chunk.id not in self._staged]
        ids = [chunk.id for chunk in new]
        self.similarities |= nearby.similarities(self.vector, ids)
        for staged in stage(self.asked, new, self.similarities, self.reader):
            self._staged[staged.chunk.id] = (staged, scores(self.asked.query, staged.scene))

    def ranked(self) -> list[Stretch]:
        """Return the stretches of all that was gathered, best first."""
        if self._ranked is None:
            rows = self._in_order()
            masses = probabilities([row for _, row in rows])
            self._ranked = stretches([item for item, _ in rows], masses)
        return list(self._ranked)

    def scenes(self) -> list[Staged]:
        """Return all that was gathered, in the order of the documents."""
        return [item for item, _ in self._in_order()]

    def _in_order(self) -> list[tuple[Staged, list[float]]]:
        return sorted(
            self._staged.values(), key=lambda row: (row[0].chunk.document_id, row[0].chunk.ordinal)
        )

    def chunks_around(self, documents: Collection[str]) -> list[str]:
        """Return the ids of the chunks around the best stretch of each of `documents`."""
        best: dict[str, str] = {}
        for item in self.ranked():
            if item.chunk.document_id in documents:
                best.setdefault(item.chunk.document_id, item.chunk.id)
        chunks = self.reader.nearby().around(best.values(), reach=SURROUNDINGS)
        return [chunk.id for chunk in chunks]
