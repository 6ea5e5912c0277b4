"""Taking files in: names, types, sizes, and nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefwell.web.uploads import LONGEST_NAME, MOST_FILES, safe_name, take_in


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("brief.txt", "brief.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\brief.PDF", "brief.pdf"),
        (".hidden.md", "hidden.md"),
        ("a\x00b\u202etxt.md", "abtxt.md"),
        ('what? <now>|"*.txt', "what- -now.txt"),
        ("  many   spaces .md", "many spaces.md"),
        ("México – año.docx", "México - año.docx"),
        ("con.txt", "con-file.txt"),
        ("...txt", "document.txt"),
        ("0.A%", "0.a"),
        ("brief.txt.", "brief.txt"),
    ],
)
def test_safe_name(name, safe):
    assert safe_name(name) == safe


@given(st.text(min_size=1) | st.text(alphabet="aA0.%- /", min_size=1))
def test_a_safe_name_is_one_plain_name(name):
    made = safe_name(name)
    assert made == Path(made).name
    assert made not in ("", ".", "..")
    assert not made.startswith(".")
    assert all(char.isprintable() for char in made)
    assert safe_name(made) == made


def test_a_long_name_is_cut_between_characters():
    made = safe_name("é" * 300 + ".txt")
    assert made.endswith("é.txt")
    assert len(made.encode()) <= LONGEST_NAME


def upload(tmp_path: Path, name: str, content: bytes) -> Path:
    folder = tmp_path / "uploads"
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_file_is_moved_in(tmp_path):
    file = upload(tmp_path, "brief.txt", b"words")
    taken = take_in([file], documents=tmp_path / "documents", most_bytes=10)
    assert [(item.name, item.message) for item in taken] == [("brief.txt", "Added “brief.txt”.")]
    assert (tmp_path / "documents" / "brief.txt").read_bytes() == b"words"
    assert not file.exists()


def test_other_words_under_the_same_name_are_kept_beside(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "brief.txt").write_bytes(b"old")
    taken = take_in([upload(tmp_path, "brief.txt", b"new")], documents=documents, most_bytes=10)
    assert taken[0].name == "brief (2).txt"
    assert "both are kept" in taken[0].message
    assert (documents / "brief.txt").read_bytes() == b"old"
    assert (documents / "brief (2).txt").read_bytes() == b"new"


def test_the_same_file_is_not_added_twice(tmp_path):
    documents = tmp_path / "documents"
    for _ in range(2):
        taken = take_in([upload(tmp_path, "a.md", b"same")], documents=documents, most_bytes=10)
    assert not taken[0].is_taken
    assert "already there, with the same content" in taken[0].message
    assert [path.name for path in documents.iterdir()] == ["a.md"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("run.exe", b"MZ", "Briefwell reads TXT, MD, HTML, HTM, PDF, DOCX files"),
        ("none", b"x", "Briefwell reads"),
        ("empty.txt", b"", "is empty"),
        ("big.txt", b"x" * 11, "has 11\u00a0bytes; 10\u00a0bytes are the most"),
    ],
)
def test_refused_with_the_reason(tmp_path, name, content, reason):
    file = upload(tmp_path, name, content)
    taken = take_in([file], documents=tmp_path / "documents", most_bytes=10)
    assert not taken[0].is_taken
    assert reason in taken[0].message
    assert not file.exists()


def test_a_symbolic_link_in_wait_is_not_written_through(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    outside = tmp_path / "outside.txt"
    (documents / "a.txt").symlink_to(outside)
    taken = take_in([upload(tmp_path, "a.txt", b"words")], documents=documents, most_bytes=10)
    assert taken[0].name == "a (2).txt"
    assert not outside.exists()


def test_too_many_files_at_once_are_told_one_by_one(tmp_path):
    files = [upload(tmp_path, f"{at}.txt", b"x") for at in range(MOST_FILES + 2)]
    taken = take_in(files, documents=tmp_path / "documents", most_bytes=10)
    assert sum(item.is_taken for item in taken) == MOST_FILES
    assert "At most 50 files" in taken[-1].message


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    documents = tmp_path / "documents"
    documents.write_text("a file where the folder should be", encoding="utf-8")
    taken = take_in([upload(tmp_path, "a.txt", b"x")], documents=documents, most_bytes=10)
    assert "could not be written" in taken[0].message
