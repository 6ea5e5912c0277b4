"""Expected chunks are written out by hand; tokens are words here."""

from __future__ import annotations

import pytest

from briefwell.chunking import cut
from briefwell.errors import InternalError
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

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
TABLE, CODE, FURNITURE = BlockKind.TABLE, BlockKind.CODE, BlockKind.FURNITURE


def count_words(text: str) -> int:
    return len(text.split())


def make(
    *blocks: tuple[BlockKind, str],
    title: str = "",
    header: str = "",
    pages: tuple[Page, ...] = (),
    name: str = "a.md",
) -> Document:
    """Join the blocks with empty lines; `header` is found in the table it stands in."""
    text, made = "", []
    for kind, content in blocks:
        text += "\n\n" if text else ""
        span = Span(start=len(text), end=len(text) + len(content))
        at = Span(start=span.start, end=span.start + len(header))
        level = content.count("#") if kind is HEADING else 0
        made.append(
            Block(
                kind=kind, span=span, level=level, header=at if kind is TABLE and header else None
            )
        )
        text += content
    return Document(
        id="d1",
        source=Source(path=name, media_type="text/markdown", sha256="", size=len(text)),
        title=title,
        text=text,
        blocks=tuple(made),
        pages=pages,
        metadata=Metadata(title_origin=Origin.TEXT),
    )


def cut_words(
    document: Document, most: int = 8, *, window: int = 50, fingerprint: str = "f"
) -> list[Chunk]:
    return cut(
        document,
        count_tokens=count_words,
        chunk_tokens=most,
        window=window,
        fingerprint=fingerprint,
    )


def texts(document: Document, most: int = 8, *, window: int = 50) -> list[str]:
    return [chunk.text for chunk in cut_words(document, most, window=window)]


def test_short_neighbours_under_one_heading_are_one_chunk() -> None:
    document = make((PARAGRAPH, "Ships came. Some left."), (PARAGRAPH, "Fog fell."))
    assert texts(document) == ["Ships came. Some left.\n\nFog fell."]


def test_a_chunk_never_crosses_a_heading() -> None:
    document = make((PARAGRAPH, "One."), (HEADING, "## Two"), (PARAGRAPH, "Three."))
    assert texts(document) == ["One.", "Three."]


def test_furniture_is_in_no_chunk_and_no_chunk_spans_it() -> None:
    document = make((PARAGRAPH, "One."), (FURNITURE, "Page 3"), (PARAGRAPH, "Two."))
    assert texts(document) == ["One.", "Two."]


def test_the_end_of_a_paragraph_is_preferred_to_its_middle() -> None:
    document = make(
        (PARAGRAPH, "Six words stand here in all."),
        (PARAGRAPH, "One two three. Four five six."),
    )
    assert texts(document, 9) == [
        "Six words stand here in all.",
        "One two three. Four five six.",
    ]


def test_a_small_last_sentence_does_not_stand_alone() -> None:
    document = make((PARAGRAPH, "One two three. Four five six. Seven eight."))
    # Filling the first chunk to eight words would leave the two last ones alone.
    assert texts(document, 7) == ["One two three.", "Four five six. Seven eight."]


def test_a_line_that_announces_a_list_stays_with_it() -> None:
    document = make(
        (PARAGRAPH, "Some first words stand in front."),
        (PARAGRAPH, "The four aims are:"),
        (ITEM, "- peace and trade"),
    )
    assert texts(document, 10) == [
        "Some first words stand in front.",
        "The four aims are:\n\n- peace and trade",
    ]


def test_a_list_mark_stays_with_its_item() -> None:
    document = make((ITEM, "- one two three four"), (ITEM, "- five six seven eight"))
    assert texts(document, 6) == ["- one two three four", "- five six seven eight"]


def test_a_sentence_over_the_limit_is_cut_at_a_clause() -> None:
    document = make((PARAGRAPH, "When the long war had ended, the ships came home again slowly."))
    assert texts(document, 8) == [
        "When the long war had ended,",
        "the ships came home again slowly.",
    ]


def test_a_sentence_without_clauses_is_cut_between_words() -> None:
    document = make((PARAGRAPH, "one two three four five six seven"))
    assert texts(document, 4) == ["one two three four", "five six seven"]


def test_an_endless_word_is_cut_after_sixteen_characters_for_each_token() -> None:
    document = make((PARAGRAPH, "x" * 100))
    assert [len(text) for text in texts(document, 2)] == [32, 32, 32, 4]


def test_rows_keep_the_header_of_their_table_in_the_embedding_text() -> None:
    header = "year tons"
    document = make((TABLE, f"{header}\n1990 12\n1991 13\n1992 14"), header=header)
    chunks = cut_words(document, 4)
    assert [chunk.text for chunk in chunks] == ["year tons\n1990 12", "1991 13\n1992 14"]
    assert [chunk.embedding_text for chunk in chunks] == [
        "year tons\n1990 12",
        "year tons\n1991 13\n1992 14",
    ]


def test_a_row_keeps_the_marks_at_its_edges() -> None:
    header = "| year | tons |\n|------|------|"
    document = make((TABLE, f"{header}\n| 1990 | 12 |\n| 1991 | 13 |"), header=header)
    assert texts(document, 13) == [f"{header}\n| 1990 | 12 |", "| 1991 | 13 |"]


def test_code_is_cut_between_lines() -> None:
    document = make((CODE, "a = 1\nb = 2\n\nc = 3"))
    assert texts(document, 6) == ["a = 1\nb = 2", "c = 3"]


def test_the_embedding_text_has_title_and_headings_and_never_the_file_name() -> None:
    document = make(
        (HEADING, "# Trade"),
        (HEADING, "## Steel"),
        (PARAGRAPH, "It fell."),
        title="A brief",
        name="secret-name.md",
    )
    (chunk,) = cut_words(document)
    assert chunk.heading_path == ("Trade", "Steel")
    assert chunk.embedding_text == "A brief\nTrade > Steel\nIt fell."
    assert chunk.text == "It fell."


def test_a_title_that_is_also_the_first_heading_is_said_once() -> None:
    document = make((HEADING, "# A brief"), (PARAGRAPH, "It fell."), title="A brief")
    assert cut_words(document)[0].embedding_text == "A brief\nIt fell."


def test_a_title_read_off_the_file_name_is_not_embedded() -> None:
    document = make((PARAGRAPH, "It fell."), title="report-7")
    named = Document(
        id=document.id,
        source=document.source,
        title="report-7",
        text=document.text,
        blocks=document.blocks,
        metadata=Metadata(title_origin=Origin.FILE_NAME),
    )
    assert cut_words(named)[0].embedding_text == "It fell."


def test_headings_that_take_too_much_room_are_shortened_from_outside() -> None:
    document = make(
        (HEADING, "# " + "outer " * 9),
        (HEADING, "## inner"),
        (PARAGRAPH, "It fell."),
        title="A brief",
    )
    # A window of 22 leaves 20 words, and headings may take a quarter of them.
    assert cut_words(document, window=22)[0].embedding_text == "A brief\ninner\nIt fell."


def test_the_window_wins_over_the_wished_size() -> None:
    document = make((PARAGRAPH, "one two. three four. five six. seven eight."))
    assert texts(document, 100, window=6) == ["one two. three four.", "five six. seven eight."]


def test_pages_are_those_the_chunk_touches() -> None:
    pages = (Page(number=1, span=Span(start=0, end=4)), Page(number=2, span=Span(start=4, end=12)))
    document = make((PARAGRAPH, "One."), (PARAGRAPH, "Two."), pages=pages)
    assert cut_words(document)[0].page_numbers == (1, 2)


def test_marks_without_letters_make_no_chunk() -> None:
    assert texts(make((PARAGRAPH, "* * *"))) == []
    assert texts(make((PARAGRAPH, "* * *"), (PARAGRAPH, "Then."))) == ["* * *\n\nThen."]


def test_a_document_without_text_has_no_chunks() -> None:
    assert texts(make((HEADING, "# Only a heading"))) == []
    assert texts(make()) == []


def test_ids_follow_place_words_and_recipe() -> None:
    document = make((PARAGRAPH, "One two. Three four."))
    first, second = cut_words(document, 2)
    assert (first.ordinal, second.ordinal) == (0, 1)
    assert first.id == cut_words(document, 2)[0].id
    assert first.id != second.id
    assert first.id != cut_words(document, 2, fingerprint="g")[0].id
    assert first.id != cut_words(make((PARAGRAPH, "One 2. Three four.")), 2)[0].id


def test_a_count_that_grows_when_texts_are_joined_still_fits_the_window() -> None:
    document = make((PARAGRAPH, "one. two. three. four. five. six. seven. eight."))

    def count(text: str) -> int:
        return len(text.split()) ** 2

    chunks = cut(document, count_tokens=count, chunk_tokens=100, window=11, fingerprint="f")
    assert max(count(chunk.embedding_text) for chunk in chunks) == 4
    assert " ".join(chunk.text for chunk in chunks) == document.text


def test_a_count_that_nothing_satisfies_is_our_error() -> None:
    with pytest.raises(InternalError, match="cannot be cut into texts of 8 tokens"):
        cut(
            make((PARAGRAPH, "One.")),
            count_tokens=lambda text: 99 if text else 0,
            chunk_tokens=5,
            window=10,
            fingerprint="f",
        )
