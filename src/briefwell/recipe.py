"""What decides the form of an index: the parts whose change makes it stale."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from briefwell.chunking import CHUNKER_VERSION
from briefwell.config import Settings
from briefwell.embeddings import describe
from briefwell.loaders import LOADER_VERSION
from briefwell.protocols import Embedder, TokenCounter
from briefwell.text import NORMALISER_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How documents become chunks and vectors.

    Attributes:
        embedder: Fingerprint of the embedder.
        window: Most tokens it sees, special tokens included.
        count_tokens: Counts as it does.
        chunk_tokens: Most tokens of one chunk's text.
    """

    embedder: str
    window: int
    count_tokens: TokenCounter
    chunk_tokens: int
    loader: int = LOADER_VERSION
    chunker: int = CHUNKER_VERSION
    normaliser: int = NORMALISER_VERSION

    @classmethod
    def of(cls, settings: Settings, embedder: Embedder) -> Recipe:
        """Return the recipe that settings and embedder stand for.

        Raises:
            ModelFailed: The embedder does not say what it is and gives no vector.
        """
        traits = describe(embedder)
        return cls(
            embedder=traits.fingerprint,
            window=traits.max_tokens,
            count_tokens=traits.count_tokens,
            chunk_tokens=settings.chunk_tokens,
        )

    @property
    def parts(self) -> dict[str, str]:
        """The parts by name, as the manifest keeps them."""
        return {
            "embedder": self.embedder,
            "window": str(self.window),
            "chunk_tokens": str(self.chunk_tokens),
            "loader": str(self.loader),
            "chunker": str(self.chunker),
            "normaliser": str(self.normaliser),
        }

    @property
    def fingerprint(self) -> str:
        """One hash over all parts."""
        return digest(self.parts)

    @property
    def load_recipe(self) -> str:
        """What decided the text of a document that was read."""
        return digest({"loader": str(self.loader)})


def digest(parts: dict[str, str]) -> str:
    """Return a short hash of named values."""
    joined = json.dumps(parts, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def index_fingerprint(settings: Settings, embedder: Embedder) -> str:
    """Return the fingerprint an index must have to be used with these settings and embedder.

    Raises:
        ModelFailed: The embedder does not say what it is and gives no vector.
    """
    return Recipe.of(settings, embedder).fingerprint
