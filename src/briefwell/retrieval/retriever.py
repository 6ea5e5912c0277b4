"""The retriever: two searches fused, their surroundings judged, the best stretches shown."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from briefwell.config import Settings
from briefwell.protocols import Embedder, Reranker
from briefwell.ranking.cross_encoder import load_reranker
from briefwell.retrieval.acronyms import alike
from briefwell.retrieval.asking import analyse
from briefwell.retrieval.choosing import Choice, distinct, newest_first, served
from briefwell.retrieval.links import arrange, followed, followed_from_best, named_documents
from briefwell.retrieval.searching import Search
from briefwell.retrieval.splitting import parts
from briefwell.retrieval.stretches import Stretch
from briefwell.storage.reader import IndexReader
from briefwell.structure import pages_at
from briefwell.types import Passage, Plain

LEAST_CANDIDATES = 24
"""Chunks that each search gives, and that are judged with their neighbours."""

NOTHING_SEARCHED = "Nothing was searched: no indexed document matches the filter."

RERANKED = 24
"""Stretches that a reranker, if there is one, puts in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved(Plain):
    """What was found for one question.

    Attributes:
        passages: Best first, ranked from 1.
        notices: What a reader should know about how they were found.
    """

    passages: tuple[Passage, ...]
    notices: tuple[str, ...] = ()


class Retriever:
    """Finds passages in one state of an index."""

    def __init__(self, reader: IndexReader, embedder: Embedder, settings: Settings) -> None:
        self._reader = reader
        self._embedder = embedder
        self._settings = settings

    def retrieve(
        self,
        question: str,
        *,
        k: int,
        sources: Sequence[str] | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Retrieved:
        """Return the `k` passages that bear most on `question`, fewer when there are fewer.

        Args:
            question: Any string.
            k: At least 1.
            sources: Relative paths or globs; only these are searched.
            since: Only documents of this date or later, ISO 8601.
            until: Only documents of this date or earlier, ISO 8601.

        Raises:
            IndexStateError: The index cannot be read.
            ModelError: The embedding model cannot be used.
        """
        documents = self._reader.document_ids(sources=sources, since=since, until=until)
        if documents is not None and not documents:
            return Retrieved(passages=(), notices=(*self._reader.notices, NOTHING_SEARCHED))
        search = self._search(question, k=k, documents=documents)
        ranked = self._ranked(question, search, k=k)
        chosen = distinct(ranked, most=k, text_of=self._text)
        passages = []
        score = math.inf
        for rank, choice in enumerate(chosen, start=1):
            score = min(score, choice.stretch.mass)
            passages.append(self._passage(choice, search, rank=rank, score=score))
        return Retrieved(passages=tuple(passages), notices=self._reader.notices)

    def _search(self, question: str, *, k: int, documents: Collection[str] | None) -> Search:
        search = Search(
            asked=analyse(question, self._reader, also=alike(question, self._reader.links())),
            vector=self._embedder.embed_query(question),
            reader=self._reader,
            documents=documents,
        )
        search.look(k=max(LEAST_CANDIDATES, 3 * k))
        return search

    def _ranked(self, question: str, search: Search, *, k: int) -> list[Stretch]:
        """Return the stretches in the order in which they are shown, more than `k` of them."""
        links = self._reader.links()
        named = named_documents(question, links, within=search.documents)
        if named:
            search.look(k=4 * len(named), documents=named)
            chunks = search.chunks_around(named)
            linked = followed(chunks, links, named=named, within=search.documents)
        else:
            linked = followed_from_best(search.ranked(), links, within=search.documents)
        if linked:
            search.look(k=2 * len(linked), documents=linked)
        ranked = search.ranked()
        if self._settings.reranker:
            ranked = self._reranked(question, ranked, load_reranker(self._settings.reranker))
        if self._settings.prefer_newer:
            ranked = newest_first(ranked, date_of=self._date)
        ranked = arrange(ranked, named=named, linked=linked, k=k)
        if len(named) < 2:
            pieces = [
                self._search(part, k=k, documents=search.documents) for part in parts(question)
            ]
            ranked = served(ranked, [piece.ranked() for piece in pieces])
            for piece in pieces:
                search.similarities |= piece.similarities
        return ranked

    def _reranked(
        self, question: str, ranked: Sequence[Stretch], reranker: Reranker
    ) -> list[Stretch]:
        few = ranked[:RERANKED]
        scores = reranker.score(question, [self._text(item) for item in few])
        order = sorted(range(len(few)), key=lambda at: (-scores[at], at))
        return [*(few[at] for at in order), *ranked[RERANKED:]]

    def _text(self, found: Stretch) -> str:
        return found.span.cut(self._reader.document(found.chunk.document_id).text)

    def _date(self, found: Stretch) -> str | None:
        return self._reader.document(found.chunk.document_id).metadata.date

    def _passage(self, choice: Choice, search: Search, *, rank: int, score: float) -> Passage:
        found = choice.stretch
        candidate = search.candidates.get(found.chunk.id)
        document = self._reader.document(found.chunk.document_id)
        return Passage(
            source=document.source.path,
            title=document.title,
            span=found.span,
            text=found.span.cut(document.text),
            rank=rank,
            score=score,
            pages=pages_at(document, found.span),
            heading_path=found.chunk.heading_path,
            date=document.metadata.date,
            document_id=document.id,
            chunk_id=found.chunk.id,
            similarity=search.similarities[found.chunk.id],
            dense_rank=candidate.dense_rank if candidate else None,
            lexical_rank=candidate.lexical_rank if candidate else None,
            chunk_span=found.whole,
            also_in=tuple(self._reader.document(item).source.path for item in choice.also_in),
        )
