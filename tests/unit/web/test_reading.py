"""Documents and cards as HTML: quotes marked where they stand, nothing else changed."""

from __future__ import annotations

import html
import re

from briefwell.types import Block, BlockKind, Document, Page, Source, Span
from briefwell.web.reading import LONGEST_VIEW, Mark, card, marked, together, whole

TEXT = "Harbour\n\nThe <old> harbour was dredged in 2019. It cost 4 million.\n\n- one\n- two\n"
DREDGED = Span(start=9, end=47)
COST = Span(start=48, end=66)


def document(text: str = TEXT, **changes: object) -> Document:
    blocks = (
        Block(kind=BlockKind.HEADING, span=Span(start=0, end=7), level=1),
        Block(kind=BlockKind.PARAGRAPH, span=Span(start=9, end=66)),
        Block(kind=BlockKind.LIST_ITEM, span=Span(start=68, end=73), level=1),
        Block(kind=BlockKind.LIST_ITEM, span=Span(start=74, end=79), level=1),
    )
    fields = {
        "id": "h",
        "source": Source(path="a.md", media_type="text/markdown", sha256="ab", size=9),
        "title": "The <Harbour>",
        "text": text,
        "blocks": blocks,
    }
    return Document(**(fields | changes))  # type: ignore[arg-type]


def test_the_spans_are_those_of_the_sentences():
    assert DREDGED.cut(TEXT) == "The <old> harbour was dredged in 2019."
    assert COST.cut(TEXT) == "It cost 4 million."


def test_marked_wraps_exactly_the_quote():
    made = marked(TEXT, Span(start=9, end=66), [Mark(number=2, span=COST)])
    assert made == (
        "The &lt;old&gt; harbour was dredged in 2019. "
        '<mark class="bw-mark bw-m-2"><span class="bw-sr">[citation 2: </span>'
        'It cost 4 million.<span class="bw-sr">]</span></mark>'
    )


def test_overlapping_citations_share_their_common_part():
    marks = [Mark(number=1, span=Span(start=0, end=3)), Mark(number=2, span=Span(start=2, end=5))]
    made = marked("abcdef", Span(start=0, end=6), marks)
    pieces = re.findall(r'class="bw-mark ([^"]*)"[^>]*>.*?</span>(\w+)', made)
    assert pieces == [("bw-m-1", "ab"), ("bw-m-1 bw-m-2", "c"), ("bw-m-2", "de")]


def test_a_document_is_shown_block_by_block():
    made = whole(document(), [Mark(number=1, span=DREDGED)], focus=1)
    assert '<h2 tabindex="-1" id="bw-source-title">The &lt;Harbour&gt;</h2>' in made
    assert "<h3>Harbour</h3>" in made
    assert "<ul><li" in made
    assert made.count("<li") == 2
    assert "<old>" not in made


def test_markdown_marks_are_hidden_and_kept():
    assert '<span class="bw-md">- </span>one' in whole(document(), [], focus=0)
    plain = Source(path="a.txt", media_type="text/plain", sha256="ab", size=9)
    assert "bw-md" not in whole(document(source=plain), [], focus=0)


def test_a_source_that_changed_is_told_and_not_marked():
    made = whole(document(), [Mark(number=1, span=DREDGED, sha256="other")], focus=1)
    assert "changed since it was cited" in made
    assert "<mark" not in made


def test_a_span_beyond_the_text_is_not_marked():
    made = whole(document(), [Mark(number=1, span=Span(start=0, end=10_000))], focus=1)
    assert "<mark" not in made


def test_a_long_document_shows_the_part_around_the_quote():
    text = "x" * (3 * LONGEST_VIEW)
    half = LONGEST_VIEW // 2
    blocks = tuple(
        Block(kind=BlockKind.PARAGRAPH, span=Span(start=at, end=at + half))
        for at in range(0, len(text), half)
    )
    at = Span(start=2 * LONGEST_VIEW + 5, end=2 * LONGEST_VIEW + 9)
    made = whole(document(text, blocks=blocks), [Mark(number=1, span=at)], focus=1)
    assert "only the part around the quote is shown" in made
    assert "bw-m-1" in made
    assert len(made) < 2.2 * LONGEST_VIEW


def test_pages_are_named_and_can_be_drawn_for_a_pdf():
    pdf = Source(path="a.pdf", media_type="application/pdf", sha256="ab", size=9)
    pages = (Page(number=1, span=Span(start=0, end=8)), Page(number=2, span=Span(start=9, end=79)))
    made = whole(document(source=pdf, pages=pages), [], focus=0)
    assert re.findall(r"<span>(Page \d)</span>", made) == ["Page 1", "Page 2"]
    assert made.count('name="page-image"') == 2


def test_a_card_shows_the_quote_in_its_surroundings():
    made = card(document(), [Mark(number=3, span=COST)], heading_path=("Harbour",), on=(2, 3))
    assert "pages 2–3" in made
    assert "The &lt;old&gt; harbour was dredged in 2019. <mark" in made
    assert ">Harbour</p>" in made


def test_the_title_is_not_told_again_as_a_heading():
    path = ("The <Harbour>", "Works")
    made = card(document(), [Mark(number=3, span=COST)], heading_path=path, on=())
    assert '<p class="bw-about">Works</p>' in made


def test_citations_that_stand_close_together_share_a_card():
    one, two = Mark(number=1, span=COST), Mark(number=2, span=DREDGED)
    assert together(document(), [one, two]) == [[two, one]]
    made = card(document(), [two, one], heading_path=(), on=())
    assert made.count("<li") == 1
    assert re.findall(r'id="bw-passage-(\d)"', made) == ["2", "1"]
    assert re.findall(r'<mark class="bw-mark bw-m-(\d)"', made) == ["2", "1"]


def test_a_heading_and_a_changed_source_keep_citations_apart():
    title = Mark(number=1, span=Span(start=0, end=7))
    under = Mark(number=2, span=COST)
    assert together(document(), [title, under]) == [[title, under]]
    blocks = (
        Block(kind=BlockKind.PARAGRAPH, span=Span(start=0, end=7)),
        Block(kind=BlockKind.HEADING, span=Span(start=9, end=47), level=1),
        Block(kind=BlockKind.PARAGRAPH, span=Span(start=48, end=66)),
    )
    assert together(document(blocks=blocks), [title, under]) == [[title], [under]]
    stale = Mark(number=3, span=COST, sha256="other")
    assert together(document(), [under, stale]) == [[under], [stale]]


def test_the_frame_of_a_table_is_hidden_and_kept():
    text = "| What | Number |\n| --- | --- |\n| Ships | 310 |\n"
    table = (Block(kind=BlockKind.TABLE, span=Span(start=0, end=len(text) - 1)),)
    page = document(text, blocks=table)
    ships = Mark(number=1, span=Span(start=34, end=45))
    assert ships.span.cut(text) == " Ships | 310"[1:]
    for made in (whole(page, [ships], focus=1), card(page, [ships], heading_path=(), on=())):
        inside = made[made.index("<pre" if "<pre" in made else "<blockquote") :]
        told = html.unescape(re.sub("<[^>]*>", "", inside))
        seen = re.sub(r'<span class="bw-(?:md|sr)">[^<]*</span>', "", inside)
        assert text.strip() in told.replace("[citation 1: ", "").replace("]", "")
        assert html.unescape(re.sub("<[^>]*>", "", seen)).strip() == "What | Number\nShips | 310"
