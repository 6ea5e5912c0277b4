from __future__ import annotations

import pytest

from briefwell.embeddings import describe
from briefwell.embeddings.describing import estimate_tokens
from briefwell.errors import ModelFailed
from doubles import HashEmbedder


class Plain:
    """A LangChain-shaped embedder that tells nothing of itself."""

    def __init__(self, model: str = "m", *, angle: float = 0.6) -> None:
        self.model = model
        self.angle = angle

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [self.angle, 1 - self.angle]


class Unreachable(Plain):
    def embed_query(self, text: str) -> list[float]:
        raise TimeoutError("no route")


def test_what_an_embedder_tells_is_taken() -> None:
    embedder = HashEmbedder(fingerprint="mine", max_tokens=99)
    traits = describe(embedder)
    assert (traits.fingerprint, traits.max_tokens) == ("mine", 99)
    assert traits.count_tokens("two words") == 2


def test_an_embedder_that_tells_nothing_gets_stand_ins() -> None:
    traits = describe(Plain())
    assert traits.max_tokens == 256
    assert traits.count_tokens("Fog fell.") == 3
    assert traits.fingerprint == describe(Plain()).fingerprint


def test_the_stand_in_fingerprint_follows_model_and_vectors() -> None:
    others = [Plain("other"), Plain(angle=0.7)]
    assert len({describe(item).fingerprint for item in (Plain(), *others)}) == 3


def test_the_last_digits_of_another_processor_change_nothing() -> None:
    assert describe(Plain(angle=0.6000001)).fingerprint == describe(Plain()).fingerprint


def test_an_embedder_that_gives_no_vector_is_told() -> None:
    with pytest.raises(ModelFailed, match=r"Unreachable gave no vector .* no route") as caught:
        describe(Unreachable())
    assert caught.value.retryable
    assert "service runs" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("Fog.", 2),
        ("antidisestablishmentarianism", 7),
        ("東京", 2),
        ("a-b", 3),
        ("🙂 ok", 2),
    ],
)
def test_the_estimate_counts_marks_and_foreign_characters_one_by_one(
    text: str, tokens: int
) -> None:
    assert estimate_tokens(text) == tokens
