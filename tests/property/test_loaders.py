"""For any text in any of the text formats: blocks cover it, in order, without overlap."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefwell.errors import UnreadableDocument
from briefwell.loaders import Limits, dates, html, markdown, plain
from briefwell.loaders.base import Parsed, check_blocks
from briefwell.loaders.layout import group
from briefwell.loaders.tables import Cell, grid_of, render

LIMITS = Limits()

PIECES = st.sampled_from(
    [
        "top of page",
        "# Heading",
        "Heading Line",
        "A sentence that ends.",
        "and goes on",
        "- item",
        "1. First",
        "2) second",
        "| a | b |",
        "| - | - |",
        "a\tb",
        "===",
        "---",
        "```",
        "    code",
        "> quote",
        "<!-- note -->",
        "<div hidden>x</div>",
        "<p>para",
        "<table><tr><td>1",
        "= Wiki =",
        "\ufeff",
        "\u200b",
        "\x00",
        "\x0c",
        "\u2028",
        "\x85",
        "was U.S.",
        "By Ana Ruiz",
        "**Bold**",
        "[a]: http://b",
        "+++",
        "title: x",
        "Published: 3 May 2020",
        "مرحبا",
        "你好",
        " ",
        "",
    ]
)
LINES = st.lists(PIECES | st.text(max_size=20), max_size=25)
BREAKS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n\u00a0\n"])
TEXTS = st.builds(lambda lines, mark: mark.join(lines), LINES, BREAKS) | st.text(max_size=200)


def parsed(module: object, text: str) -> Parsed | None:
    try:
        return module.parse(text.encode("utf-8"), limits=LIMITS)  # type: ignore[attr-defined]
    except UnreadableDocument:
        return None


@pytest.mark.parametrize("module", [plain, markdown], ids=["txt", "md"])
@given(text=TEXTS.filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)))
@settings(max_examples=150, deadline=None)
def test_a_text_file_is_its_own_text_and_is_covered(module: object, text: str):
    found = parsed(module, text)
    if found is not None:
        check_blocks(found.text, found.blocks)
        # Some byte sequences read as UTF-16; all others are kept to the letter.
        assert found.text == text or "\x00" in text or text[:1] in "\ufffe\ufeff"


@given(text=TEXTS.filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text)))
@settings(max_examples=150, deadline=None)
def test_a_page_is_covered(text: str):
    found = parsed(html, text)
    if found is not None:
        check_blocks(found.text, found.blocks)


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_pieces_of_a_text_take_each_line_at_most_once(text: str):
    from briefwell.loaders.base import Lines

    end = 0
    for piece in group(Lines(text)):
        assert end <= piece.first < piece.last
        end = piece.last


@given(
    text=st.text(max_size=60) | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}", fullmatch=True)
)
@settings(max_examples=200, deadline=None)
def test_a_date_is_iso_or_nothing(text: str):
    for found in (dates.parse_date(text), dates.parse_stamp(text), dates.labelled_date(text)):
        assert found is None or 4 <= len(found) <= 10
        assert found is None or found.replace("-", "").isdecimal()


CELLS = st.builds(
    Cell,
    st.text(alphabet="ab 1", max_size=4),
    is_heading=st.booleans(),
    columns=st.integers(0, 4),
    rows=st.integers(0, 4),
)


@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=6), headers=st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_a_table_loses_no_cell(rows: list[list[Cell]], headers: int):
    grid = grid_of(rows)
    assert len({len(row) for row in grid}) <= 1
    placed = {id(cell) for row in grid for cell in row}
    assert all(id(cell) in placed for row in rows for cell in row)
    text, count = render(grid, headers=min(headers, len(grid)))
    assert count <= headers
    for row in rows:
        for cell in row:
            assert cell.text in text or not cell.text.strip()
