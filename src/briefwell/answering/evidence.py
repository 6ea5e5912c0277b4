"""Everything an answer may be made of, best first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefwell.answering.candidates import (
    Candidate,
    Scorer,
    is_apparatus,
    is_leaning,
    stems_at,
)
from briefwell.answering.likeness import Reading, Sight
from briefwell.answering.matching import Corpus, acronyms, spelled_out, stems_of, weigh
from briefwell.answering.members import asked_member
from briefwell.answering.questions import Kind, Question
from briefwell.answering.replacing import replaced_documents
from briefwell.answering.sections import asked_part
from briefwell.structure import PerDocument, sentences
from briefwell.types import Document, Passage, Span

REREAD = 3
"""How many sentences are compared with the question by meaning: one small batch."""

LIKENESS = 5.0
"""What a difference of 1 in cosine is worth among these."""

_UNREAD = Reading(likeness=0.0, closeness=0.0)

ASKED_BONUS = 10.0
"""Lifts the very place that a question asks for over all else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The candidates for one question.

    Attributes:
        scorer: Measures further sentences of the same documents.
        candidates: Best first.
        readings: How close the best few are to the question by meaning, by `Candidate.key`.
        unheard: The question's terms that stand in no document.
        is_of_no_part: Whether the question asks which of a document's numbered parts is about
            something, and none of them is.
    """

    question: Question
    scorer: Scorer
    candidates: tuple[Candidate, ...]
    readings: Mapping[tuple[str, int], Reading] = field(default_factory=dict)
    unheard: frozenset[str] = frozenset()
    is_of_no_part: bool = False

    @property
    def likeness(self) -> float:
        """Cosine of the question and the closest of the best few sentences; 0 without any."""
        return max((item.likeness for item in self.readings.values()), default=0.0)

    def reading_of(self, candidate: Candidate) -> Reading:
        """Return how close a candidate is to the question; zeros when it was not compared."""
        return self.readings.get(candidate.key, _UNREAD)

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
    frequency = corpus.frequency(question.terms)
    seen = {term: frequency.get(term, 0) for term in question.terms}
    scorer = Scorer(
        question=question,
        weights=weigh(seen, size=corpus.size),
        dates=tuple(sorted({passage.date for passage in passages if passage.date})),
        short_forms=spelled_out(question.text, documents)
        | {short: full for document in documents for short, full in acronyms(document).items()},
        replaced=replaced_documents(documents),
    )
    best: dict[tuple[str, int], Candidate] = {}
    for passage in passages:
        document = corpus.document(passage.document_id)
        for index in indexes_in(document, passage.chunk_span or passage.span):
            text = sentences(document)[index].span.cut(document.text)
            if (document.id, index) not in best and not is_apparatus(text):
                best[(document.id, index)] = scorer.at(document, index, passage)
    member = asked_member(scorer, passages, corpus)
    asked_for = _on_author if question.kind is Kind.AUTHOR else asked_part
    for candidate in member or asked_for(scorer, passages, corpus):
        score = candidate.score + ASKED_BONUS
        best[candidate.key] = replace(candidate, score=score, is_asked_for=True)
    ranked = sorted(best.values(), key=lambda item: -item.score)
    few = ranked[:REREAD]
    readings = corpus.compare(question.text, [sight_of(item) for item in few]) if few else []
    closer = sorted([*_reread(few, readings), *ranked[REREAD:]], key=lambda item: -item.score)
    return Evidence(
        question=question,
        scorer=scorer,
        candidates=tuple(closer),
        readings={item.key: reading for item, reading in zip(few, readings, strict=True)},
        unheard=frozenset(term for term, often in seen.items() if not often),
        is_of_no_part=member == [],
    )


def _reread(few: Sequence[Candidate], readings: Sequence[Reading]) -> Iterator[Candidate]:
    """Yield candidates with what they are closer than their mean added to their score."""
    mean = sum(item.likeness for item in readings) / max(1, len(readings))
    for item, reading in zip(few, readings, strict=True):
        yield replace(item, score=item.score + LIKENESS * (reading.likeness - mean))


def sight_of(item: Candidate) -> Sight:
    """Return a candidate with the sentence before it, when that has the same headings."""
    before = ""
    if item.index:
        other = sentences(item.document)[item.index - 1]
        if other.heading_path == item.heading_path:
            before = other.span.cut(item.document.text)
    return Sight(text=item.text, before=before)


def _on_author(scorer: Scorer, passages: Sequence[Passage], corpus: Corpus) -> Iterator[Candidate]:
    """Find what the best document says of its own author, and the sentences leaning on that."""
    if not passages:
        return
    passage = passages[0]
    document = corpus.document(passage.document_id)
    name = stems_of(document.metadata.author or "")
    was_named = False
    for index, item in enumerate(sentences(document)):
        named = bool(name) and name <= stems_at(document, index)
        if named or (was_named and is_leaning(item.span.cut(document.text))):
            yield scorer.at(document, index, passage)
        was_named = named
