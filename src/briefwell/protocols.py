"""The parts a user may replace, as the smallest shapes that work.

The method names are LangChain's, so any LangChain `Embeddings` or `BaseChatModel` fits without
an adapter and this module needs no LangChain import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from briefwell.types import Document

TokenCounter = Callable[[str], int]
"""Counts the tokens the embedding model sees for a text, special tokens not included."""


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into vectors; LangChain's `Embeddings` has this shape.

    An embedder may also offer `fingerprint: str` (identity of weights and settings),
    `max_tokens: int` (its window, special tokens included) and `count_tokens(text) -> int`.
    """

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector per text, all of one length."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenVectors:
    """What a model makes of each token of one text, before it pools them into one vector.

    Attributes:
        spans: Half-open code-point spans into the text; empty for the model's special tokens.
        vectors: A float32 array with one row for each token, of any length.
    """

    spans: tuple[tuple[int, int], ...]
    vectors: Any


@runtime_checkable
class TokenEmbedder(Protocol):
    """An embedder that also tells what it makes of each token; LangChain's `Embeddings` do not."""

    def embed_tokens(self, texts: list[str]) -> list[TokenVectors] | None:
        """Return the token vectors of as much of each text as the window holds.

        None when this model does not give any.
        """
        ...


@runtime_checkable
class ChatModel(Protocol):
    """Writes text; LangChain's `BaseChatModel` has this shape."""

    def invoke(self, input: Any, /) -> Any:
        """Return a message with `content`."""
        ...

    def stream(self, input: Any, /) -> Iterator[Any]:
        """Yield message pieces with `content`."""
        ...


@runtime_checkable
class Reranker(Protocol):
    """Scores texts against a question."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return one score per text; higher is better."""
        ...


class Loader(Protocol):
    """Turns one file into a document."""

    def __call__(self, path: Path, *, source: str) -> Document:
        """Load `path`, known to the corpus as the relative POSIX path `source`."""
        ...
