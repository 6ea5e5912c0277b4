"""How close sentences are to a question, by their words where the embedder tells of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from briefwell.answering.likeness import Likeness, Sight
from briefwell.embeddings import nearest, rows_of
from briefwell.protocols import TokenVectors
from briefwell.text import words
from doubles import HashEmbedder

AXES = {"ship": (1, 0, 0), "boat": (0.6, 0.8, 0), "came": (0, 1, 0), "rain": (0, 0, 1)}


class Telling(HashEmbedder):
    """Gives each word of `AXES` its own vector, special tokens at both ends."""

    def embed_tokens(self, texts: list[str]) -> list[TokenVectors]:
        return [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> TokenVectors:
        found = words(text)
        spans = [(word.span.start, word.span.end) for word in found]
        rows = [AXES.get(word.text.lower(), (0, 0, 0)) for word in found]
        edge = (9, 9, 9)
        return TokenVectors(
            spans=((0, 0), *spans, (0, 0)), vectors=np.array([edge, *rows, edge], dtype=np.float32)
        )


def test_a_span_gets_the_mean_of_its_tokens_and_zeros_without_any() -> None:
    text = Telling().embed_tokens(["ship came"])[0]
    assert rows_of(text, [(0, 9), (5, 9), (20, 24)]).tolist() == [
        pytest.approx([math.sqrt(0.5), math.sqrt(0.5), 0]),
        [0, 1, 0],
        [0, 0, 0],
    ]


def test_the_closest_row_is_found_for_each() -> None:
    text = Telling().embed_tokens(["ship boat rain"])[0]
    rows = rows_of(text, [(0, 4), (5, 9), (10, 14)])
    assert nearest(rows[:2], rows[1:]) == pytest.approx([0.6, 1.0])
    assert nearest(rows[:2], rows[:0]) == [0.0, 0.0]


def test_words_are_compared_with_those_of_the_sentence_and_the_one_before_it() -> None:
    (reading,) = Likeness(Telling())("Ship came", [Sight(before="A boat.", text="It came")])
    # "ship" is closest to "boat" (0.6), "came" to "came" (1).
    assert dict(reading.nearest) == pytest.approx({"ship": 0.6, "came": 1.0})
    assert reading.closeness == pytest.approx(0.8)
    # The sentence's own tokens are "it" (zeros) and "came"; the question's mean is (1, 1, 0).
    assert reading.likeness == pytest.approx(math.sqrt(0.5))


def test_an_embedder_that_tells_of_no_words_compares_sentences_alone() -> None:
    plain = Likeness(HashEmbedder())
    alone, same = plain("Ship came", [Sight(text="It rained"), Sight(text="Ship came")])
    assert same.likeness == pytest.approx(1.0)
    assert alone.likeness < same.likeness
    assert (alone.nearest, alone.closeness) == ({}, alone.likeness)
    assert plain("Ship came", [Sight(before="Ship came", text="It rained")]) == [alone]


def test_a_window_too_small_for_both_reads_the_sentence_alone() -> None:
    small = Telling(max_tokens=8)
    (reading,) = Likeness(small)("ship", [Sight(before="ship " * 20, text="came")])
    assert reading.nearest["ship"] == 0.0


@pytest.mark.parametrize("question", ["", "?!", "x" * 9000])
def test_any_string_is_a_question(question: str) -> None:
    (reading,) = Likeness(Telling())(question, [Sight(text="ship")])
    assert 0 <= reading.closeness <= 1
