"""Retrieval: from a question to the passages that bear on it."""

from briefwell.retrieval.retriever import Retrieved, Retriever

__all__ = ["Retrieved", "Retriever"]
