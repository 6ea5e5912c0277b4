from __future__ import annotations

import threading

import pytest

from briefwell.embeddings import RecentVectors
from briefwell.embeddings import recent as module
from briefwell.protocols import TokenVectors
from doubles import HashEmbedder


class Counting(HashEmbedder):
    """Counts the questions as well."""

    queries = 0

    def embed_query(self, text: str) -> list[float]:
        self.queries += 1
        return super().embed_query(text)


@pytest.fixture
def inner():
    return Counting()


@pytest.fixture
def recent(inner):
    return RecentVectors(inner)


def test_a_question_is_embedded_once(inner, recent):
    first = recent.embed_query("How old is the pier?")
    assert recent.embed_query("How old is the pier?") == first
    assert inner.queries == 1
    assert inner.embed_query("How old is the pier?") == first


def test_only_texts_that_are_not_known_are_embedded(inner, recent, monkeypatch):
    asked = []
    real = inner.embed_documents
    monkeypatch.setattr(inner, "embed_documents", lambda texts: asked.append(texts) or real(texts))
    recent.embed_documents(["one", "two"])
    made = recent.embed_documents(["two", "three", "one", "three"])
    assert asked == [["one", "two"], ["three"]]
    assert made == real(["two", "three", "one", "three"])


def test_a_question_and_a_text_of_the_same_words_are_kept_apart():
    class Prompted(HashEmbedder):
        def embed_query(self, text: str) -> list[float]:
            return super().embed_query(f"query: {text}")

    recent = RecentVectors(Prompted())
    assert recent.embed_documents(["pier"])[0] != recent.embed_query("pier")


def test_what_was_used_longest_ago_is_forgotten(inner, monkeypatch):
    monkeypatch.setattr(module, "KEPT_QUERIES", 2)
    recent = RecentVectors(inner)
    for text in ("one", "two", "one", "three"):
        recent.embed_query(text)
    before = inner.queries
    recent.embed_query("one")
    assert inner.queries == before
    recent.embed_query("two")
    assert inner.queries == before + 1


def test_a_caller_may_change_what_it_was_given(recent):
    first = recent.embed_query("pier")
    first[0] = 9.0
    assert recent.embed_query("pier")[0] != 9.0


def test_it_tells_the_same_of_itself_as_the_embedder_it_stands_for(inner, recent):
    assert recent.fingerprint == inner.fingerprint
    assert recent.max_tokens == inner.max_tokens
    assert recent.count_tokens("three short words") == inner.count_tokens("three short words")


def test_many_threads_get_the_right_vectors(inner, recent):
    wrong = []

    def ask(start: int) -> None:
        for number in range(start, start + 200):
            text = f"pier {number % 37}"
            if recent.embed_query(text) != inner.embed_query(text):
                wrong.append(text)

    threads = [threading.Thread(target=ask, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_token_vectors_come_from_the_embedder_if_it_has_them(recent):
    asked = []

    class Telling(HashEmbedder):
        def embed_tokens(self, texts):
            asked.append(texts)
            return [TokenVectors(spans=((0, len(text)),), vectors=[[1.0]]) for text in texts]

    assert recent.embed_tokens(["a pier"]) is None
    told = RecentVectors(Telling())
    assert [made.spans for made in told.embed_tokens(["a pier", "two"])] == [((0, 6),), ((0, 3),)]
    assert [made.spans for made in told.embed_tokens(["two", "new"])] == [((0, 3),), ((0, 3),)]
    assert asked == [["a pier", "two"], ["new"]]


def test_an_embedder_whose_model_gives_no_tokens_gives_none():
    class Silent(HashEmbedder):
        def embed_tokens(self, texts):
            return None

    assert RecentVectors(Silent()).embed_tokens(["a pier"]) is None
