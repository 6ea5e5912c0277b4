"""The only fakes, each an implementation of a public protocol."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

from briefwell.text import content_stems, words

DIMENSIONS = 64


class HashEmbedder(Embeddings):
    """A bag of stems hashed into 64 dimensions: the same words give the same vector.

    `calls` and `texts` count what was asked of it. A text without content words gets a vector
    of its own, never zeros, so cosine is always defined.
    """

    def __init__(self, *, fingerprint: str = "hash-embedder-1", max_tokens: int = 256) -> None:
        self.fingerprint = fingerprint
        self.max_tokens = max_tokens
        self.calls = 0
        self.texts: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(words(text))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.calls += 1
        self.texts.extend(texts)
        return [_embed(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return _embed(text)


def _embed(text: str) -> list[float]:
    vector = [0.0] * DIMENSIONS
    for term in content_stems(text) or ["(no words)"]:
        digest = hashlib.sha256(term.encode()).digest()
        vector[digest[0] % DIMENSIONS] += 1.0 if digest[1] % 2 else -1.0
        vector[digest[2] % DIMENSIONS] += 0.5
    length = math.sqrt(sum(value * value for value in vector))
    if length == 0.0:
        vector[0] = length = 1.0
    return [value / length for value in vector]


class Reply:
    """What a chat model returns: something with `content`."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.usage_metadata = {"input_tokens": 0, "output_tokens": len(content.split())}


class ScriptedChatModel:
    """A chat model that says its lines in order; an exception among them is raised.

    `asked` keeps every input. The last line is repeated when the script has run out.
    """

    def __init__(self, lines: Sequence[str | Exception]) -> None:
        self.lines = list(lines)
        self.asked: list[Any] = []

    def invoke(self, input: Any, /, *_: Any, **__: Any) -> Reply:
        return Reply(self._next(input))

    def stream(self, input: Any, /, *_: Any, **__: Any) -> Iterator[Reply]:
        for piece in self._next(input).splitlines(keepends=True):
            yield Reply(piece)

    def _next(self, asked: Any) -> str:
        self.asked.append(asked)
        line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        if isinstance(line, Exception):
            raise line
        return line
