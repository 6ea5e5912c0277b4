"""`Assistant`: open, reindex, ask, close."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from briefwell.assistant.question import Scope, check_question, finished, nothing_asked
from briefwell.config import Settings
from briefwell.embeddings import RecentVectors, load_embedder
from briefwell.indexing import Progress, reindex
from briefwell.protocols import ChatModel, Embedder
from briefwell.status import check
from briefwell.storage.reader import IndexReader
from briefwell.types import (
    Answer,
    AnswerEvent,
    CheckResult,
    Document,
    IndexReport,
    Passage,
    SourceInfo,
    Turn,
)

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever

    from briefwell.assistant.asking import Asking


class Assistant:
    """Answers questions over a folder of documents, every sentence proven.

    Open it with `Assistant.open`, close it or use `with`. Several threads may use one.

    Attributes:
        documents: The folder of sources.
        index: The folder of the index.
        settings: The settings in force.
    """

    def __init__(
        self,
        *,
        documents: Path,
        index: Path,
        settings: Settings,
        embedder: Embedder | None = None,
        chat_model: ChatModel | None = None,
    ) -> None:
        self.documents = documents
        self.index = index
        self.settings = settings
        self._given_embedder = embedder
        self._embedder: Embedder | None = embedder
        self._recent: RecentVectors | None = None
        self._chat_model = chat_model
        self._reader: IndexReader | None = None
        self._was_asked = False
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls,
        *,
        documents: str | Path = "documents",
        index: str | Path = "index",
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        chat_model: ChatModel | None = None,
    ) -> Assistant:
        """Open the assistant; nothing heavy is loaded until it is needed.

        Args:
            documents: Folder of sources.
            index: Folder of the index; made by `reindex` when it is not there.
            settings: None gathers them from `briefwell.toml` and the environment.
            embedder: Any LangChain `Embeddings`; None takes `Settings.embedding_model`.
            chat_model: Any LangChain chat model; None takes `Settings.model`, if set.

        Raises:
            ConfigError: A setting is wrong.
        """
        return cls(
            documents=Path(documents),
            index=Path(index),
            settings=settings or Settings.load(),
            embedder=embedder,
            chat_model=chat_model,
        )

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index; the assistant opens it again if it is used again."""
        with self._lock:
            if self._reader is not None:
                self._reader.close()
            self._reader = None

    # --- the index -------------------------------------------------------------------

    def reindex(
        self,
        *,
        dry_run: bool = False,
        rebuild: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> IndexReport:
        """Make the index equal to the documents folder.

        Args:
            dry_run: Only tell what would be done; write nothing.
            rebuild: Make everything anew beside the old state and swap at the end.
            progress: Called as the work goes on.

        Raises:
            ConfigError: There is no documents folder.
            IndexStateError: Another process writes the index, or it cannot be written.
            ModelError: The embedding model cannot be used.
        """
        return reindex(
            self.documents,
            self.index,
            settings=self.settings,
            embedder=self.embedder(),
            dry_run=dry_run,
            rebuild=rebuild,
            progress=progress,
        )

    def status(self, *, deep: bool = False) -> list[CheckResult]:
        """Check the index; `deep` also proves every stored span and vector."""
        return check(
            self.documents,
            self.index,
            settings=self.settings,
            embedder=self._given_embedder,
            deep=deep,
        )

    def sources(self) -> list[SourceInfo]:
        """Return what the index knows of each source, by path, failed ones included."""
        with self._reading() as reader:
            return reader.sources()

    def document(self, source: str) -> Document | None:
        """Return the document of the source with this relative path, or None."""
        with self._reading() as reader:
            return reader.find_document(source)

    def embedder(self) -> Embedder:
        """Return the embedder, loading it on first use.

        Raises:
            ModelMissing: Its weights are not on this machine.
        """
        with self._lock:
            if self._embedder is None:
                self._embedder = load_embedder(self.settings, models=self.index / "models")
            return self._embedder

    def warm_up(self) -> None:
        """Load what the first question needs: the embedder and the live vectors."""
        vector = self._recent_vectors().embed_query("warm")
        with self._reading() as reader:
            reader.dense(vector, k=1, documents=None)

    # --- questions -------------------------------------------------------------------

    def retrieve(
        self,
        question: str,
        *,
        k: int | None = None,
        sources: Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[Passage]:
        """Return the passages that bear on a question, best first.

        Args:
            question: Any string up to 10,000 code points.
            k: How many; None takes `Settings.k`.
            sources: Relative paths or globs; only these are searched.
            since: Only documents of this date or later, ISO 8601.
            until: Only documents of this date or earlier, ISO 8601.

        Raises:
            ConfigError: The question is too long.
            IndexStateError: There is no usable index.
        """
        scope = Scope(k=k, sources=sources, since=since, until=until)
        with self._reading(is_question=True) as reader:
            return list(self._asking(reader).search(question, scope).passages)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] | None = (),
        k: int | None = None,
        sources: Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Answer:
        """Answer a question; see `stream`, whose last answer this is."""
        events = self.stream(
            question, history=history, k=k, sources=sources, since=since, until=until
        )
        return [event.answer for event in events if event.answer is not None][-1]

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] | None = (),
        k: int | None = None,
        sources: Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Iterator[AnswerEvent]:
        """Answer a question step by step; only proven statements are ever yielded.

        Args:
            question: Any string up to 10,000 code points.
            history: The turns before, oldest first; see `check_question`.
            k: How many passages to look at; None takes `Settings.k`.
            sources: Relative paths or globs; only these are searched.
            since: Only documents of this date or later, ISO 8601.
            until: Only documents of this date or earlier, ISO 8601.

        Yields:
            What was searched, each proven statement, notices, and last the whole answer.

        Raises:
            ConfigError: The question is too long or the history is malformed.
            IndexStateError: There is no usable index.
            ModelError: The embedding model cannot be used.
        """
        turns = check_question(question, history)
        if not question.strip():
            yield finished(nothing_asked(question))
            return
        scope = Scope(k=k, sources=sources, since=since, until=until)
        with self._reading(is_question=True) as reader:
            yield from self._asking(reader).answer(question, turns, scope)

    def evidence(self, question: str) -> Answer:
        """Answer a question from the documents' own sentences, whatever chat model is set."""
        with self._reading() as reader:
            return self._asking(reader).evidence(question)

    def as_retriever(self, *, k: int = 8) -> BaseRetriever:
        """Return a LangChain retriever over this assistant."""
        from briefwell.langchain import as_retriever

        return as_retriever(self.retrieve, k=k)

    # --- wiring ----------------------------------------------------------------------

    def _model(self) -> ChatModel | None:
        with self._lock:
            if self._chat_model is None and self.settings.model is not None:
                from briefwell.langchain import load_chat_model

                self._chat_model = load_chat_model(self.settings)
            return self._chat_model

    def _recent_vectors(self) -> RecentVectors:
        with self._lock:
            if self._recent is None:
                self._recent = RecentVectors(self.embedder())
            return self._recent

    def _asking(self, reader: IndexReader) -> Asking:
        from briefwell.assistant.asking import Asking  # not needed by a reindex

        return Asking(
            reader=reader,
            embedder=self._recent_vectors(),
            settings=self.settings,
            model=self._model(),
        )

    def _reading(self, *, is_question: bool = False) -> AbstractContextManager[IndexReader]:
        with self._lock:
            is_first = is_question and not self._was_asked
            self._was_asked = self._was_asked or is_question
            if self._reader is None:
                self._reader = IndexReader.open(self.index, settings=self.settings)
            return self._reader.snapshot(is_first=is_first)
