"""Documents made of one paragraph a line, for the tests of this folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from briefwell.types import Block, BlockKind, Document, Metadata, Origin, Page, Source, Span

DocumentMaker = Callable[..., Document]


def build_document(text: str, *, path: str = "a.txt", date: str | None = None) -> Document:
    """Make a document: a line starting with `# ` is a heading, with `~ ` furniture."""
    blocks = []
    at = 0
    for line in text.splitlines(keepends=True):
        span = Span(start=at, end=at + len(line.rstrip()))
        at += len(line)
        if not len(span):
            continue
        kind = {"# ": BlockKind.HEADING, "~ ": BlockKind.FURNITURE}.get(
            line[:2], BlockKind.PARAGRAPH
        )
        blocks.append(Block(kind=kind, span=span, level=int(kind is BlockKind.HEADING)))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=path,
        source=Source(path=path, media_type="text/plain", sha256=digest, size=len(text)),
        title="A title",
        text=text,
        blocks=tuple(blocks),
        pages=(Page(number=1, span=Span(start=0, end=len(text))),),
        metadata=Metadata(date=date, date_origin=Origin.TEXT if date else None),
    )


@pytest.fixture
def make_document() -> DocumentMaker:
    return build_document
