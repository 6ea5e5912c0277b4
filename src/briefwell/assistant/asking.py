"""One question, from the words asked to the events of its answer."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefwell.answering import Corpus, Likeness, answer_from_evidence, answer_with_model, resolve
from briefwell.assistant.question import Scope, check_question, finished
from briefwell.config import Settings
from briefwell.errors import ConfigError
from briefwell.indexing import index_fingerprint
from briefwell.protocols import ChatModel, Embedder
from briefwell.retrieval import Retrieved, Retriever
from briefwell.storage.reader import IndexReader
from briefwell.types import Answer, AnswerEvent, EventKind, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is needed to answer one question over one state of the index."""

    reader: IndexReader
    embedder: Embedder
    settings: Settings
    model: ChatModel | None = None

    def search(self, question: str, scope: Scope) -> Retrieved:
        """Return the passages for a question that stands alone.

        Raises:
            ConfigError: The question is too long, or k is under 1.
            FingerprintMismatch: The index was made by another recipe.
        """
        check_question(question)
        if scope.k is not None and (not isinstance(scope.k, int) or scope.k < 1):
            raise ConfigError(f"k cannot be {scope.k!r}.", "Ask for one passage or more.")
        self.reader.require_fingerprint(index_fingerprint(self.settings, self.embedder))
        return Retriever(self.reader, self.embedder, self.settings).retrieve(
            question,
            k=scope.k or self.settings.k,
            sources=scope.sources,
            since=scope.since,
            until=scope.until,
        )

    def answer(self, question: str, history: Sequence[Turn], scope: Scope) -> Iterator[AnswerEvent]:
        """Yield what was searched, each proven statement, notices, and last the answer."""
        started = time.perf_counter()
        searched_for = resolve(question, history)
        found = self.search(searched_for, scope)
        yield AnswerEvent(
            kind=EventKind.SEARCHED, searched_for=searched_for, passages=found.passages
        )
        for event in self._answers(question, searched_for, found):
            if event.answer is None:
                yield event
                continue
            usage = replace(event.answer.usage, seconds=time.perf_counter() - started)
            notices = (*found.notices, *event.answer.notices)
            yield finished(replace(event.answer, usage=usage, notices=notices))

    def evidence(self, question: str) -> Answer:
        """Return the answer in the documents' own sentences, the chat model left out."""
        events = replace(self, model=None).answer(question, (), Scope())
        return [event.answer for event in events if event.answer is not None][-1]

    def _answers(self, question: str, searched_for: str, found: Retrieved) -> Iterator[AnswerEvent]:
        corpus = Corpus(
            document=self.reader.document,
            frequency=self.reader.frequencies,
            compare=Likeness(self.embedder),
            size=self.reader.chunk_count(),
        )
        if self.model is None:
            return answer_from_evidence(
                question, searched_for, found.passages, corpus=corpus, settings=self.settings
            )
        return answer_with_model(
            question,
            searched_for,
            found.passages,
            corpus=corpus,
            settings=self.settings,
            model=self.model,
        )
