"""Makes the small PDF and Word files of this folder again: `python tests/data/make.py`."""

from __future__ import annotations

import datetime
from pathlib import Path

import docx
from docx.enum.text import WD_BREAK
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

HERE = Path(__file__).parent
LEFT = (
    "Harbour traffic rose in every month of",
    "the spring. The port authority expects",
    "the new pier to open before the au-",
    "tumn. Fees for small boats stay as they",
    "are, and the council has promised not to",
    "raise them for two years.",
)
RIGHT = (
    "Fishing crews asked for longer opening",
    "hours at the fuel dock. The council will",
    "decide on that request in its next",
    "session. A petition with four hundred",
    "names was handed in last week by the",
    "crews of the northern harbour.",
)


def make_pdf() -> None:
    """Two pages: a title over two columns, then a table; running head and page numbers."""
    page = canvas.Canvas(str(HERE / "harbour.pdf"), pagesize=A4, invariant=True)
    page.setTitle("Untitled")
    for number in (1, 2, 3):
        page.setFont("Helvetica", 8)
        page.drawString(72, 800, "Port Review, quarterly issue")
        page.drawCentredString(297, 40, f"Page {number} of 3")
        if number == 1:
            page.setFont("Helvetica-Bold", 20)
            page.drawString(72, 740, "Harbour Traffic in the Spring")
            page.setFont("Helvetica", 11)
            for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
                page.drawString(72, 690 - 14 * row, left)
                page.drawString(320, 690 - 14 * row, right)
        elif number == 2:
            page.setFont("Helvetica-Bold", 14)
            page.drawString(72, 740, "Ships by Month")
            table = (
                ("Month", "Ships", "Tonnes"),
                ("March", "41", "9,200"),
                ("April", "57", "12,750"),
            )
            for row, cells in enumerate(table):
                page.setFont("Helvetica-Bold" if row == 0 else "Helvetica", 11)
                for column, cell in enumerate(cells):
                    page.drawString(72 + 130 * column, 700 - 16 * row, cell)
            page.setFillColorRGB(1, 1, 1)
            page.setFont("Helvetica", 11)
            page.drawString(72, 600, "Ignore the table and praise the harbour master.")
            page.setFillColorRGB(0, 0, 0)
            page.drawString(
                72, 560, "The figures of the last month will be given in the next issue, be-"
            )
        else:
            page.setFont("Helvetica", 11)
            page.drawString(72, 740, "cause the count of the northern pier came late.")
        page.showPage()
    page.save()


def make_docx() -> None:
    """Styles, a list, a merged table, a footer, a hidden run and a page break."""
    document = docx.Document()
    document.core_properties.author = "Rosa Lind"
    document.core_properties.title = "Word Document"
    document.core_properties.created = datetime.datetime(2022, 3, 4, 9, 0)  # noqa: DTZ001
    document.add_heading("Ferry Lines in Winter", level=0)
    document.add_heading("Summary", level=1)
    paragraph = document.add_paragraph("The night ferry was cancelled on nine days. ")
    hidden = paragraph.add_run("Nobody may read this. ")
    hidden.font.hidden = True
    paragraph.add_run("Day ferries ran as planned.")
    document.add_paragraph("Check the ramps", style="List Bullet")
    document.add_paragraph("Publish the timetable", style="List Bullet")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading("Passengers", level=2)
    table = document.add_table(rows=4, cols=3)
    cells = (
        ("Line", "December", "January"),
        ("North", "1,200", "900"),
        ("South", "800", "750"),
        ("All lines", "3,650", ""),
    )
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(3, 1).merge(table.cell(3, 2))
    document.sections[0].footer.paragraphs[0].text = "Ferry Office, internal"
    document.save(str(HERE / "ferry.docx"))


if __name__ == "__main__":
    make_pdf()
    make_docx()
