"""Written answers: any chat model proposes statements; what is not proven is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from briefwell.answering import prompts
from briefwell.answering.calling import Call, Message, ModelTrouble
from briefwell.answering.composing import Numbering, compose
from briefwell.answering.extractive import answer_from_evidence, examine
from briefwell.answering.grounds import Grounds
from briefwell.answering.matching import Corpus
from briefwell.answering.proposals import ProposalReader, Written
from briefwell.config import Settings
from briefwell.protocols import ChatModel
from briefwell.types import (
    Answer,
    AnswerEvent,
    EventKind,
    Passage,
    Proposal,
    Statement,
    Usage,
    Verdict,
)
from briefwell.verification import judge

PROMPT_CHARACTERS = 24_000
"""Most characters of passages in one prompt; the last ones are left out first."""

MOST_STATEMENTS = 40
"""Statements of one call that are read; a model that writes on is stopped."""

MOST_REPEATS = 3
"""Times one statement may come again before the model is taken to be going round in a circle."""

MOST_REPAIRED = 12
"""Failed statements a model is asked to write again."""

_UNSEEN = re.compile("[\u200b\u2060\ufeff\U000e0000-\U000e007f]")
"""Signs no reader sees and a model can read, so a document could speak to it behind their back."""

NOTHING_CLOSE = "No sentence of the passages comes close to it."
NOT_BEARING = "It stands in the source, but does not bear on the question."


@dataclass(slots=True)
class _Writing:
    """One written answer in the making."""

    question: str
    passages: Sequence[Passage]
    corpus: Corpus
    grounds: Grounds
    model: ChatModel
    timeout: float
    numbering: Numbering = field(default_factory=Numbering)
    shown: list[Statement] = field(default_factory=list)
    failed: list[Statement] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    is_circling: bool = False

    @property
    def usage(self) -> Usage:
        """What the calls so far cost, as far as the model tells."""
        return Usage(
            input_tokens=sum(call.input_tokens for call in self.calls),
            output_tokens=sum(call.output_tokens for call in self.calls),
        )


def answer_with_model(
    question: str,
    searched_for: str,
    passages: Sequence[Passage],
    *,
    corpus: Corpus,
    settings: Settings,
    model: ChatModel,
) -> Iterator[AnswerEvent]:
    """Let a chat model write the answer and prove each statement before it is shown.

    Falls back to the evidence answer, with a notice, when the model fails or nothing it wrote
    can be proven. Weak evidence is an abstention before the model is asked.

    Args:
        question: As it was asked.
        searched_for: As rewritten from the history.
        passages: What was retrieved, best first.
        corpus: The documents and how often terms occur in them.
        settings: `evidence_threshold`, `model_timeout` and `max_statements` are used.
        model: Any LangChain chat model.

    Yields:
        One event for each proven statement, notices, then one with the whole answer.
    """
    from_evidence = answer_from_evidence(
        question, searched_for, passages, corpus=corpus, settings=settings
    )
    if corpus.size == 0:
        yield from from_evidence
        return
    examined = examine(searched_for, passages, corpus=corpus, settings=settings)
    if not examined.answered:
        yield from from_evidence
        return
    grounds = Grounds(parts=examined.answered)
    writing = _Writing(
        searched_for, passages, corpus, grounds, model, timeout=settings.model_timeout
    )
    yield from _told(writing)
    if not writing.shown:
        yield from (_with_account(event, writing) for event in from_evidence)
        return
    written = compose(
        question,
        searched_for,
        writing.shown,
        passages=passages,
        document=corpus.document,
        notices=examined.notices,
        model=name_of(model),
    )
    written = replace(written, confidence=examined.confidence)
    yield AnswerEvent(kind=EventKind.FINISHED, answer=_accounted(written, writing))


def _told(writing: _Writing) -> Iterator[AnswerEvent]:
    """Have the answer written; yield each proven statement, then what the reader should know."""
    try:
        for statement in _write(writing):
            yield AnswerEvent(kind=EventKind.STATEMENT, statement=statement)
    except ModelTrouble as trouble:
        writing.notices.append(str(trouble))
    if outcome := _outcome(writing):
        writing.notices.append(outcome)
    for notice in writing.notices:
        yield AnswerEvent(kind=EventKind.NOTICE, notice=notice)


def name_of(model: ChatModel) -> str:
    """Return a chat model's name as it calls itself, else its class."""
    for attribute in ("model_name", "model", "model_id"):
        value = getattr(model, attribute, None)
        if isinstance(value, str) and value:
            return value
    return type(model).__name__


def _with_account(event: AnswerEvent, writing: _Writing) -> AnswerEvent:
    whole = event.answer
    return event if whole is None else replace(event, answer=_accounted(whole, writing))


def _accounted(answer: Answer, writing: _Writing) -> Answer:
    """Add to an answer what was rejected, noticed and spent on the way to it."""
    return replace(
        answer,
        rejected=(*writing.failed, *answer.rejected),
        notices=(*writing.notices, *answer.notices),
        usage=writing.usage,
    )


def _outcome(writing: _Writing) -> str:
    """Say what became of the model's answer, if the reader should know."""
    if writing.shown:
        return "The answer may be incomplete." if writing.notices else ""
    by_evidence = "This answer was made from the evidence alone."
    if writing.failed:
        return f"Nothing the model wrote could be shown as proven. {by_evidence}"
    if writing.notices:
        return by_evidence
    return f"The model wrote nothing. {by_evidence}"


def _write(writing: _Writing) -> Iterator[Statement]:
    """Ask once, and once more with what failed; yield what is proven."""
    asked = {"role": "user", "content": _asked(writing)}
    messages: list[Message] = [{"role": "system", "content": prompts.SYSTEM}, asked]
    yield from _round(writing, messages)
    failures = [item for item in writing.failed if item.text and item.reason != NOT_BEARING]
    if writing.is_circling or not failures:
        return
    listed = "\n".join(f"- {item.text} ({item.reason})" for item in failures[:MOST_REPAIRED])
    repair = {"role": "user", "content": prompts.REPAIR.format(failures=listed)}
    messages = [*messages, {"role": "assistant", "content": writing.calls[-1].text}, repair]
    yield from _round(writing, messages)


def _asked(writing: _Writing) -> str:
    parts: list[str] = []
    room = PROMPT_CHARACTERS
    for number, passage in enumerate(writing.passages, start=1):
        part = f"[{number}] {passage.title} ({passage.date or 'no date'})\n{passage.text}"
        part = _UNSEEN.sub("", part)
        room -= len(part)
        if room < 0 and parts:
            left_out = len(writing.passages) - len(parts)
            writing.notices.append(f"The model was not given the last {left_out} passages.")
            break
        parts.append(part)
    return prompts.QUESTION.format(passages="\n\n".join(parts), question=writing.question)


def _round(writing: _Writing, messages: list[Message]) -> Iterator[Statement]:
    """Make one call; yield what is proven as it comes."""
    wrote: list[str] = []
    call = Call(writing.model, messages, writing.timeout)
    writing.calls.append(call)
    reader = ProposalReader(writing.passages)
    with closing(call.pieces()) as pieces:
        for written in _read(reader, call, pieces):
            wrote.append(written.text)
            if wrote.count(written.text) > MOST_REPEATS or len(wrote) > MOST_STATEMENTS:
                writing.is_circling = True
                writing.notices.append("The model wrote in circles and was stopped.")
                return
            statement = _judged(writing, written)
            if statement is not None:
                yield statement


def _read(reader: ProposalReader, call: Call, pieces: Iterator[str]) -> Iterator[Written]:
    for piece in pieces:
        yield from reader.feed(piece)
    yield from reader.close(is_cut=call.is_cut)


def _judged(writing: _Writing, written: Written) -> Statement | None:
    """Return what was written, numbered, if it may be shown; else note why not."""
    if any(written.text == item.text for item in (*writing.shown, *writing.failed)):
        return None
    if written.proposal is None:
        lost = Statement(text=written.text, verdict=Verdict.NOT_FOUND, reason=written.reason)
        writing.failed.append(lost)
        return None
    statement = _prove(writing, written.proposal, written.reason)
    if statement.verdict.is_shown and not writing.grounds.is_bearing(statement):
        statement = Statement(text=statement.text, verdict=Verdict.NOT_FOUND, reason=NOT_BEARING)
    if not statement.verdict.is_shown:
        writing.failed.append(statement)
        return None
    statement = writing.numbering.number(statement)
    writing.shown.append(statement)
    return statement


def _prove(writing: _Writing, proposal: Proposal, reason: str) -> Statement:
    """Judge a statement by its own quotes, then by the passages' closest sentences.

    A writer that miscopies a quote may still say what the source says. Where its own quote
    stands and says otherwise, that is the verdict.
    """
    own = _judge(writing, proposal)
    if own.verdict.is_shown or own.verdict is Verdict.CONTRADICTED:
        return own
    supplied = writing.grounds.supplied(proposal)
    found = _judge(writing, supplied)
    if found.verdict.is_shown:
        return found
    if proposal.quotes:
        return own
    return replace(found, reason=reason or (found.reason if supplied.quotes else NOTHING_CLOSE))


def _judge(writing: _Writing, proposal: Proposal) -> Statement:
    ids = {passage.source: passage.document_id for passage in writing.passages}
    cited = {quote.source for quote in proposal.quotes}
    return judge(proposal, {source: writing.corpus.document(ids[source]) for source in cited})
