"""Framing lines say where something stands and nothing else."""

from __future__ import annotations

import pytest

from briefwell.types import Block, BlockKind, Span, Verdict
from briefwell.verification import frame_heading, frame_table


def test_a_heading_is_named(make_document) -> None:
    document = make_document("# Trade\nMexico signed.")
    line = frame_heading(document, Span(start=8, end=22))
    assert line is not None
    assert line.verdict is Verdict.FRAMING
    assert line.text == "Under the heading “Trade”:"
    assert line.citations == ()


def test_no_heading_or_the_title_again_gives_no_line(make_document) -> None:
    assert frame_heading(make_document("Mexico signed."), Span(start=0, end=14)) is None
    document = make_document("# A title\nMexico signed.")
    assert frame_heading(document, Span(start=10, end=24)) is None


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("| Ships | Year |", "In a table with the columns “Ships”, “Year”:"),
        ("Ships|Year\n---|---", "In a table with the columns “Ships”, “Year”:"),
        ("|  |  |", None),
        ("  ", None),
    ],
)
def test_a_table_is_named_by_its_columns(make_document, header: str, text: str | None) -> None:
    document = make_document(header)
    span = Span(start=0, end=len(header))
    line = frame_table(document, Block(kind=BlockKind.TABLE, span=span, header=span))
    assert (line.text if line else None) == text


def test_a_table_without_header_gives_no_line(make_document) -> None:
    block = Block(kind=BlockKind.TABLE, span=Span(start=0, end=5))
    assert frame_table(make_document("1 | 2"), block) is None
