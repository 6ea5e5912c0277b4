"""One order from two: dense and lexical scores of the same chunks, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Ranked = Sequence[tuple[str, float]]

LEXICAL_SHARE = 0.65
"""Weight of the lexical score, the dense one has the rest; see benchmarks/RETRIEVAL.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A chunk that at least one retriever found.

    Attributes:
        similarity: Cosine of question and chunk; None when the dense retriever missed it.
        lexical: BM25 as a share of the best a chunk could get, 0 to 1.
        dense_rank: From 1; None when not among the dense results.
        lexical_rank: From 1; None when not among the lexical results.
        score: The fused score.
    """

    chunk_id: str
    score: float
    similarity: float | None = None
    lexical: float = 0.0
    dense_rank: int | None = None
    lexical_rank: int | None = None


def fuse(
    dense: Ranked,
    lexical: Ranked,
    *,
    lexical_ceiling: float,
    lexical_share: float = LEXICAL_SHARE,
) -> list[Candidate]:
    """Return the chunks of both rankings by a convex combination of their scores, best first.

    Bruch, Gai and Ingber, An Analysis of Fusion Functions for Hybrid Retrieval, ACM TOIS 2023:
    a convex combination with theoretical bounds beats reciprocal ranks. The bounds here: the
    cosine as it is, and BM25 over `lexical_ceiling`. A chunk that one retriever missed gets
    the lowest cosine found, or a BM25 of 0. Equal scores go in the order of the ids.

    Args:
        dense: Chunk ids and cosines, best first.
        lexical: Chunk ids and BM25, best first.
        lexical_ceiling: The BM25 a chunk could reach at most for this question.
        lexical_share: Weight of the lexical score, 0 to 1.
    """
    cosines, bm25 = dict(dense), dict(lexical)
    dense_ranks, lexical_ranks = _ranks(dense), _ranks(lexical)
    floor = min(cosines.values(), default=0.0)
    found = []
    for chunk_id in cosines.keys() | bm25.keys():
        share = bm25.get(chunk_id, 0.0) / lexical_ceiling if lexical_ceiling > 0 else 0.0
        cosine = cosines.get(chunk_id)
        found.append(
            Candidate(
                chunk_id=chunk_id,
                score=lexical_share * share
                + (1 - lexical_share) * (floor if cosine is None else cosine),
                similarity=cosine,
                lexical=share,
                dense_rank=dense_ranks.get(chunk_id),
                lexical_rank=lexical_ranks.get(chunk_id),
            )
        )
    return sorted(found, key=lambda item: (-item.score, item.chunk_id))


def _ranks(ranked: Ranked) -> Mapping[str, int]:
    return {chunk_id: rank for rank, (chunk_id, _) in enumerate(ranked, start=1)}
