"""Title, author, date and language: found where documents state them, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefwell.loaders import load
from briefwell.loaders.bylines import bare_author, labelled_author
from briefwell.loaders.dates import labelled_date, parse_date, parse_stamp
from briefwell.loaders.file_metadata import stated_author, stated_title
from briefwell.loaders.front_matter import read_front_matter
from briefwell.loaders.language import detect_language
from briefwell.types import Document, Origin

PROSE = "The council met on Monday and spoke for three hours about the fees of the port. " * 4


def loaded(tmp_path: Path, text: str, name: str = "my_port-paper.txt") -> Document:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return load(path, source=name)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-10-08", "2021-10-08"),
        ("October 8, 2021", "2021-10-08"),
        ("Friday, October 8th, 2021", "2021-10-08"),
        ("8 October 2021", "2021-10-08"),
        ("8 de octubre de 2021", "2021-10-08"),
        ("8. Oktober 2021", "2021-10-08"),
        ("8-Oct-2021", "2021-10-08"),
        ("Oct. 2021", "2021-10"),
        ("2021-10", "2021-10"),
        ("25/12/2020", "2020-12-25"),
        ("12/25/2020", "2020-12-25"),
        ("05/05/2020", "2020-05-05"),
        ("12.10.2022", "2022-10-12"),
        ("May 4, 2021, 10:30 a.m. ET", "2021-05-04"),
        ("03/04/2020", None),
        ("31 February 2020", None),
        ("2021", None),
        ("On October 8, 2021", None),
        ("Ellery, October 8, 2021", None),
        ("1234567", None),
    ],
)
def test_a_date_is_read_whole_or_not_at_all(text: str, date: str | None):
    assert parse_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("D:20211008120000+02'00'", "2021-10-08"),
        ("2021-10-08T12:00:00Z", "2021-10-08"),
        ("20211008", "2021-10-08"),
        ("2021", "2021"),
        ("D:20219908", None),
        ("yesterday", None),
    ],
)
def test_a_stamp_is_read_to_the_day(text: str, date: str | None):
    assert parse_stamp(text) == date


def test_only_a_labelled_line_is_a_labelled_date():
    assert labelled_date("Published: 3 May 2020") == "2020-05-03"
    assert labelled_date("As of May 2020") == "2020-05"
    assert labelled_date("Last updated on 3 May 2020") == "2020-05-03"
    assert labelled_date("The law was published on 3 May 2020 in the gazette") is None


def test_a_date_line_under_the_title_is_the_documents_date(tmp_path: Path):
    document = loaded(tmp_path, f"Port Fees in the North\n\n3 May 2020\n\n{PROSE}")
    assert (document.metadata.date, document.metadata.date_origin) == ("2020-05-03", Origin.TEXT)


def test_a_date_in_prose_or_in_a_chronicle_is_not(tmp_path: Path):
    prose = loaded(tmp_path, f"Port Fees in the North\n\nOn 3 May 2020 the council met. {PROSE}")
    assert prose.metadata.date is None
    chronicle = f"Port Diary\n\n3 May 2020\n\n{PROSE}\n\n4 May 2020\n\n{PROSE}"
    assert loaded(tmp_path, chronicle).metadata.date is None


def test_the_first_appearance_counts_before_a_revision(tmp_path: Path):
    text = f"Port Fees\n\nLast updated: 1 June 2021\nPublished: 3 May 2020\n\n{PROSE}"
    assert loaded(tmp_path, text).metadata.date == "2020-05-03"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ana Ruiz", "Ana Ruiz"),
        ("by Ana Ruiz and Li Wei, Senior Fellows", "Ana Ruiz and Li Wei"),
        ("Author: Dr. Lena M. O'Brien", "Lena M. O'Brien"),
        ("By Juan de la Cruz | 3 May 2020", "Juan de la Cruz"),
        ("Author: Office of the port historian", "Office of the port historian"),
        ("By DANIEL O'HARA", "Daniel O'Hara"),
        ("Commentary by Ana Ruiz and Li Wei", "Ana Ruiz and Li Wei"),
        ("Posted by Ana Ruiz on 3 May 2020", "Ana Ruiz"),
        ("By Ana Ruiz in Ellery", "Ana Ruiz"),
        ("Por Lucía Treviño | 3 de mayo de 2020", "Lucía Treviño"),
        ("Von Friederike Hansen", "Friederike Hansen"),
        ("By the numbers", None),
        ("By 2020 the port had been closed", None),
        ("from the council", None),
    ],
)
def test_a_byline_names_its_authors(line: str, author: str | None):
    assert labelled_author(line) == author


@pytest.mark.parametrize(
    ("line", "text", "author"),
    [
        ("AMBASSADOR EARL ANTHONY SMITH", "", "Earl Anthony Smith"),
        ("AMB. (RET.) JOHN MCDONALD", "", None),
        ("SENATOR JOHN MCDONALD", "", "John McDonald"),
        ("JANE DOE", "Jane Doe is a fellow of the school.", "Jane Doe"),
        ("MARÍA-JOSÉ RUIZ", "", "María-José Ruiz"),
        ("KEY FINDINGS", "", None),
        ("PORT CLOSURE", "The port was closed.", None),
        ("SAUDI ARABIA", "Trade with Saudi Arabia grew.", None),
        ("SALT I", "", None),
        ("Trade Policy", "", None),
    ],
)
def test_a_bare_name_is_told_from_a_heading(line: str, text: str, author: str | None):
    assert bare_author(line, f"{line}\n\n{text}") == author


@pytest.mark.parametrize(
    ("head", "author", "date"),
    [
        ("By Ana Ruiz | 3 May 2020", "Ana Ruiz", "2020-05-03"),
        ("By Ana Ruiz, May 3, 2020", "Ana Ruiz", "2020-05-03"),
        ("Ana Ruiz\nMay 3, 2020", "Ana Ruiz", "2020-05-03"),
        (
            "WRITTEN BY\nAna Ruiz\n\nLast updated May 3, 2020 9:00 am (EST)",
            "Ana Ruiz",
            "2020-05-03",
        ),
        ("Updated June 9, 2021 | First published May 3, 2020", None, "2020-05-03"),
        ("May 3, 2020 | 5 min read", None, "2020-05-03"),
        ("Ellery, 3 May 2020", None, "2020-05-03"),
        ("Embassy Ellery, May 3, 2020, 1430Z.", None, "2020-05-03"),
        ("Publicado el 3 de mayo de 2020", None, "2020-05-03"),
        ("Veröffentlicht am 3. Mai 2020", None, "2020-05-03"),
        ("New York\nMay 3, 2020", None, "2020-05-03"),
        ("Port Closure\nMay 3, 2020", None, "2020-05-03"),
        ("The crisis, October 1962", None, None),
        ("Ana Ruiz*", "Ana Ruiz", None),
        ("Ana Ruiz and Li Wei\nMay 2020", "Ana Ruiz and Li Wei", "2020-05"),
        ("Blog Post by Ana Ruiz, Guest Contributor", "Ana Ruiz", None),
        ("Date of publication: 3 May 2020", None, "2020-05-03"),
    ],
)
def test_who_and_when_stand_under_the_title(
    tmp_path: Path, head: str, author: str | None, date: str | None
):
    prose = f"{PROSE}The closure of the port of New York was told in the news."
    document = loaded(tmp_path, f"Harbour Fees in the North\n\n{head}\n\n{prose}")
    assert (document.metadata.author, document.metadata.date) == (author, date)


def test_a_note_at_the_end_says_when_it_appeared(tmp_path: Path):
    note = "This article was originally published in the Port Papers on May 3, 2020."
    document = loaded(tmp_path, f"Harbour Fees in the North\n\n{PROSE}\n\n{note}")
    assert document.metadata.date == "2020-05-03"


def test_a_memo_states_its_fields(tmp_path: Path):
    text = (
        "MEMORANDUM\n\nTO: The Minister\nFROM: Ana Ruiz\nDATE: 4 March 2020\n"
        f"SUBJECT: Port fees in the north\n\n{PROSE}"
    )
    document = loaded(tmp_path, text)
    assert document.title == "Port fees in the north"
    assert document.metadata.author == "Ana Ruiz"
    assert document.metadata.date == "2020-03-04"


def test_the_file_name_is_the_last_resort(tmp_path: Path):
    document = loaded(tmp_path, PROSE)
    assert (document.title, document.metadata.title_origin) == (
        "my port paper",
        Origin.FILE_NAME,
    )


def test_front_matter_wins_and_is_no_part_of_the_text_to_quote(tmp_path: Path):
    text = (
        f"---\ntitle: Stated\ndate: 2019-01-02\n---\n\n# Shown\n\nPublished: 3 May 2020\n\n{PROSE}"
    )
    document = loaded(tmp_path, text, "a.md")
    assert (document.title, document.metadata.title_origin) == ("Stated", Origin.FRONT_MATTER)
    assert (document.metadata.date, document.metadata.date_origin) == (
        "2019-01-02",
        Origin.FRONT_MATTER,
    )


@pytest.mark.parametrize(
    "text",
    [
        "---\nnot fields\n---\n",
        "---\n- a\n- b\n---\n",
        "---\na: [[[[\n---\n",
        "--- \nno end",
        "+++\nx = \n+++\n",
        "text\n---\ntitle: x\n---\n",
    ],
)
def test_what_only_looks_like_front_matter_is_none(text: str):
    assert read_front_matter(text).lines == 0


def test_nested_aliases_in_front_matter_are_not_unfolded():
    levels = "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 12))
    found = read_front_matter(f"---\nb0: &b0 [x]\n{levels}author: *b11\ntitle: *b11\n---\n")
    assert found.title is None
    assert found.author is None


@pytest.mark.parametrize(
    "title",
    [
        "untitled",
        "Microsoft Word - final.doc",
        "report_v3.docx",
        "Document1",
        "DOC2022",
        "",
        "a/b/c",
    ],
)
def test_titles_made_up_by_programs_are_refused(title: str):
    assert stated_title(title) is None


def test_titles_and_authors_people_wrote_are_kept():
    title, author = stated_title("Port Fees 2020"), stated_author("Ana Ruiz")
    assert title is not None
    assert author is not None
    assert (title.value, author.value) == ("Port Fees 2020", "Ana Ruiz")
    for account in ("admin", "python-docx", "Microsoft Office User", "aruiz", "a@b.org"):
        assert stated_author(account) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PROSE, "en"),
        ("El consejo se reunió el lunes y habló durante tres horas sobre las tarifas.", "es"),
        ("Der Rat hat am Montag drei Stunden lang über die Gebühren des Hafens beraten.", "de"),
        ("12 345 67 89", None),
        ("", None),
    ],
)
def test_the_language_is_named_when_it_can_be_told(text: str, code: str | None):
    assert detect_language(text) == code
