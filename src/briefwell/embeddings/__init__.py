"""Texts into vectors: the built-in sentence-transformers model, and what any embedder tells."""

from briefwell.embeddings.describing import EmbedderTraits, describe
from briefwell.embeddings.embedder import SentenceEmbedder, load_embedder
from briefwell.embeddings.nearness import nearest, rows_of
from briefwell.embeddings.recent import RecentVectors

__all__ = [
    "EmbedderTraits",
    "RecentVectors",
    "SentenceEmbedder",
    "describe",
    "load_embedder",
    "nearest",
    "rows_of",
]
