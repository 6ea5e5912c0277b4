"""The tutorial stack, to compare with: recursive splitter 1000/200, dense search alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from briefwell.embeddings import describe
from briefwell.errors import ConfigError
from briefwell.protocols import Embedder
from briefwell.types import Passage, Span

CHUNK_CHARACTERS = 1000
OVERLAP_CHARACTERS = 200

_SPECIAL_TOKENS = 2


class NaiveStack:
    """Splits at 1,000 characters with 200 overlap and ranks by cosine, as tutorials do.

    The same embedder as ours makes its vectors and the search is exact, so what differs is
    how text is cut, ranked and trimmed.
    """

    def __init__(self, embedder: Embedder, texts: Mapping[str, str]) -> None:
        """Split and embed `texts`, which are canonical texts by source.

        Raises:
            ConfigError: `langchain-text-splitters` is not installed.
            ModelError: The embedding model cannot be used.
        """
        from langchain_core.vectorstores import InMemoryVectorStore

        splitter = _splitter()
        # LangChain's store asks for its own base class in the annotation and uses only the
        # two methods that our protocol has.
        embeddings: Any = _Cutting(embedder)
        self._store = InMemoryVectorStore(embeddings)
        for source, text in texts.items():
            self._store.add_documents(
                splitter.create_documents([text], metadatas=[{"source": source}])
            )

    def retrieve(self, question: str, *, k: int, sources: Sequence[str] = ()) -> list[Passage]:
        """Return the `k` nearest pieces, of `sources` alone when any are given."""
        wanted = frozenset(sources)

        def is_wanted(document: Any) -> bool:
            return not wanted or document.metadata["source"] in wanted

        found = self._store.similarity_search_with_score(question, k=k, filter=is_wanted)
        return [
            _passage(document, score, rank) for rank, (document, score) in enumerate(found, start=1)
        ]


class _Cutting:
    """Embeds as much of each text as the window holds, without a word, as tutorials' stacks do."""

    def __init__(self, embedder: Embedder) -> None:
        traits = describe(embedder)
        self._embedder = embedder
        self._count = traits.count_tokens
        self._most = traits.max_tokens - _SPECIAL_TOKENS

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed_documents([self._cut(text) for text in texts])

    def embed_query(self, text: str) -> list[float]:
        return self._embedder.embed_query(text)

    def _cut(self, text: str) -> str:
        if self._count(text) <= self._most:
            return text
        size = bisect_right(range(len(text)), self._most, key=lambda end: self._count(text[:end]))
        return text[: size - 1]


def _splitter() -> Any:
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        raise ConfigError(
            "The tutorial stack needs the package 'langchain-text-splitters'.",
            "Install it, or leave out --compare naive.",
        ) from error
    return RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS, add_start_index=True
    )


def _passage(document: Any, score: float, rank: int) -> Passage:
    source, start = document.metadata["source"], document.metadata["start_index"]
    text = document.page_content
    span = Span(start=start, end=start + len(text))
    return Passage(source=source, title=source, span=span, text=text, rank=rank, score=score)
