from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefwell.ranking.fusion import fuse

IDS = st.sampled_from("abcdefghij")
DENSE = st.dictionaries(IDS, st.floats(-1, 1), max_size=8)
LEXICAL = st.dictionaries(IDS, st.floats(0, 40), max_size=8)


def ranked(scores: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


@given(DENSE, LEXICAL)
def test_every_found_chunk_is_there_once_with_its_ranks(
    dense: dict[str, float], lexical: dict[str, float]
) -> None:
    fused = fuse(ranked(dense), ranked(lexical), lexical_ceiling=40)
    assert sorted(item.chunk_id for item in fused) == sorted(dense.keys() | lexical.keys())
    by_rank = {item.dense_rank: item.chunk_id for item in fused if item.dense_rank}
    assert [by_rank[rank] for rank in sorted(by_rank)] == [found for found, _ in ranked(dense)]
    by_rank = {item.lexical_rank: item.chunk_id for item in fused if item.lexical_rank}
    assert [by_rank[rank] for rank in sorted(by_rank)] == [found for found, _ in ranked(lexical)]


@given(DENSE, LEXICAL)
def test_the_order_is_by_score_then_id(dense: dict[str, float], lexical: dict[str, float]) -> None:
    fused = fuse(ranked(dense), ranked(lexical), lexical_ceiling=40)
    keys = [(-item.score, item.chunk_id) for item in fused]
    assert keys == sorted(keys)


@given(DENSE, LEXICAL)
def test_what_is_better_in_both_rankings_is_better_fused(
    dense: dict[str, float], lexical: dict[str, float]
) -> None:
    both = dense.keys() & lexical.keys()
    scores = {
        item.chunk_id: item.score
        for item in fuse(ranked(dense), ranked(lexical), lexical_ceiling=40)
    }
    for one in both:
        for two in both:
            if dense[one] >= dense[two] and lexical[one] >= lexical[two]:
                assert scores[one] >= scores[two]


def test_scores_by_hand() -> None:
    fused = fuse(
        [("a", 0.8), ("b", 0.4)], [("b", 10.0), ("c", 5.0)], lexical_ceiling=20, lexical_share=0.5
    )
    # a: 0.5 * 0 + 0.5 * 0.8; b: 0.5 * 10/20 + 0.5 * 0.4; c: 0.5 * 5/20 + 0.5 * 0.4 (the floor).
    assert [(item.chunk_id, pytest.approx(item.score)) for item in fused] == [
        ("b", 0.45),
        ("a", 0.4),
        ("c", 0.325),
    ]
    assert [item.similarity for item in fused] == [0.4, 0.8, None]
    assert [item.lexical for item in fused] == [0.5, 0.0, 0.25]


def test_a_question_without_known_words_is_ranked_by_vectors_alone() -> None:
    assert [item.chunk_id for item in fuse([("a", 0.2)], [], lexical_ceiling=0)] == ["a"]
    assert fuse([], [], lexical_ceiling=0) == []
