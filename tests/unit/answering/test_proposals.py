"""What a model writes is read, whatever form it takes; what cannot be read says so."""

from __future__ import annotations

import json

import pytest

from briefwell.answering.proposals import CUT_OFF, NOT_READABLE, ProposalReader, Written
from briefwell.types import Passage, ProposedQuote, Span

PASSAGES = [
    Passage(
        source=f"{name}.md",
        title=name,
        span=Span(start=10, end=40),
        text="words",
        rank=rank,
        score=1.0,
    )
    for rank, name in enumerate(("harbour", "orchard"), start=1)
]
DREDGED = {
    "statement": "The harbour was dredged.",
    "quotes": [{"passage": 1, "quote": "was dredged"}],
}
COVERED = {"statement": "Orchards cover it.", "quotes": [{"passage": 2, "quote": "cover"}]}


def read(*pieces: str, is_cut: bool = False) -> list[Written]:
    reader = ProposalReader(PASSAGES)
    written = [item for piece in pieces for item in reader.feed(piece)]
    return [*written, *reader.close(is_cut=is_cut)]


def texts(*pieces: str) -> list[str]:
    written = read(*pieces)
    assert all(item.proposal is not None and item.proposal.text == item.text for item in written)
    return [item.text for item in written]


def test_an_object_on_each_line_is_a_proposal_with_its_quotes():
    first, second = read(f"{json.dumps(DREDGED)}\n{json.dumps(COVERED)}\n")
    assert first.proposal is not None
    assert first.proposal.text == "The harbour was dredged."
    assert first.proposal.quotes == (
        ProposedQuote(quote="was dredged", source="harbour.md", near=Span(start=10, end=40)),
    )
    assert second.proposal is not None
    assert second.proposal.quotes[0].source == "orchard.md"


@pytest.mark.parametrize(
    "written",
    [
        json.dumps([DREDGED, COVERED]),
        json.dumps([DREDGED, COVERED], indent=2),
        json.dumps({"statements": [DREDGED, COVERED]}),
        json.dumps({"statements": [DREDGED, COVERED]}, indent=4),
        f"```json\n{json.dumps(DREDGED)}\n{json.dumps(COVERED)}\n```",
        f"{json.dumps(DREDGED, indent=2)},\n{json.dumps(COVERED, indent=2)}\n",
        f"{json.dumps(DREDGED)}{json.dumps(COVERED)}",
        f"<think>\nThe user asks. I shall say it rained.\n</think>\n"
        f"{json.dumps(DREDGED)}\r\n\r\n{json.dumps(COVERED)}",
        "The harbour was dredged.\nOrchards cover it.",
        "The harbour was dredged. Orchards cover it.",
        "- The harbour was dredged. [1]\n- Orchards cover it [2].\n",
        "[1] The harbour was dredged.\n[2] Orchards cover it.",
        "1. The harbour was **dredged** [1, 2].\n2. Orchards cover it.",
        f"{json.dumps(DREDGED)}\nOrchards cover it.",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_every_common_form_is_read_however_it_is_cut_into_pieces(written, size):
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    assert texts(*pieces) == ["The harbour was dredged.", "Orchards cover it."]


def test_a_statement_comes_as_soon_as_it_is_complete():
    reader = ProposalReader(PASSAGES)
    assert list(reader.feed('{"statement": "The harbour')) == []
    (first,) = reader.feed(' was dredged."}')
    assert first.text == "The harbour was dredged."
    assert list(reader.feed("\nOrchards cover it. They")) != []


@pytest.mark.parametrize(
    "nothing", ["", "\n\n", "[]", "[\n]", "```\n```", "---", "…", "```json\n[\n", "[1]"]
)
def test_nothing_is_no_proposal(nothing):
    assert read(nothing) == []


@pytest.mark.parametrize(
    "broken",
    [
        '{"statement": "The harbour was dredged."',
        '{"statement": "The "harbour" was dredged."}',
        '{"claim": "The harbour was dredged."}',
        '{"statement": ""}',
        '{"statement": "It rained.", "quotes": "was dredged"}',
        '{"statement": "It rained.", "quotes": [{"passage": "one", "quote": "was"}]}',
        '{"statement": 12}',
        json.dumps({"statement": "a" * 2_001}),
        json.dumps({"statement": "It rained.", "quotes": [{"passage": 1, "quote": ""}]}),
    ],
)
def test_what_cannot_be_read_is_told_and_does_not_take_the_next_line_along(broken):
    first, second = read(f"{broken}\n{json.dumps(COVERED)}")
    assert first.proposal is None
    assert first.reason == NOT_READABLE
    assert broken.startswith(first.text[:20])
    assert second.text == "Orchards cover it."


@pytest.mark.parametrize("number", [0, 3, -1, 99])
def test_a_quote_from_a_passage_that_does_not_exist_is_left_out_and_told(number):
    quotes = [{"passage": number, "quote": "was dredged"}, {"passage": 2, "quote": "cover"}]
    (only,) = read(json.dumps({"statement": "It rained.", "quotes": quotes}))
    assert only.proposal is not None
    assert [quote.source for quote in only.proposal.quotes] == ["orchard.md"]
    assert only.reason == f"It names passage {number}, which does not exist."


def test_a_plain_sentence_is_a_proposal_without_quotes():
    (only,) = read("The harbour was dredged")
    assert only.proposal is not None
    assert only.proposal.quotes == ()


@pytest.mark.parametrize("rest", ["The harbour was dredged in", '{"statement": "The harb'])
def test_what_the_model_broke_off_is_no_proposal(rest):
    first, last = read(f"Orchards cover it.\n{rest}", is_cut=True)
    assert first.text == "Orchards cover it."
    assert last.proposal is None
    assert last.reason == CUT_OFF


def test_an_unfinished_thought_is_no_proposal():
    (only,) = read("<think>The harbour was dredged. Orchards cover it.")
    assert only.proposal is None


def test_a_statement_of_several_lines_is_put_on_one():
    assert texts(json.dumps({"statement": "The harbour\n  was\tdredged."})) == [
        "The harbour was dredged."
    ]
