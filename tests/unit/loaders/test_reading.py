"""Bytes: read once, told apart, and decoded as they stand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefwell.errors import UnreadableDocument, UnsupportedFormat
from briefwell.loaders import Limits, document_id, load, media_type
from briefwell.loaders.decoding import decode
from briefwell.loaders.reading import check_content, read_bytes


def test_endings_are_read_without_regard_to_case():
    assert media_type(Path("a/B.PDF")) == "application/pdf"
    assert media_type(Path("b.htm")) == "text/html"
    assert media_type(Path("c.xlsx")) is None
    assert media_type(Path("txt")) is None


def test_an_id_names_the_place():
    assert document_id("a.txt") == document_id("a.txt")
    assert len({document_id(name) for name in ("a.txt", "A.txt", "b/a.txt", "a\udc80.txt")}) == 4


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path):
    (tmp_path / "a.xyz").write_text("text", encoding="utf-8")
    with pytest.raises(UnsupportedFormat, match=r"\.docx") as caught:
        load(tmp_path / "a.xyz", source="a.xyz")
    assert caught.value.path == "a.xyz"


def test_a_file_without_permission_says_so(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("text", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    with pytest.raises(UnreadableDocument, match="Allow reading it"):
        read_bytes(path, limits=Limits())


def test_a_link_to_itself_says_so(tmp_path: Path):
    path = tmp_path / "loop.txt"
    path.symlink_to(path)
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read_bytes(path, limits=Limits())


@pytest.mark.parametrize(
    ("data", "promised", "words"),
    [
        (b"%PDF-1.7 ...", "text/plain", r"holds a PDF.*end in \.pdf"),
        (b"PK\x03\x04....", "text/plain", r"zip archive"),
        (b"\x89PNG\r\n\x1a\n", "text/markdown", "an image"),
        (b"\xff\xd8\xff\xe0", "text/html", "an image"),
        (b"plain text", "application/pdf", "something else or damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.openxmlformats-officedocument."
         "wordprocessingml.document", "password, or is in the old"),
    ],
)  # fmt: skip
def test_a_wrong_ending_is_told(data: bytes, promised: str, words: str):
    with pytest.raises((UnreadableDocument, UnsupportedFormat), match=words):
        check_content(data, promised)


@pytest.mark.parametrize(
    "text",
    ["plain", "\ufeffmark", "a\r\nb\rc\n", "a\x00b", "ü\u200bß", "مرحبا", "e\u0301", "\u2028"],
)
def test_utf_8_is_kept_to_the_letter(text: str):
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café in Málaga".encode("utf-16"), "Café in Málaga"),
        ("Café in Málaga, at noon".encode("utf-16-le"), "Café in Málaga, at noon"),
        ("Café in Málaga, at noon".encode("utf-16-be"), "Café in Málaga, at noon"),
        ("Café".encode("utf-32"), "Café"),
        ("The cafés of Málaga are old; the señor was there.".encode("cp1252"),
         "The cafés of Málaga are old; the señor was there."),
    ],
)  # fmt: skip
def test_other_encodings_are_recognised(data: bytes, text: str):
    assert decode(data) == text


def test_damaged_utf_8_loses_only_the_damage():
    data = "Größe, Süden, Fähre, Öl, Übung".encode() + b" \xff end"
    assert decode(data) == "Größe, Süden, Fähre, Öl, Übung \ufffd end"


def test_lone_surrogates_never_reach_a_document():
    text = decode("Größe, Süden, Fähre".encode() + b"\xed\xa0\x80 end")
    assert text.encode("utf-8")
    assert text.startswith("Größe, Süden, Fähre")
    assert "\ufffd" in decode(b"\xff\xfe\x00\xd8a\x00")


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\x7fELF\x02\x01" + b"\x01\x02\x03" * 99]
)
def test_binary_data_is_no_text(data: bytes):
    with pytest.raises(UnreadableDocument, match="binary data"):
        decode(data)
