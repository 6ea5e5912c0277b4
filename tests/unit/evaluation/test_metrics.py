"""Expected values are worked out by hand beside each assertion."""

from __future__ import annotations

import math

import pytest

from briefwell.evaluation import metrics
from briefwell.types import Span


def place(source: str, start: int, end: int) -> metrics.Place:
    return source, Span(start=start, end=end)


def test_union_merges_overlapping_and_adjoining_spans_of_one_source() -> None:
    places = [place("b", 0, 5), place("a", 10, 20), place("a", 0, 4), place("a", 4, 12)]
    assert metrics.union(places) == [place("a", 0, 20), place("b", 0, 5)]


def test_characters_of_gold_are_counted_once_and_by_source() -> None:
    gold = [place("a", 0, 100), place("b", 0, 100)]
    retrieved = [place("a", 50, 150), place("a", 60, 120), place("c", 0, 100)]
    # Union of the retrieved: 100 in a, 100 in c; shared with gold: [50, 100) of a.
    assert metrics.covered(gold, retrieved) == 50
    assert metrics.span_recall(gold, retrieved) == 50 / 200
    assert metrics.span_precision(gold, retrieved) == 50 / 200
    assert metrics.span_iou(gold, retrieved) == 50 / (200 + 150)


def test_character_figures_of_nothing_retrieved_are_zero() -> None:
    gold = [place("a", 0, 10)]
    assert metrics.span_recall(gold, []) == 0
    assert metrics.span_precision(gold, []) == 0
    assert metrics.span_iou(gold, []) == 0


def test_touching_needs_a_shared_character() -> None:
    gold = [place("a", 10, 20), place("a", 30, 40), place("b", 10, 20)]
    assert metrics.touched(gold, place("a", 0, 10)) == set()
    assert metrics.touched(gold, place("a", 19, 31)) == {0, 1}
    assert metrics.touched(gold, place("c", 0, 99)) == set()


def test_hit_looks_at_the_first_k_only() -> None:
    gold = [place("a", 10, 20)]
    retrieved = [place("a", 50, 60), place("a", 15, 60)]
    assert metrics.hit(gold, retrieved, k=1) == 0
    assert metrics.hit(gold, retrieved, k=2) == 1


def test_span_hit_needs_the_whole_gold_place_in_one_passage() -> None:
    gold = [place("a", 10, 20)]
    assert metrics.span_hit(gold, [place("a", 5, 15), place("a", 15, 25)], k=5) == 0
    assert metrics.span_hit(gold, [place("a", 0, 5), place("a", 10, 20)], k=5) == 1
    assert metrics.span_hit(gold, [place("a", 0, 5), place("a", 10, 20)], k=1) == 0


def test_reciprocal_rank_of_first_second_and_none() -> None:
    gold = [place("a", 10, 20)]
    miss, good = place("a", 50, 60), place("a", 12, 13)
    assert metrics.reciprocal_rank(gold, [good, miss]) == 1
    assert metrics.reciprocal_rank(gold, [miss, good, good]) == 1 / 2
    assert metrics.reciprocal_rank(gold, [miss]) == 0


def test_ndcg_discounts_by_rank_and_counts_each_gold_place_once() -> None:
    gold = [place("a", 0, 10), place("a", 20, 30)]
    first, second, miss = place("a", 0, 10), place("a", 20, 30), place("a", 50, 60)
    best = 1 / math.log2(2) + 1 / math.log2(3)
    assert metrics.ndcg(gold, [first, second]) == pytest.approx(1)
    # Gains at ranks 1 and 3; the repeat at rank 2 gains nothing.
    assert metrics.ndcg(gold, [first, first, second]) == pytest.approx((1 + 1 / 2) / best)
    assert metrics.ndcg(gold, [miss, second]) == pytest.approx((1 / math.log2(3)) / best)
    assert metrics.ndcg(gold, [miss, second], k=1) == 0


def test_ndcg_of_one_passage_that_touches_every_gold_place_is_one() -> None:
    gold = [place("a", 0, 10), place("a", 20, 30)]
    assert metrics.ndcg(gold, [place("a", 5, 25)]) == pytest.approx(1)


def test_all_documents_needs_every_one_within_k() -> None:
    assert metrics.all_documents(["a", "b"], ["b", "x", "a"], k=3) == 1
    assert metrics.all_documents(["a", "b"], ["b", "x", "a"], k=2) == 0


def test_plain_words_drop_case_punctuation_and_articles() -> None:
    assert metrics.plain_words("The U.S.-Mexico “Framework”, an idea") == [
        "usmexico",
        "framework",
        "idea",
    ]


@pytest.mark.parametrize(
    ("text", "answers", "kind", "expected"),
    [
        ("Some 5 million jobs.", ("5 million",), "number", True),
        ("Some 15 million jobs.", ("5 million",), "number", False),
        ("It began in mid-2020.", ("mid-2020",), "date", True),
        ("Peace and bread.", ("peace", "bread"), "list", True),
        ("Peace only.", ("peace", "bread"), "list", False),
        ("Peace only.", ("peace", "bread"), "extractive", True),
        ("The new framework.", ("Accord|new framework",), "fact", True),
        ("Anything.", (), "fact", False),
        ("Anything.", ("the",), "fact", False),
    ],
)
def test_answer_contained(text: str, answers: tuple[str, ...], kind: str, expected: bool) -> None:
    assert metrics.is_answer_contained(text, answers, kind=kind) is expected


def test_token_f1_takes_the_best_answer() -> None:
    # "red river valley" against "red river": 2 shared, 3 said, 2 gold: 4 / 5.
    assert metrics.token_f1("The red river valley", ["blue", "Red River"]) == pytest.approx(0.8)
    assert metrics.token_f1("none of it", ["else"]) == 0
    assert metrics.token_f1("anything", []) == 0


def test_rouge_l_uses_the_longest_common_subsequence() -> None:
    # "police killed the gunman" / "police kill the gunman": subsequence of 3, 4 words each.
    assert metrics.rouge_l("Police killed the gunman.", ["police kill the gunman"]) == 0.75
    # The order counts: only "the gunman" is common in order, 2 of 4 and 4.
    assert metrics.rouge_l("the gunman kill police", ["police kill the gunman"]) == 0.5
    assert metrics.rouge_l("", ["words"]) == 0


def test_avna() -> None:
    assert metrics.avna(is_answered=True, is_answerable=True) == 1
    assert metrics.avna(is_answered=False, is_answerable=False) == 1
    assert metrics.avna(is_answered=True, is_answerable=False) == 0
    assert metrics.avna(is_answered=False, is_answerable=True) == 0
