"""Whatever a chat model writes, only what is proven is shown, and the reader is told the rest."""

from __future__ import annotations

import itertools
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from briefwell.answering import Corpus, Likeness, answer_with_model
from briefwell.answering.generative import NOT_BEARING, NOTHING_CLOSE
from briefwell.config import Settings
from briefwell.loaders import Limits, load
from briefwell.protocols import ChatModel
from briefwell.text import content_stems
from briefwell.types import (
    AbstentionReason,
    Answer,
    AnswerEvent,
    Document,
    EventKind,
    Passage,
    Statement,
    Verdict,
)
from doubles import HashEmbedder, Reply, ScriptedChatModel

HARBOUR = """# Harbour report

The harbour of Port Ellery was dredged in 2019. The work cost 4 million crowns.

Some 310 ships called at the harbour in 2020. Pilots say that fog may close the harbour in November.
"""
ORCHARD = """# Orchard survey

The orchards of Linden Valley cover 1,200 hectares.
"""
QUESTION = "When was the harbour of Port Ellery dredged, and what did the work cost?"
DREDGED = "The harbour of Port Ellery was dredged in 2019."
COST = "The work cost 4 million crowns."
EVIDENCE_ALONE = "This answer was made from the evidence alone."


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Two documents, their paragraphs as passages, and a way to ask about them."""

    documents: dict[str, Document]
    passages: tuple[Passage, ...]

    def stream(
        self, model: ChatModel, question: str = QUESTION, **settings: Any
    ) -> Iterator[AnswerEvent]:
        chunks = [set(content_stems(passage.text)) for passage in self.passages]
        corpus = Corpus(
            document=lambda name: self.documents[name],
            frequency=lambda stems: Counter(
                stem for stem in stems for chunk in chunks if stem in chunk
            ),
            compare=Likeness(HashEmbedder()),
            size=len(chunks),
        )
        return answer_with_model(
            question,
            question,
            self.passages,
            corpus=corpus,
            settings=Settings(**({"evidence_threshold": 0.0} | settings)),
            model=model,
        )

    def ask(self, model: ChatModel, question: str = QUESTION, **settings: Any) -> Answer:
        *before, last = self.stream(model, question, **settings)
        assert last.kind is EventKind.FINISHED
        assert last.answer is not None
        streamed = [event.statement for event in before if event.kind is EventKind.STATEMENT]
        noticed = [event.notice for event in before if event.kind is EventKind.NOTICE]
        assert tuple(streamed) == last.answer.statements
        assert set(noticed) <= set(last.answer.notices)
        return last.answer


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    documents = {}
    passages = []
    for name, text in (("harbour.md", HARBOUR), ("orchard.md", ORCHARD)):
        (folder / name).write_text(text, encoding="utf-8", newline="")
        document = load(Path(folder / name), source=name, limits=Limits())
        documents[document.id] = document
        for block in document.blocks[1:]:
            passages.append(_passage(document, block.span, rank=len(passages) + 1))
    return Desk(documents=documents, passages=tuple(passages))


def _passage(document: Document, span: Any, *, rank: int) -> Passage:
    return Passage(
        source=document.source.path,
        title=document.title,
        span=span,
        text=span.cut(document.text),
        rank=rank,
        score=1 / rank,
        document_id=document.id,
    )


def line(statement: str, *quotes: tuple[int, str]) -> str:
    quoted = [{"passage": passage, "quote": quote} for passage, quote in quotes]
    return json.dumps({"statement": statement, "quotes": quoted})


def script(*lines: str) -> ScriptedChatModel:
    """A model that writes these lines when first asked, and nothing when asked again."""
    return ScriptedChatModel(["\n".join(lines), ""])


def texts(statements: tuple[Statement, ...]) -> list[str]:
    return [item.text for item in statements]


def reasons(answer: Answer) -> dict[str, str]:
    return {item.text: item.reason for item in answer.rejected}


# --- what is proven ----------------------------------------------------------------------


def test_proven_statements_are_shown_in_order_with_their_citations(desk: Desk):
    answer = desk.ask(script(line(COST, (1, COST)), line(DREDGED, (1, "dredged in 2019"))))
    assert texts(answer.statements) == [COST, DREDGED]
    assert answer.text == f"{COST} [1] {DREDGED} [2]"
    assert [item.number for item in answer.citations] == [1, 2]
    assert all(item.source == "harbour.md" for item in answer.citations)
    assert answer.model == "ScriptedChatModel"
    assert answer.abstention is None
    assert answer.rejected == ()
    assert answer.notices == ()


def test_a_statement_is_streamed_before_the_model_has_ended(desk: Desk):
    model = Pausing(line(DREDGED, (1, DREDGED)) + "\n")
    events = desk.stream(model)
    first = next(events)
    assert first.statement is not None
    assert first.statement.text == DREDGED
    model.go_on.set()
    assert [event.kind for event in events] == [EventKind.FINISHED]


@pytest.mark.parametrize(
    "false",
    [
        "The harbour of Port Ellery was dredged in 2018.",
        "The work cost 5 million crowns.",
        "The work cost 4 billion crowns.",
        "The harbour of Port Ellery was not dredged in 2019.",
        "The harbour of Linden Valley was dredged in 2019.",
        "Fog will close the harbour in November.",
        "Fog may close the harbour in November.",
        "Port Ellery has 12,000 inhabitants.",
    ],
)
@pytest.mark.parametrize("is_plain", [True, False])
def test_what_is_not_proven_is_in_no_event_and_no_text(desk: Desk, false: str, is_plain: bool):
    written = false if is_plain else line(false, (1, DREDGED), (2, "fog may close the harbour"))
    model = script(line(DREDGED, (1, DREDGED)), written)
    events = list(desk.stream(model))
    answer = events[-1].answer
    assert answer is not None
    assert all(event.statement is None or event.statement.text == DREDGED for event in events)
    assert not any(false in event.notice for event in events)
    assert answer.text == f"{DREDGED} [1]"
    (rejected,) = answer.rejected
    assert rejected.text == false
    assert not rejected.verdict.is_shown
    assert rejected.reason
    assert rejected.citations == ()


def test_plain_sentences_are_proven_like_any_other(desk: Desk):
    answer = desk.ask(script(f"Here is the answer: {DREDGED} It rained.", COST))
    assert texts(answer.statements) == [COST]
    plain = desk.ask(script(f"{DREDGED} {COST} It rained."))
    assert texts(plain.statements) == [DREDGED, COST]
    assert reasons(plain) == {"It rained.": NOTHING_CLOSE}


def test_a_statement_without_quotes_is_held_against_the_closest_sentence(desk: Desk):
    answer = desk.ask(script(line(DREDGED)))
    (citation,) = answer.citations
    assert citation.quote == DREDGED


def test_a_miscopied_quote_does_not_sink_a_true_statement(desk: Desk):
    answer = desk.ask(script(line(DREDGED, (1, "the port was deepened in 2019"))))
    assert texts(answer.statements) == [DREDGED]
    assert answer.citations[0].quote == DREDGED


def test_a_quote_from_the_wrong_passage_does_not_carry_a_statement_by_itself(desk: Desk):
    answer = desk.ask(script(line(DREDGED, (3, DREDGED)), line("Ellery is old.", (7, "Ellery"))))
    assert answer.citations[0].source == "harbour.md"
    assert reasons(answer) == {"Ellery is old.": "It names passage 7, which does not exist."}


def test_a_statement_is_shown_once(desk: Desk):
    answer = desk.ask(script(line(DREDGED, (1, DREDGED)), DREDGED, line(DREDGED)))
    assert texts(answer.statements) == [DREDGED]
    assert answer.rejected == ()


def test_a_true_sentence_on_another_matter_is_no_answer(desk: Desk):
    other = "The orchards of Linden Valley cover 1,200 hectares."
    answer = desk.ask(script(line(other, (3, other)), line(DREDGED, (1, DREDGED))))
    assert texts(answer.statements) == [DREDGED]
    assert reasons(answer) == {other: NOT_BEARING}


# --- the repair round --------------------------------------------------------------------


def test_what_failed_may_be_written_again_once_with_the_reasons(desk: Desk):
    wrong = "The work cost 5 million crowns."
    model = ScriptedChatModel([line(wrong, (1, COST)), line(COST, (1, COST))])
    answer = desk.ask(model)
    assert texts(answer.statements) == [COST]
    assert texts(answer.rejected) == [wrong]
    assert len(model.asked) == 2
    told = model.asked[1][-1]["content"]
    assert wrong in told
    assert answer.rejected[0].reason in told


def test_there_is_no_third_round(desk: Desk):
    model = ScriptedChatModel(
        [line(f"The work cost {number} million crowns.") for number in (5, 6, 7, 8)]
    )
    answer = desk.ask(model)
    assert len(model.asked) == 2
    assert len(answer.rejected) == 2
    assert answer.model is None
    assert DREDGED in texts(answer.statements)


def test_nothing_is_repaired_when_everything_was_proven(desk: Desk):
    model = script(line(DREDGED, (1, DREDGED)))
    desk.ask(model)
    assert len(model.asked) == 1


# --- trouble -----------------------------------------------------------------------------


class RateLimitError(Exception):
    status_code = 429


class APITimeoutError(Exception):
    pass


class AuthenticationError(Exception):
    status_code = 401


class APIConnectionError(Exception):
    pass


class BadRequestError(Exception):
    status_code = 400


@pytest.mark.parametrize(
    ("error", "notice"),
    [
        (RateLimitError("slow down"), "The model's rate limit is reached; try again later."),
        (APITimeoutError(), "The model did not answer in time."),
        (TimeoutError(), "The model did not answer in time."),
        (
            BadRequestError("This model's maximum context length is 2048 tokens"),
            "The passages are longer than the model can read; ask for fewer with k.",
        ),
        (
            BadRequestError("request (9000 tokens) exceeds the available context size"),
            "The passages are longer than the model can read; ask for fewer with k.",
        ),
        (AuthenticationError(), "The model refused the key; check model_api_key."),
        (
            APIConnectionError("http://someone:secret@example.org"),
            "The model could not be reached; check model_base_url and that it runs.",
        ),
        (RuntimeError("key sk-secret"), "The model could not be used (RuntimeError)."),
    ],
)
def test_a_failing_model_gives_a_notice_and_an_evidence_answer(
    desk: Desk, error: Exception, notice: str
):
    answer = desk.ask(ScriptedChatModel([error]))
    assert answer.notices == (notice, EVIDENCE_ALONE)
    assert answer.model is None
    assert DREDGED in texts(answer.statements)
    assert "secret" not in answer.text + " ".join(answer.notices)


def test_an_error_in_the_repair_round_keeps_what_was_proven(desk: Desk):
    model = ScriptedChatModel([f"{DREDGED}\nIt rained.", RuntimeError()])
    answer = desk.ask(model)
    assert texts(answer.statements) == [DREDGED]
    assert answer.notices == (
        "The model could not be used (RuntimeError).",
        "The answer may be incomplete.",
    )


@pytest.mark.parametrize(
    "refusal",
    ["I'm sorry, but I can't help with that.", "As a language model I have no opinion."],
)
def test_a_refusal_is_not_shown_and_evidence_answers(desk: Desk, refusal: str):
    answer = desk.ask(ScriptedChatModel([refusal]))
    assert texts(answer.rejected) == [refusal]
    assert answer.notices == (
        f"Nothing the model wrote could be shown as proven. {EVIDENCE_ALONE}",
    )
    assert DREDGED in texts(answer.statements)


def test_a_model_that_writes_nothing_is_told_of(desk: Desk):
    answer = desk.ask(ScriptedChatModel([""]))
    assert answer.notices == (f"The model wrote nothing. {EVIDENCE_ALONE}",)
    assert DREDGED in texts(answer.statements)


def test_malformed_output_is_told_of(desk: Desk):
    answer = desk.ask(ScriptedChatModel(['{"claim": "It rained."}']))
    assert answer.rejected[0].verdict is Verdict.NOT_FOUND
    assert answer.rejected[0].reason == (
        "The model did not write this in a form that can be checked."
    )
    assert answer.model is None


class Pausing:
    """Writes something, then waits until `go_on` is set."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.go_on = threading.Event()

    def invoke(self, input: Any, /) -> Any:
        raise NotImplementedError

    def stream(self, input: Any, /) -> Iterator[Any]:
        yield Reply(self.written)
        self.go_on.wait(timeout=60)


def test_a_model_that_hangs_is_left_at_the_deadline(desk: Desk):
    model = Pausing("")
    answer = desk.ask(model, model_timeout=0.2)
    model.go_on.set()
    assert answer.notices == ("The model did not answer in time.", EVIDENCE_ALONE)
    assert DREDGED in texts(answer.statements)


def test_a_model_that_hangs_half_way_keeps_what_was_proven(desk: Desk):
    model = Pausing(f"{line(DREDGED, (1, DREDGED))}\nIt rai")
    answer = desk.ask(model, model_timeout=1)
    model.go_on.set()
    assert texts(answer.statements) == [DREDGED]
    assert answer.notices == ("The model did not answer in time.", "The answer may be incomplete.")


class Endless:
    """Writes on for ever; `is_stopped` is set when it is let go."""

    def __init__(self, pieces: Callable[[], Iterator[str]]) -> None:
        self.pieces = pieces
        self.is_stopped = threading.Event()

    def invoke(self, input: Any, /) -> Any:
        raise NotImplementedError

    def stream(self, input: Any, /) -> Iterator[Any]:
        try:
            for piece in self.pieces():
                yield Reply(piece)
        finally:
            self.is_stopped.set()


@pytest.mark.parametrize(
    "pieces",
    [
        lambda: itertools.repeat("It rained again.\n"),
        lambda: (f"It rained {number} times.\n" for number in itertools.count()),
        lambda: itertools.repeat("rain "),
        lambda: itertools.repeat("{" * 50),
        lambda: itertools.repeat("rain, e.g. " * 5),
    ],
)
def test_a_model_without_end_is_stopped(desk: Desk, pieces: Callable[[], Iterator[str]]):
    model = Endless(pieces)
    answer = desk.ask(model)
    assert model.is_stopped.wait(timeout=60)
    assert DREDGED in texts(answer.statements)
    assert 1 <= len(answer.rejected) <= 41


def test_a_reader_who_leaves_stops_the_model(desk: Desk):
    model = Endless(
        lambda: itertools.chain([f"{DREDGED}\n"], itertools.repeat("It rained again.\n"))
    )
    events = desk.stream(model)
    assert next(events).statement is not None
    events.close()  # type: ignore[attr-defined]
    assert model.is_stopped.wait(timeout=60)


# --- when the model is not asked ---------------------------------------------------------


def test_weak_evidence_is_an_abstention_without_asking_the_model(desk: Desk):
    model = script(line(DREDGED, (1, DREDGED)))
    answer = desk.ask(model, "Who won the chess tournament in Tallinn?", evidence_threshold=0.5)
    assert model.asked == []
    assert answer.abstention is not None
    assert answer.abstention.reason is AbstentionReason.WEAK_EVIDENCE
    assert answer.model is None
    assert answer.notices == ()


def test_no_documents_is_an_abstention_without_asking_the_model():
    model = script(line(DREDGED, (1, DREDGED)))
    answer = Desk(documents={}, passages=()).ask(model)
    assert model.asked == []
    assert answer.abstention is not None
    assert answer.abstention.reason is AbstentionReason.EMPTY_INDEX


# --- what goes to the model, and what comes back beside the text -------------------------


def test_the_prompt_holds_the_passages_numbered_and_the_question(desk: Desk):
    model = script(DREDGED)
    desk.ask(model)
    system, user = model.asked[0]
    assert system["role"] == "system"
    assert "[1] Harbour report (no date)\nThe harbour of Port Ellery" in user["content"]
    assert "[3] Orchard survey" in user["content"]
    assert user["content"].rstrip().endswith(QUESTION)


def test_passages_that_do_not_fit_are_left_out_with_a_notice(desk: Desk):
    long = Desk(documents=desk.documents, passages=desk.passages * 120)
    model = script(DREDGED)
    answer = long.ask(model)
    assert len(model.asked[0][1]["content"]) < 25_000
    assert answer.notices[0].startswith("The model was not given the last ")


class Counting:
    """Reports tokens the way LangChain's models do: on some pieces, in parts."""

    model_name = "counting-1"

    def invoke(self, input: Any, /) -> Any:
        raise NotImplementedError

    def stream(self, input: Any, /) -> Iterator[Any]:
        for text, used in (
            (None, {"input_tokens": 120, "output_tokens": 0}),
            ([{"type": "thinking", "thinking": "It rained."}], None),
            ([{"type": "text", "text": DREDGED}], None),
            ("", {"input_tokens": 0, "output_tokens": 15}),
        ):
            reply = Reply("")
            reply.content = text  # type: ignore[assignment]
            reply.usage_metadata = used  # type: ignore[assignment]
            yield reply


def test_tokens_and_the_models_name_are_recorded(desk: Desk):
    answer = desk.ask(Counting())
    assert texts(answer.statements) == [DREDGED]
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (120, 15)
    assert answer.model == "counting-1"


def test_tokens_are_recorded_when_evidence_answers(desk: Desk):
    answer = desk.ask(ScriptedChatModel(["It rained on the harbour."]))
    assert answer.model is None
    assert answer.usage.output_tokens == 10


class CutOff(Reply):
    response_metadata = {"finish_reason": "length"}  # noqa: RUF012


def test_a_sentence_cut_off_at_the_models_limit_is_not_shown(desk: Desk):
    class Short(Endless):
        def stream(self, input: Any, /) -> Iterator[Any]:
            yield Reply(f"{DREDGED}\n")
            yield CutOff("The work cost 4 million")

    answer = desk.ask(Short(lambda: iter(())))
    assert texts(answer.statements) == [DREDGED]
    assert reasons(answer) == {
        "The work cost 4 million": "The model broke off in the middle of this."
    }
