"""How much a text weighs in the embedding model's window."""

from __future__ import annotations

from briefwell.protocols import TokenCounter

SPECIAL_TOKENS = 2
"""What a model adds around a text."""

_CONTEXT_SHARE = 4
CHARACTERS_PER_TOKEN = 16


class Measure:
    """Counts tokens against one window.

    Attributes:
        room: Most tokens of an embedding text, special tokens not included.
        context: Most tokens of what stands before a chunk's text: of its title and headings,
            and again of a table's header.
    """

    def __init__(self, count_tokens: TokenCounter, *, window: int) -> None:
        self.count = count_tokens
        self.room = max(1, window - SPECIAL_TOKENS)
        self.context = self.room // _CONTEXT_SHARE
        self._heads: dict[str, tuple[str, int]] = {}

    def weight(self, text: str) -> int:
        """Return the tokens of `text`, at least one for every 16 characters.

        A model may see a very long word as one unknown token, and a chunk is also something a
        person reads.
        """
        return max(self.count(text), len(text) // CHARACTERS_PER_TOKEN, 1)

    def head(self, text: str) -> tuple[str, int]:
        """Return as many first words of `text` as `context` holds, and their tokens."""
        if text not in self._heads:
            words = text.split()
            kept = text.strip()
            while words and self.count(kept) > self.context:
                words = words[: len(words) * 3 // 4]
                kept = " ".join(words)
            self._heads[text] = (kept, self.count(kept) if kept else 0)
        return self._heads[text]
