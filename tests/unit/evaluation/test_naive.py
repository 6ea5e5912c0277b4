from __future__ import annotations

from briefwell.evaluation.naive import NaiveStack
from doubles import HashEmbedder


class Strict(HashEmbedder):
    """Refuses what does not fit its window of 30 tokens, as the built-in embedder does."""

    def __init__(self) -> None:
        super().__init__(max_tokens=30)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        assert all(self.count_tokens(text) + 2 <= self.max_tokens for text in texts)
        return super().embed_documents(texts)


def test_a_piece_over_the_window_is_embedded_by_its_beginning() -> None:
    text = "harbour " * 28 + "orchard " * 60
    embedder = Strict()
    found = NaiveStack(embedder, {"long.txt": text}).retrieve("harbour", k=1)
    assert [passage.text for passage in found] == [text.strip()]
    (embedded,) = embedder.texts
    assert text.startswith(embedded)
    assert embedder.count_tokens(embedded) == 28
