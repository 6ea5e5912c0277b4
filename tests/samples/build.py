"""Make the PDF and Word files of `documents/` from the texts beside this script.

Run `python tests/samples/build.py` after a text in `tests/samples/text/` was changed. The same
texts give the same bytes with the same versions of reportlab and python-docx: no clock, no
random numbers.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import frontmatter
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import Paragraph, SimpleDocTemplate

TEXTS = Path(__file__).parent / "text"
DOCUMENTS = Path(__file__).parents[2] / "documents"
AUTHOR = "Briefwell sample documents"
PDFS = ("public-security", "border-management", "history-1822-1854")
WORD_FILES = ("chronology", "history-1857-1950", "who-is-who")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading, a paragraph, a list or a table, in the little Markdown the texts use.

    Attributes:
        kind: `heading`, `paragraph`, `list` or `table`.
        lines: The text of a heading or paragraph, the items of a list, the rows of a table.
        level: Of a heading, from 1.
    """

    kind: str
    lines: tuple[str, ...]
    level: int = 0

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table, row by row, without the line of dashes."""
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in self.lines]
        return [row for row in cells if not set("".join(row)) <= set("-: ")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One text: what its front matter says and the parts of its body, in order."""

    title: str
    date: datetime.date
    parts: tuple[Part, ...]


def read_brief(name: str) -> Brief:
    """Read the text called `name`."""
    page = frontmatter.loads((TEXTS / f"{name}.md").read_text(encoding="utf-8"))
    parts = tuple(_part(block) for block in re.split(r"\n{2,}", page.content.strip()))
    date = page["date"]
    if not isinstance(date, datetime.date):
        raise ValueError(f"{name}: the front matter needs a date such as 2021-10-15, not {date!r}")
    return Brief(title=str(page["title"]), date=date, parts=parts)


def _part(block: str) -> Part:
    if heading := re.fullmatch(r"(#+) (.+)", block):
        return Part(kind="heading", lines=(heading[2],), level=len(heading[1]))
    lines = tuple(block.splitlines())
    if all(line.startswith("- ") for line in lines):
        return Part(kind="list", lines=tuple(line[2:] for line in lines))
    if all(line.startswith("|") for line in lines):
        return Part(kind="table", lines=lines)
    return Part(kind="paragraph", lines=(" ".join(lines),))


def _runs(text: str) -> list[tuple[str, bool]]:
    """Split `text` at its `**` marks into pieces, each with whether it is bold."""
    pieces = re.split(r"\*\*(.+?)\*\*", text)
    return [(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece]


class WholeParagraph(Paragraph):
    """A paragraph that moves to the next page when it does not fit: no sentence on two pages."""

    def split(self, width: float, height: float) -> list[Paragraph]:
        """Offer no parts."""
        return []


class Layout(SimpleDocTemplate):
    """Letter paper with a footer and a page number on each page."""

    def __init__(self, stream: io.BytesIO, brief: Brief) -> None:
        super().__init__(
            stream,
            pagesize=LETTER,
            leftMargin=inch,
            rightMargin=inch,
            topMargin=inch,
            bottomMargin=inch,
            title=brief.title,
            author=AUTHOR,
            subject="Sample brief",
            creator="Briefwell",
            lang="en",
            invariant=1,
        )
        self.stamp = f"D:{brief.date:%Y%m%d}120000Z"

    def afterPage(self) -> None:  # noqa: N802 - reportlab's name
        """Add the footer after the page's own text, and set the date of the file."""
        self.canv.setDateFormatter(lambda *_moment: self.stamp)
        self.canv.setFont("Helvetica", 8)
        self.canv.drawString(inch, inch / 2, AUTHOR)
        right = LETTER[0] - inch
        self.canv.drawRightString(right, inch / 2, f"Page {self.canv.getPageNumber()}")


def make_pdf(brief: Brief) -> bytes:
    """Lay the brief out as a PDF file."""
    stream = io.BytesIO()
    Layout(stream, brief).build(_flowables(brief))
    return stream.getvalue()


def _flowables(brief: Brief) -> list[WholeParagraph]:
    body = ParagraphStyle("body", fontSize=10.5, leading=14, spaceAfter=7, alignment=TA_LEFT)
    item = ParagraphStyle("item", body, leftIndent=18, bulletIndent=6, spaceAfter=3)
    day = f"Date: {brief.date:%B} {brief.date.day}, {brief.date.year}"
    made: list[WholeParagraph] = []
    for part in brief.parts:
        if part.kind == "heading":
            made.append(WholeParagraph(_markup(part.lines[0]), _heading_style(part.level)))
            if part.level == 1:
                made.append(WholeParagraph(day, body))
        elif part.kind == "list":
            made += [WholeParagraph(_markup(line), item, bulletText="•") for line in part.lines]
        elif part.kind == "paragraph":
            made.append(WholeParagraph(_markup(part.lines[0]), body))
        else:
            raise ValueError(f"no {part.kind} is made in PDF files; the text of {brief.title}")
    return made


def _heading_style(level: int) -> ParagraphStyle:
    size = {1: 18, 2: 13}.get(level, 11.5)
    return ParagraphStyle(
        f"heading{level}",
        fontName="Helvetica-Bold",
        fontSize=size,
        leading=size * 1.25,
        spaceBefore=9,
        spaceAfter=5,
        keepWithNext=1,
    )


def _markup(text: str) -> str:
    pieces = ((escape(piece), bold) for piece, bold in _runs(text))
    return "".join(f"<b>{piece}</b>" if bold else piece for piece, bold in pieces)


def make_word_file(brief: Brief) -> bytes:
    """Write the brief with Word's own styles for title, headings, lists and tables."""
    file = docx.Document()
    noon = datetime.datetime.combine(brief.date, datetime.time(12), datetime.UTC)
    properties = file.core_properties
    properties.title, properties.author = brief.title, AUTHOR
    properties.created = properties.modified = noon
    properties.last_modified_by, properties.comments = AUTHOR, "Sample brief"
    properties.language = "en"
    for part in brief.parts:
        if part.kind == "heading":
            file.add_heading(part.lines[0], level=part.level)
            if part.level == 1:
                file.add_paragraph(f"Date: {noon:%B} {noon.day}, {noon.year}")
        elif part.kind == "table":
            _add_table(file, part.rows)
        else:
            style = "List Bullet" if part.kind == "list" else None
            for line in part.lines:
                paragraph = file.add_paragraph(style=style)
                for piece, bold in _runs(line):
                    paragraph.add_run(piece).bold = bold or None
    stream = io.BytesIO()
    file.save(stream)
    return _with_fixed_times(stream.getvalue())


def _add_table(file: docx.document.Document, rows: list[list[str]]) -> None:
    table = file.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for target, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(target.cells, row, strict=True):
            cell.text = text
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _with_fixed_times(archive: bytes) -> bytes:
    """Pack a ZIP archive again with the same members and no time of day in it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return stream.getvalue()


def made_files() -> dict[str, bytes]:
    """Return every file this script makes: its name in `documents/` and its bytes."""
    pdfs = {f"{name}.pdf": make_pdf(read_brief(name)) for name in PDFS}
    word_files = {f"{name}.docx": make_word_file(read_brief(name)) for name in WORD_FILES}
    return pdfs | word_files


def main() -> None:
    """Write the made files into `documents/`."""
    for name, content in made_files().items():
        (DOCUMENTS / name).write_bytes(content)


if __name__ == "__main__":
    main()
