"""Statements close to their source and not borne out by it: none may be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefwell.types import Proposal, ProposedQuote
from briefwell.verification import judge

TABLE = Path(__file__).resolve().parents[2] / "data" / "adversarial.txt"
PAIRS = [
    tuple(line.split(" | "))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_the_table_is_large() -> None:
    assert len(PAIRS) == len(set(PAIRS)) >= 300


@pytest.mark.parametrize(("source", "statement"), PAIRS)
def test_is_not_shown(make_document, source: str, statement: str) -> None:
    document = make_document(source)
    quote = ProposedQuote(quote=source, source=document.source.path)
    found = judge(Proposal(text=statement, quotes=(quote,)), {document.source.path: document})
    assert not found.verdict.is_shown
    assert found.reason
