"""PDF: reading order, paragraphs, furniture, hidden letters, and files that cannot be read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from briefwell.errors import UnreadableDocument
from briefwell.loaders import Limits
from briefwell.loaders.base import Parsed
from briefwell.loaders.pdf import parse


def made(*draw: Callable[[Canvas], None], **options: object) -> bytes:
    stream = io.BytesIO()
    page = Canvas(stream, pagesize=(600, 800), **options)
    for step in draw:
        page.setFont("Helvetica", 11)
        step(page)
        page.showPage()
    page.save()
    return stream.getvalue()


def lines(*rows: tuple[float, float, str]) -> Callable[[Canvas], None]:
    def draw(page: Canvas) -> None:
        for x, y, text in rows:
            page.drawString(x, y, text)

    return draw


def read(data: bytes, **limits: int) -> Parsed:
    return parse(data, limits=Limits(**limits))


def blocks(data: bytes) -> list[tuple[str, str]]:
    found = read(data)
    return [(block.kind.value, block.span.cut(found.text)) for block in found.blocks]


def test_rows_are_read_from_the_top_whatever_the_order_of_the_file():
    data = made(lines((72, 600, "and the second one."), (72, 614, "The first line of a text")))
    assert blocks(data) == [("paragraph", "The first line of a text\nand the second one.")]


def test_two_columns_written_line_by_line_are_read_one_after_the_other():
    left = [(60.0, 700.0 - 14 * n, f"left row number {n} goes on and") for n in range(8)]
    right = [(330.0, 700.0 - 14 * n, f"right row number {n} goes on and") for n in range(8)]
    rows = [row for pair in zip(left, right, strict=True) for row in pair]
    text = read(made(lines(*rows))).text
    assert text.index("left row number 7") < text.index("right row number 0")


def test_text_beside_a_list_is_not_mixed_with_it():
    prose = (
        "The harbour office keeps a book of",
        "all ships that call, and sends a copy",
        "of it to the council and to the crews",
        "at the end of every month.",
    )
    rows = [(60.0, 700.0 - 14 * n, text) for n, text in enumerate(prose)]
    rows += [(400.0, 700.0, "North Pier"), (400.0, 672.0, "South Pier")]
    text = read(made(lines(*rows))).text
    assert "\n".join(prose) in text


def test_paragraphs_part_at_a_wider_step():
    rows = [(72.0, 700.0 - 14 * n, "the council spoke of fees and ports") for n in range(3)]
    rows += [(72.0, 640.0 - 14 * n, "the crews spoke of fuel and piers") for n in range(3)]
    assert len(blocks(made(lines(*rows)))) == 2


def test_larger_letters_make_headings_with_levels():
    def draw(page: Canvas) -> None:
        for size, y, text in ((24, 740, "Port Paper"), (16, 700, "Fees"), (16, 600, "Fuel")):
            page.setFont("Helvetica-Bold", size)
            page.drawString(72, y, text)
        page.setFont("Helvetica", 11)
        for y in (680, 666, 580, 566):
            page.drawString(72, y, "The council spoke of fees, of fuel and of ports for hours")

    found = read(made(draw))
    headings = [
        (b.level, b.span.cut(found.text)) for b in found.blocks if b.kind.value == "heading"
    ]
    assert headings == [(1, "Port Paper"), (2, "Fees"), (2, "Fuel")]
    assert found.title is not None
    assert found.title.value == "Port Paper"


def test_running_heads_and_page_numbers_are_furniture_wherever_they_change():
    def draw(number: int) -> Callable[[Canvas], None]:
        return lines(
            (72, 770, f"Port Paper, part {number}"),
            (72, 600, f"Page {number} speaks of its own matter."),
            (290, 30, str(number)),
        )

    found = blocks(made(*(draw(n) for n in range(1, 5))))
    assert [text for kind, text in found if kind == "paragraph"] == [
        f"Page {n} speaks of its own matter." for n in range(1, 5)
    ]
    assert ("furniture", "Port Paper, part 3") in found
    assert ("furniture", "3") in found


def test_lines_repeated_inside_the_text_are_no_running_heads():
    rows = [(72.0, 780.0 - 14 * n, "the same words again and again") for n in range(50)]
    assert {kind for kind, _ in blocks(made(lines(*rows), lines(*rows)))} == {"paragraph"}


def test_a_sentence_over_a_page_end_is_one_paragraph_on_two_pages():
    first = [(72.0, 700.0 - 14 * n, "the council spoke of fees and ports") for n in range(3)]
    second = [(72.0, 740.0, "and then went home."), (72.0, 700.0, "Another matter.")]
    found = read(made(lines(*first), lines(*second)))
    block = found.blocks[0]
    assert block.span.cut(found.text).endswith("ports\nand then went home.")
    assert found.pages[1].span.start == found.text.index("and then")


def test_hidden_letters_are_furniture():
    def draw(page: Canvas) -> None:
        page.drawString(72, 700, "The council spoke of fees and ports for hours.")
        page.setFillColorRGB(1, 1, 1)
        page.drawString(72, 650, "White on white.")
        page.setFillColorRGB(0, 0, 0)
        page.setFont("Helvetica", 1)
        page.drawString(72, 600, "Too small to read.")
        page.setFont("Helvetica", 11)
        page.drawString(72, 5000, "Outside the page.")
        page.rect(70, 540, 300, 30, fill=1)
        page.setFillColorRGB(1, 1, 1)
        page.drawString(72, 550, "White on black is read.")

    found = blocks(made(draw))
    shown = [text for kind, text in found if kind == "paragraph"]
    assert shown == [
        "The council spoke of fees and ports for hours.",
        "White on black is read.",
    ]
    hidden = " ".join(text for kind, text in found if kind == "furniture")
    assert "White on white." in hidden
    assert "Too small to read." in hidden


def test_a_page_turned_on_its_side_is_read_along_its_lines():
    def draw(page: Canvas) -> None:
        page.rotate(90)
        page.drawString(100, -100, "The first line of a text")
        page.drawString(100, -114, "and the second one.")

    assert blocks(made(draw)) == [("paragraph", "The first line of a text\nand the second one.")]


def test_a_table_with_figures_carries_its_headings():
    rows = [("Port", "2019", "2020"), ("Ellery", "41", "57"), ("North", "7", "9")]
    drawn = [
        (72.0 + 150 * column, 700.0 - 16 * row, cell)
        for row, cells in enumerate([("Port", "Ships", "Boats"), *rows[1:]])
        for column, cell in enumerate(cells)
    ]
    text = read(made(lines(*drawn))).text
    assert text == "Port | Ships | Boats\nEllery — Ships: 41; Boats: 57\nNorth — Ships: 7; Boats: 9"


def test_years_that_stand_close_are_the_headings_of_their_columns():
    rows = [
        ("Port", "2018", "2019", "2020"),
        ("Ellery", "10", "20", "30"),
        ("North", "1", "2", "3"),
    ]
    places = (72.0, 200.0, 234.0, 268.0)
    drawn = [
        (places[column], 700.0 - 16 * row, cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    assert read(made(lines(*drawn))).text.splitlines()[1] == "Ellery — 2018: 10; 2019: 20; 2020: 30"


def test_a_password_is_asked_for_by_name_and_an_empty_one_opens():
    text = lines((72, 700, "The council spoke of fees and ports."))
    locked = made(text, encrypt=pdfencrypt.StandardEncryption("secret", strength=128))
    with pytest.raises(UnreadableDocument, match=r"needs a password\..*Save a copy without"):
        read(locked)
    opened = made(text, encrypt=pdfencrypt.StandardEncryption("", "owner", strength=128))
    assert read(opened).text == "The council spoke of fees and ports."


def test_pages_without_text_are_called_scanned():
    with pytest.raises(UnreadableDocument, match="OCR"):
        read(made(lambda page: page.rect(10, 10, 50, 50)))


def test_too_many_pages_are_refused():
    with pytest.raises(UnreadableDocument, match="raise max_pages"):
        read(made(*(lines((72, 700, "x")) for _ in range(3))), pages=2)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"%PDF-1.7" + b"\x00" * 500])
def test_a_broken_file_is_refused(data: bytes):
    with pytest.raises(UnreadableDocument, match="damaged"):
        read(data)


def test_three_columns_are_read_one_after_the_other():
    rows = [
        (x, 700.0 - 14 * n, f"{name} row {n} goes on")
        for n in range(8)
        for x, name in ((40.0, "left"), (230.0, "middle"), (420.0, "right"))
    ]
    text = read(made(lines(*rows))).text
    order = [text.index(f"{name} row {n}") for name in ("left", "middle", "right") for n in (0, 7)]
    assert order == sorted(order)
