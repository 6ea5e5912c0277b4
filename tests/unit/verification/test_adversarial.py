"""Statements close to their source and not borne out by it: none may be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefwell.types import Proposal, ProposedQuote
from briefwell.verification import judge

DATA = Path(__file__).resolve().parents[2] / "data"


def _rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


PAIRS = [(source, source, statement) for source, statement in _rows("adversarial.txt")]
CONTEXTS = [(text, quotes, said) for text, quotes, said in _rows("adversarial-contexts.txt")]


def test_the_table_is_large() -> None:
    assert len(PAIRS) == len(set(PAIRS)) >= 300
    assert len(CONTEXTS) >= 50


@pytest.mark.parametrize(("text", "quotes", "statement"), [*PAIRS, *CONTEXTS])
def test_is_not_shown(make_document, text: str, quotes: str, statement: str) -> None:
    document = make_document(text)
    proposed = tuple(
        ProposedQuote(quote=quote, source=document.source.path) for quote in quotes.split(" + ")
    )
    assert all(quote.quote in text for quote in proposed)
    found = judge(Proposal(text=statement, quotes=proposed), {document.source.path: document})
    assert not found.verdict.is_shown
    assert found.reason
