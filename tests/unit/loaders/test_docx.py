"""Word documents: what the page shows, with notes and boxes where they belong."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from briefwell.errors import UnreadableDocument
from briefwell.loaders import Limits, load
from briefwell.loaders.docx import parse

W = nsdecls("w")


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def blocks(*paragraphs: str) -> list[tuple[str, int, str]]:
    """Parse a document whose body is the given XML."""
    document = docx.Document()
    for number, xml in enumerate(paragraphs):
        document.element.body.insert(number, parse_xml(xml))
    found = parse(saved(document), limits=Limits())
    return [(block.kind.value, block.level, block.span.cut(found.text)) for block in found.blocks]


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p {W}><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="2"/>',
    ],
)
def test_hidden_letters_are_left_out(properties: str):
    assert blocks(paragraph(run("Seen"), run(" unseen", properties), run(" words."))) == [
        ("paragraph", 0, "Seen words.")
    ]


def test_switches_that_are_off_hide_nothing():
    shown = '<w:vanish w:val="0"/><w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>'
    assert blocks(paragraph(run("Seen", shown))) == [("paragraph", 0, "Seen")]


def test_deletions_and_field_codes_are_left_out_and_insertions_kept():
    assert blocks(
        f"<w:p {W}><w:ins>{run('Added. ')}</w:ins>"
        "<w:del><w:r><w:delText>Deleted. </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>Moved. </w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:t>mid</w:t><w:noBreakHyphen/><w:t>May</w:t><w:br/><w:t>end</w:t></w:r></w:p>"
    ) == [("paragraph", 0, "Added. mid-May\nend")]


def test_outline_levels_make_headings_and_bold_lines_over_text_too():
    assert blocks(
        paragraph(run("Styled"), properties='<w:outlineLvl w:val="1"/>'),
        paragraph(run("Bold Line", "<w:b/>")),
        paragraph(run("Some text under it.")),
        paragraph(run("A bold sentence.", "<w:b/>")),
        paragraph(run("More text.")),
    ) == [
        ("heading", 2, "Styled"),
        ("heading", 3, "Bold Line"),
        ("paragraph", 0, "Some text under it."),
        ("paragraph", 0, "A bold sentence."),
        ("paragraph", 0, "More text."),
    ]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = "<w:txbxContent><w:p><w:r><w:t>In the box</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        f'<w:p {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"{run('Anchor text.')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "</w:p>"
    )
    assert [text for _, _, text in blocks(xml)] == ["Anchor text.", "In the box"]


def test_content_controls_are_opened_and_their_placeholders_left_out():
    inner = f"<w:sdtContent>{paragraph(run('Filled in.'))}</w:sdtContent>"
    empty = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    assert blocks(
        f"<w:sdt {W}>{inner}</w:sdt>",
        f"<w:p {W}>{run('Name: ')}<w:sdt>{empty}<w:sdtContent>{run('Click here')}"
        "</w:sdtContent></w:sdt></w:p>",
    ) == [("paragraph", 0, "Filled in."), ("paragraph", 0, "Name:")]


def test_a_merged_column_heads_every_cell_below_it():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate(
        (("Port", "Ships", "Ships"), ("", "2019", "2020"), ("A", "4", "5"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 2).text = ""
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Ships"
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    text = parse(saved(document), limits=Limits()).text
    assert text.splitlines()[-1] == "A — Ships / 2019: 4; Ships / 2020: 5"


def test_a_table_of_passages_is_read_as_text():
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "The council met on Monday. " * 30
    table.cell(0, 1).text = "A note at the side."
    kinds = [block.kind.value for block in parse(saved(document), limits=Limits()).blocks]
    assert kinds == ["paragraph", "paragraph"]


def test_an_external_relation_is_never_followed():
    document = docx.Document()
    document.add_paragraph("Text.")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    document.part.rels.get_or_add_ext_rel(kind, "file:///etc/hosts")
    assert parse(saved(document), limits=Limits()).text == "Text."


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            new.writestr(item.filename, content if item.filename == name else old.read(item))
    return out.getvalue()


@pytest.mark.parametrize(
    "xml",
    [
        b"not xml",
        b"<w:document",
        b"<a>" * 100_000,
        b'<!DOCTYPE x [<!ENTITY a "y"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    ],
    ids=["no xml", "cut short", "nested", "entities"],
)
def test_a_damaged_body_is_refused_or_empty(tmp_path: Path, xml: bytes):
    document = docx.Document()
    document.add_paragraph("Text.")
    path = tmp_path / "a.docx"
    path.write_bytes(repacked(saved(document), "word/document.xml", xml))
    with pytest.raises(UnreadableDocument) as caught:
        load(path, source="a.docx")
    assert caught.value.remedy


@pytest.mark.parametrize("inside", ["xl/workbook.xml", "readme.txt"])
def test_another_package_is_named_as_such(inside: str):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr(inside, "x")
    with pytest.raises(UnreadableDocument, match="holds something else"):
        parse(stream.getvalue(), limits=Limits())


def test_the_date_of_a_programs_own_template_is_not_the_documents():
    document = docx.Document()
    document.core_properties.author = "Ana Ruiz"
    document.add_paragraph("The port was closed.")
    assert parse(saved(document), limits=Limits()).date is None
