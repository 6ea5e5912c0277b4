from __future__ import annotations

import pytest

from briefwell.evaluation.cases import Case, Evidence, Problem
from briefwell.evaluation.places import Places
from briefwell.types import Document, Page, Source, Span

TEXT = "The ferry sails.\nIt car-\nries “cars”.\n\nYear | Cars\n2019 — Cars: 12; Lorries: none"
DOCUMENT = Document(
    id="d",
    source=Source(path="ferry.pdf", media_type="application/pdf", sha256="", size=1),
    title="Ferry",
    text=TEXT,
    blocks=(),
    pages=(
        Page(number=1, span=Span(start=0, end=16)),
        Page(number=2, span=Span(start=17, end=len(TEXT))),
    ),
)


def places(*evidence: Evidence) -> tuple[tuple[str, Span], ...] | Problem:
    case = Case(
        line=3, id="a", question="?", is_answerable=True, kind="fact", evidence=tuple(evidence)
    )
    return Places(fetch={"ferry.pdf": DOCUMENT}.get).gold(case)


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        (Evidence(source="ferry.pdf", span=Span(start=4, end=9), text="ferry"), "ferry"),
        (Evidence(source="ferry.pdf", span=Span(start=4, end=9)), "ferry"),
        (Evidence(source="ferry.pdf"), TEXT),
        (Evidence(source="ferry.pdf", page=1), "The ferry sails."),
        (Evidence(source="ferry.pdf", text='carries "cars".'), "car-\nries “cars”."),
        (Evidence(source="ferry.pdf", page=2, text="cars"), "cars"),
        (Evidence(source="ferry.pdf", text="2019 12 none"), "2019 — Cars: 12; Lorries: none"),
    ],
)
def test_evidence_is_found(evidence: Evidence, found: str) -> None:
    gold = places(evidence)
    assert not isinstance(gold, Problem)
    assert gold[0][1].cut(TEXT) == found


@pytest.mark.parametrize(
    ("evidence", "message"),
    [
        (Evidence(source="gone.pdf"), "the document 'gone.pdf' was not indexed"),
        (Evidence(source="ferry.pdf", span=Span(start=0, end=5), text="ferry"), "does not stand"),
        (Evidence(source="ferry.pdf", page=9), "does not stand"),
        (Evidence(source="ferry.pdf", page=1, text="cars"), "does not stand"),
        (Evidence(source="ferry.pdf", text="  "), "does not stand"),
        (Evidence(source="ferry.pdf", text="lorries sail"), "does not stand"),
    ],
)
def test_evidence_that_is_not_there_is_a_problem_with_its_line(
    evidence: Evidence, message: str
) -> None:
    gold = places(evidence)
    assert isinstance(gold, Problem)
    assert gold.line == 3
    assert message in gold.message
