"""What holds for every document and every size of chunk."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from briefwell.chunking import cut
from briefwell.types import Block, BlockKind, Chunk, Document, Metadata, Origin, Source, Span

WINDOW = 40

WORDS = st.sampled_from(
    [
        "Fog",
        "fell",
        "in",
        "1990,",
        "and;",
        "ships",
        "(two)",
        "waited.",
        "Dr.",
        "Éa",
        "東京。",
        "—",
        "…",
    ]
)
ODD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=40)
LINES = st.lists(st.one_of(WORDS, WORDS, WORDS, ODD), max_size=60).map(" ".join)
CONTENT = st.lists(LINES, min_size=1, max_size=3).map("\n".join).map(str.strip).filter(bool)
KINDS = st.sampled_from(list(BlockKind))
BLOCKS = st.lists(st.tuples(KINDS, CONTENT, st.booleans()), max_size=12)


def count(text: str) -> int:
    """Long words are several tokens, as word pieces are."""
    return sum(1 + len(word) // 6 for word in text.split())


def make(parts: list[tuple[BlockKind, str, bool]], title: str) -> Document:
    text, blocks = "", []
    for kind, content, is_headed in parts:
        text += "\n\n" if text else ""
        start = len(text)
        text += content
        first_line = Span(start=start, end=start + len(content.split("\n")[0]))
        blocks.append(
            Block(
                kind=kind,
                span=Span(start=start, end=len(text)),
                level=1 + len(content) % 3 if kind is BlockKind.HEADING else 0,
                header=first_line if kind is BlockKind.TABLE and is_headed else None,
            )
        )
    return Document(
        id="d",
        source=Source(path="a.txt", media_type="text/plain", sha256="", size=0),
        title=title,
        text=text,
        blocks=tuple(blocks),
        metadata=Metadata(title_origin=Origin.TEXT),
    )


DOCUMENTS = st.builds(make, BLOCKS, LINES)
SIZES = st.integers(min_value=1, max_value=60)


def cut_up(document: Document, size: int) -> list[Chunk]:
    return cut(document, count_tokens=count, chunk_tokens=size, window=WINDOW, fingerprint="f")


@given(DOCUMENTS, SIZES)
def test_a_chunk_is_its_slice_of_the_text(document: Document, size: int) -> None:
    for chunk in cut_up(document, size):
        assert document.text[chunk.span.start : chunk.span.end] == chunk.text
        assert chunk.text == chunk.text.strip()
        assert chunk.embedding_text.endswith(chunk.text)


@given(DOCUMENTS, SIZES)
def test_chunks_are_in_order_without_overlap(document: Document, size: int) -> None:
    chunks = cut_up(document, size)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    for before, after in pairwise(chunks):
        assert before.span.end <= after.span.start


@given(DOCUMENTS, SIZES)
def test_every_word_but_headings_and_furniture_is_in_a_chunk(document: Document, size: int) -> None:
    chunks = cut_up(document, size)
    covered = [False] * len(document.text)
    for chunk in chunks:
        for offset in range(chunk.span.start, chunk.span.end):
            covered[offset] = True
    for block in document.blocks:
        is_indexed = block.kind not in (BlockKind.HEADING, BlockKind.FURNITURE)
        for offset in range(block.span.start, block.span.end):
            if re.match(r"\w", document.text[offset]):
                assert covered[offset] == is_indexed


@given(DOCUMENTS, SIZES)
def test_no_embedding_text_passes_the_window(document: Document, size: int) -> None:
    for chunk in cut_up(document, size):
        assert count(chunk.embedding_text) + 2 <= WINDOW


@given(DOCUMENTS, SIZES)
def test_the_same_document_is_cut_the_same_way(document: Document, size: int) -> None:
    first = cut_up(document, size)
    assert first == cut_up(document, size)
    assert len({chunk.id for chunk in first}) == len(first)
