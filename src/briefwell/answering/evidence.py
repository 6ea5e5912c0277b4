"""Everything an answer may be made of, best first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefwell.answering.candidates import (
    Candidate,
    Scorer,
    is_apparatus,
    is_leaning,
    stems_at,
)
from briefwell.answering.matching import Corpus, acronyms, stems_of, weigh
from briefwell.answering.questions import Kind, Question
from briefwell.answering.replacing import replaced_documents
from briefwell.structure import PerDocument, sentences
from briefwell.types import Document, Passage, Span

REREAD = 4
"""How many sentences are compared with the question by meaning: one small batch."""

LIKENESS = 4.0
"""What a difference of 1 in cosine is worth among these."""

AUTHOR_BONUS = 10.0
"""Lifts what a document says of its author over all else when the author is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The candidates for one question.

    Attributes:
        scorer: Measures further sentences of the same documents.
        candidates: Best first.
        likeness: Cosine of the question and the closest of the best few sentences.
    """

    question: Question
    scorer: Scorer
    candidates: tuple[Candidate, ...]
    likeness: float = 0.0

    def find_beside(self, candidate: Candidate, step: int) -> Candidate | None:
        """Return the sentence `step` places on from a candidate in its document, or None."""
        index = candidate.index + step
        if not 0 <= index < len(sentences(candidate.document)):
            return None
        return self.scorer.at(candidate.document, index, candidate.passage)


@PerDocument
def _ends(document: Document) -> list[int]:
    return [item.span.end for item in sentences(document)]


def indexes_in(document: Document, span: Span) -> Iterator[int]:
    """Yield the indexes of the sentences that share at least one code point with `span`."""
    all_of_them = sentences(document)
    index = bisect_right(_ends(document), span.start)
    while index < len(all_of_them) and all_of_them[index].span.start < span.end:
        yield index
        index += 1


def gather(question: Question, passages: Sequence[Passage], corpus: Corpus) -> Evidence:
    """Collect and score the sentences of the passages."""
    documents = [corpus.document(passage.document_id) for passage in passages]
    scorer = Scorer(
        question=question,
        weights=weigh(question.terms, corpus),
        dates=tuple(sorted({passage.date for passage in passages if passage.date})),
        short_forms={
            short: full for document in documents for short, full in acronyms(document).items()
        },
        replaced=replaced_documents(documents),
    )
    best: dict[tuple[str, int], Candidate] = {}
    for passage in passages:
        document = corpus.document(passage.document_id)
        for index in indexes_in(document, passage.chunk_span or passage.span):
            text = sentences(document)[index].span.cut(document.text)
            if (document.id, index) not in best and not is_apparatus(text):
                best[(document.id, index)] = scorer.at(document, index, passage)
    if question.kind is Kind.AUTHOR and passages:
        for candidate in _on_author(scorer, passages[0], corpus):
            best[candidate.key] = candidate
    ranked = sorted(best.values(), key=lambda item: -item.score)
    likeness, ranked = _reread(question, ranked, corpus)
    return Evidence(question=question, scorer=scorer, candidates=tuple(ranked), likeness=likeness)


def _reread(
    question: Question, ranked: list[Candidate], corpus: Corpus
) -> tuple[float, list[Candidate]]:
    """Compare the best few with the question by meaning; they change places among themselves."""
    few = ranked[:REREAD]
    if not few:
        return 0.0, ranked
    cosines = corpus.similarity(question.text, [item.text for item in few])
    mean = sum(cosines) / len(cosines)
    closer = [
        replace(item, score=item.score + LIKENESS * (cosine - mean))
        for item, cosine in zip(few, cosines, strict=True)
    ]
    return max(cosines), sorted([*closer, *ranked[REREAD:]], key=lambda item: -item.score)


def _on_author(scorer: Scorer, passage: Passage, corpus: Corpus) -> Iterator[Candidate]:
    """Find what a document says of its own author, and the sentences leaning on that."""
    document = corpus.document(passage.document_id)
    name = stems_of(document.metadata.author or "")
    was_named = False
    for index, item in enumerate(sentences(document)):
        named = bool(name) and name <= stems_at(document, index)
        if named or (was_named and is_leaning(item.span.cut(document.text))):
            found = scorer.at(document, index, passage)
            yield replace(found, score=found.score + AUTHOR_BONUS, is_on_author=True)
        was_named = named
