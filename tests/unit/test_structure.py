"""Headings, pages, sentences and furniture of a document."""

from __future__ import annotations

from briefwell.structure import (
    PerDocument,
    blocks_at,
    forget,
    heading_path_at,
    is_furniture,
    pages_at,
    sentences,
)
from briefwell.types import Block, BlockKind, Document, Page, Source, Span

PARTS = [
    (BlockKind.HEADING, 1, "# A #"),
    (BlockKind.PARAGRAPH, 0, "One two. Three."),
    (BlockKind.HEADING, 2, "## B"),
    (BlockKind.LIST_ITEM, 1, "- item one. More"),
    (BlockKind.TABLE, 0, "| a | b |\n|---|---|\n| 1 | 2 |"),
    (BlockKind.FURNITURE, 0, "Page 1"),
    (BlockKind.PARAGRAPH, 0, "> End here."),
    (BlockKind.HEADING, 1, "C\n==="),
    (BlockKind.PARAGRAPH, 0, "Last."),
]


def _document() -> Document:
    blocks = []
    text = ""
    for kind, level, part in PARTS:
        span = Span(start=len(text), end=len(text) + len(part))
        header = Span(start=span.start, end=span.start + 9) if kind is BlockKind.TABLE else None
        blocks.append(Block(kind=kind, span=span, level=level, header=header))
        text += f"{part}\n\n"
    half = text.index("Page")
    return Document(
        id="x",
        source=Source(path="a.md", media_type="text/markdown", sha256="0", size=len(text)),
        title="A",
        text=text,
        blocks=tuple(blocks),
        pages=(
            Page(number=1, span=Span(start=0, end=half)),
            Page(number=2, span=Span(start=half, end=len(text))),
        ),
    )


def _place(document: Document, words: str) -> Span:
    at = document.text.index(words)
    return Span(start=at, end=at + len(words))


def test_sentences_skip_headings_furniture_marks_and_table_heads() -> None:
    document = _document()
    found = [(one.span.cut(document.text), one.heading_path) for one in sentences(document)]
    assert found == [
        ("One two.", ("A",)),
        ("Three.", ("A",)),
        ("item one.", ("A", "B")),
        ("More", ("A", "B")),
        ("1 | 2", ("A", "B")),
        ("End here.", ("A", "B")),
        ("Last.", ("C",)),
    ]
    assert all(
        document.blocks[one.block].span.is_containing(one.span) for one in sentences(document)
    )


def test_what_is_forgotten_is_worked_out_anew() -> None:
    document = _document()
    first = sentences(document)
    assert sentences(document) is first
    forget(document)
    again = sentences(document)
    assert again is not first
    assert again == first
    forget(document)
    forget(document)


def test_a_heading_is_not_under_itself() -> None:
    document = _document()
    assert heading_path_at(document, _place(document, "## B").start) == ("A",)
    assert heading_path_at(document, 0) == ()
    assert heading_path_at(document, len(document.text)) == ("C",)


def test_pages_and_furniture() -> None:
    document = _document()
    assert pages_at(document, _place(document, "One")) == (1,)
    across = Span(start=_place(document, "| 1").start, end=_place(document, "> End").end)
    assert pages_at(document, across) == (1, 2)
    assert is_furniture(document, across)
    assert not is_furniture(document, _place(document, "One two."))
    assert list(blocks_at(document, across)) == [4, 5, 6]
    assert list(blocks_at(document, Span(start=5, end=7))) == []


def test_what_is_kept_is_found_by_identity() -> None:
    made: list[str] = []
    kept = PerDocument(lambda document: made.append(document.id) or len(made))
    one, other = _document(), _document()
    assert (kept(one), kept(one), kept(other), kept(one)) == (1, 1, 2, 1)
