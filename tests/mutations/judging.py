"""Holds the mutation set against the proof; used by the tests and by `benchmarks/statements.py`."""

from __future__ import annotations

from pathlib import Path

from cases import Case
from generate import generate

from briefwell.errors import LoadError
from briefwell.loaders import load
from briefwell.types import Document, Proposal, ProposedQuote, Statement
from briefwell.verification import judge

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "documents"
HISTORIAN = ROOT.parent / "shared" / "eval" / "historian-docs" / "docs"
EACH = 170


def judge_all() -> list[tuple[Case, Statement]]:
    """Return every case made of the documents that are present, with its verdict."""
    return [(case, _judge(case)) for case in make_all()]


def make_all() -> list[Case]:
    """Return every case made of the documents that are present."""
    folders = [SAMPLES, *([HISTORIAN] if HISTORIAN.is_dir() else [])]
    documents = [
        document
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.is_file() and (document := _loaded(path)) is not None
    ]
    return generate(documents, each=EACH)


def _loaded(path: Path) -> Document | None:
    try:
        return load(path, source=path.name)
    except LoadError:
        return None


def _judge(case: Case) -> Statement:
    quotes = tuple(
        ProposedQuote(
            quote=sentence.span.cut(document.text), source=document.source.path, near=sentence.span
        )
        for document, sentence in case.cited
    )
    documents = {document.source.path: document for document, _ in case.cited}
    return judge(Proposal(text=case.text, quotes=quotes), documents)
