from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefwell.storage.codec import (
    chunk_from,
    chunk_row,
    document_from,
    document_row,
    pack_text,
    text_hash,
    unpack_text,
)
from briefwell.types import (
    Block,
    BlockKind,
    Chunk,
    Document,
    Metadata,
    Origin,
    Page,
    Source,
    Span,
)

DOCUMENT = Document(
    id="d1",
    source=Source(path="land/orchard.md", media_type="text/markdown", sha256="ab", size=12),
    title="Orchard survey",
    text="Kind | Share\nApples | 70%",
    blocks=(
        Block(
            kind=BlockKind.TABLE,
            span=Span(start=0, end=25),
            header=Span(start=0, end=12),
        ),
    ),
    pages=(Page(number=1, span=Span(start=0, end=25)),),
    metadata=Metadata(
        title_origin=Origin.TEXT,
        author="A. Grower",
        author_origin=Origin.FRONT_MATTER,
        date="2021-05",
        date_origin=Origin.FILE_METADATA,
        language="en",
    ),
)
CHUNK = Chunk(
    id="c1",
    document_id="d1",
    ordinal=0,
    span=Span(start=13, end=25),
    text="Apples | 70%",
    embedding_text="Orchard survey\nKind | Share\nApples | 70%",
    heading_path=("Orchard survey", "Frost\u2028"),
    page_numbers=(1, 2),
)


def test_a_document_comes_back_as_it_was():
    row = document_row(DOCUMENT, load_recipe="l", cut_recipe="c")
    assert document_from(row) == DOCUMENT
    assert row["characters"] == 25
    assert row["load_recipe"] == "l"


def test_a_document_about_which_nothing_is_known_comes_back_too():
    bare = replace(DOCUMENT, blocks=(), pages=(), metadata=Metadata())
    assert document_from(document_row(bare, load_recipe="", cut_recipe="")) == bare


def test_a_chunk_comes_back_and_its_text_is_stored_once():
    row = chunk_row(CHUNK, vector_key=b"k")
    assert chunk_from(row) == CHUNK
    assert row["lead"] == "Orchard survey\nKind | Share\n"


def test_an_embedding_text_that_does_not_end_in_the_text_comes_back_whole():
    odd = replace(CHUNK, embedding_text="apples, mostly")
    row = chunk_row(odd, vector_key=b"k")
    assert chunk_from(row) == odd
    assert row["lead"] == "apples, mostly"


@given(st.text(st.characters(codec=None)))
def test_any_text_survives_packing(text):
    assert unpack_text(pack_text(text)) == text
    assert len(text_hash(text)) == 64
