"""Evidence answers: sentences of the documents, chosen, ordered and proven; no model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefwell.answering.abstention import abstain, confidence
from briefwell.answering.candidates import Candidate, is_leaning
from briefwell.answering.composing import Numbering, compose, refuse
from briefwell.answering.differing import disagreements
from briefwell.answering.evidence import Evidence, gather
from briefwell.answering.followups import resolve
from briefwell.answering.matching import Corpus
from briefwell.answering.parting import parts
from briefwell.answering.questions import analyse
from briefwell.answering.selection import select
from briefwell.config import Settings
from briefwell.types import (
    Abstention,
    AbstentionReason,
    AnswerEvent,
    BlockKind,
    EventKind,
    Passage,
    Proposal,
    ProposedQuote,
    Statement,
    Turn,
)
from briefwell.verification import frame_heading, frame_table, judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A question's parts, held against the passages.

    Attributes:
        asked: The evidence for each part.
        answered: Those parts whose evidence is strong enough.
        confidence: That of the strongest part, 0 to 1.
    """

    asked: tuple[Evidence, ...]
    answered: tuple[Evidence, ...]
    confidence: float

    @property
    def notices(self) -> tuple[str, ...]:
        """One line for each part with too weak evidence, or on which the documents disagree."""
        unproven = (
            f"The documents do not prove an answer to “{item.question.text}”"
            for item in self.asked
            if item not in self.answered
        )
        return (*unproven, *disagreements(self.answered))


def examine(
    searched_for: str, passages: Sequence[Passage], *, corpus: Corpus, settings: Settings
) -> Examined:
    """Gather the evidence for each part of a question and see which parts it answers."""
    asked = [gather(analyse(part), passages, corpus) for part in whole_parts(searched_for)]
    shares = [confidence(item) for item in asked]
    enough = settings.evidence_threshold
    return Examined(
        asked=tuple(asked),
        answered=tuple(item for item, share in zip(asked, shares, strict=True) if share >= enough),
        confidence=max(shares),
    )


def answer_from_evidence(
    question: str,
    searched_for: str,
    passages: Sequence[Passage],
    *,
    corpus: Corpus,
    settings: Settings,
) -> Iterator[AnswerEvent]:
    """Answer from the passages alone.

    Args:
        question: As it was asked.
        searched_for: As rewritten from the history.
        passages: What was retrieved, best first.
        corpus: The documents and how often terms occur in them.
        settings: `evidence_threshold` and `max_statements` are used.

    Yields:
        One event for each proven statement, then one with the whole answer.
    """
    if corpus.size == 0:
        yield _finished_empty(question, searched_for)
        return
    examined = examine(searched_for, passages, corpus=corpus, settings=settings)
    numbering = Numbering()
    statements: list[Statement] = []
    rejected: list[Statement] = []
    framed: set[str] = set()
    for candidate in _chosen(examined.answered, most=settings.max_statements):
        statement = prove(candidate)
        if not statement.verdict.is_shown:
            rejected.append(statement)
            continue
        for line in (*_framing(candidate, framed), numbering.number(statement)):
            statements.append(line)
            yield AnswerEvent(kind=EventKind.STATEMENT, statement=line)
    if not statements:
        refusal = abstain(examined.asked[0], passages)
        answer = refuse(question, searched_for, refusal, passages=passages, rejected=rejected)
    else:
        answer = compose(
            question,
            searched_for,
            statements,
            rejected=rejected,
            passages=passages,
            document=corpus.document,
            notices=examined.notices,
        )
    answer = replace(answer, confidence=examined.confidence)
    yield AnswerEvent(kind=EventKind.FINISHED, answer=answer)


def whole_parts(question: str) -> list[str]:
    """Split a question that asks several things, each made whole from those before it."""
    history: list[Turn] = []
    whole = []
    for part in parts(question):
        whole.append(resolve(part, history))
        history.append(Turn(role="user", content=part))
    return whole


def _chosen(answered: Sequence[Evidence], *, most: int) -> Iterator[Candidate]:
    """Yield each part's sentences in turn, no sentence twice."""
    taken = set()
    for evidence in answered:
        for candidate in select(evidence, most=max(2, most // len(answered))):
            if candidate.key not in taken:
                taken.add(candidate.key)
                yield candidate


def _framing(candidate: Candidate, framed: set[str]) -> Iterator[Statement]:
    """Name the heading over a sentence that leans on it: "This pillar is about …"."""
    block = candidate.document.blocks[candidate.block]
    is_opening = candidate.span.start - block.span.start < 4
    if block.kind is BlockKind.TABLE and "|" in candidate.text:
        line = frame_table(candidate.document, block)
    elif candidate.is_headed or (is_opening and is_leaning(candidate.text)):
        line = frame_heading(candidate.document, candidate.span)
    else:
        return
    if line is not None and line.text not in framed:
        framed.add(line.text)
        yield line


def prove(candidate: Candidate) -> Statement:
    """Have a sentence of a document judged like anybody else's claim."""
    quote = ProposedQuote(
        quote=candidate.text, source=candidate.document.source.path, near=candidate.span
    )
    proposal = Proposal(text=" ".join(candidate.text.split()), quotes=(quote,))
    return judge(proposal, {candidate.document.source.path: candidate.document})


def _finished_empty(question: str, searched_for: str) -> AnswerEvent:
    message = "There are no documents yet. Put files into the documents folder and reindex."
    refusal = Abstention(reason=AbstentionReason.EMPTY_INDEX, message=message)
    answer = refuse(question, searched_for, refusal, passages=())
    return AnswerEvent(kind=EventKind.FINISHED, answer=answer)
