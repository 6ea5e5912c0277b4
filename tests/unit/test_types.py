"""The data types: spans, answers, JSON."""

from __future__ import annotations

import dataclasses
import json

import pytest

import briefwell
from briefwell import (
    Abstention,
    AbstentionReason,
    Answer,
    Citation,
    IndexReport,
    MatchKind,
    MovedSource,
    Passage,
    Span,
    Statement,
    Verdict,
)


def citation(number: int, *, start: int = 0) -> Citation:
    return Citation(
        number=number,
        source="a.txt",
        title="A",
        span=Span(start=start, end=start + 3),
        quote="one",
        proposed="one",
    )


def statement(text: str, *citations: Citation) -> Statement:
    return Statement(text=text, verdict=Verdict.QUOTED, citations=citations)


def test_a_span_is_half_open_and_counts_code_points():
    span = Span(start=1, end=4)
    assert span.cut("a😀bc-") == "😀bc"
    assert len(span) == 3
    assert span.shift(2) == Span(start=3, end=6)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_cannot_be_negative_or_backwards(start, end):
    with pytest.raises(ValueError, match="not a span"):
        Span(start=start, end=end)


def test_spans_that_only_meet_do_not_overlap():
    left, right = Span(start=0, end=3), Span(start=3, end=5)
    assert not left.is_overlapping(right)
    assert left.is_overlapping(Span(start=2, end=3))
    assert Span(start=0, end=5).is_containing(right)
    assert not right.is_containing(Span(start=2, end=4))


def test_an_answer_has_statements_or_an_abstention():
    abstention = Abstention(reason=AbstentionReason.NO_EVIDENCE, message="Nothing.")
    line = statement("One.", citation(1))
    with pytest.raises(ValueError, match="never both or neither"):
        Answer(question="?", text="", statements=())
    with pytest.raises(ValueError, match="never both or neither"):
        Answer(question="?", text="", statements=(line,), abstention=abstention)
    assert Answer(question="?", text="", statements=(), abstention=abstention).citations == ()


def test_citations_of_an_answer_come_by_number_each_once():
    lines = (
        statement("Two.", citation(2, start=9), citation(1)),
        statement("One.", citation(1)),
    )
    answer = Answer(question="?", text="", statements=lines)
    assert [item.number for item in answer.citations] == [1, 2]


def test_only_three_verdicts_are_shown():
    shown = {verdict for verdict in Verdict if verdict.is_shown}
    assert shown == {Verdict.QUOTED, Verdict.SUPPORTED, Verdict.FRAMING}


def test_no_fuzzy_match_exists():
    assert {kind.value for kind in MatchKind} == {"exact", "normalised"}


def test_to_dict_is_json_with_spans_as_objects():
    passage = Passage(
        source="a.txt", title="A", span=Span(start=1, end=2), text="x", rank=1, score=0.5
    )
    line = statement("One.", citation(1))
    answer = Answer(question="?", text="One. [1]", statements=(line,), passages=(passage,))
    plain = json.loads(json.dumps(answer.to_dict()))
    assert plain["passages"][0]["span"] == {"start": 1, "end": 2}
    assert plain["statements"][0]["verdict"] == "quoted"
    assert plain["statements"][0]["citations"][0]["match"] == "exact"
    assert plain["abstention"] is None


def test_a_report_tells_whether_anything_changed():
    assert not IndexReport(unchanged=("a.txt",)).is_changed
    assert IndexReport(moved=(MovedSource(old="a", new="b"),)).is_changed


@pytest.mark.parametrize(
    "kind",
    [item for item in vars(briefwell).values() if dataclasses.is_dataclass(item)],
    ids=lambda kind: kind.__name__,
)
def test_what_flows_is_frozen_slotted_and_keyword_only(kind):
    parameters = kind.__dataclass_params__
    assert parameters.frozen
    assert "__slots__" in vars(kind)
    assert all(field.kw_only for field in dataclasses.fields(kind))
    assert hasattr(kind, "to_dict")
