"""Deleted means gone, also where names and text are not ASCII: looked for in every byte."""

from __future__ import annotations

import re
import unicodedata
import zlib

import pytest

from inprocess import Bench, WriterApart

LONG = "Ölmühle-Żółw-ab" + "é" * 76
"""A long part of a path, in composed letters; decomposed it takes 255 bytes with `.md`."""

WORDS = ("Überraschungsei", "Żółwiątko", "Ἀλεξάνδρεια", "Кораблекрушёнка", "青鸞旗魚", "🦜🪂")
"""What the documents tell of: in the text, a heading, the title, and the author."""


def forms(word):
    """All the bytes that a word's beginning may be stored as: both normal forms, and stems."""
    word = word[:8]
    small = word.casefold()
    spelled = {
        unicodedata.normalize(form, spelling)
        for form in ("NFC", "NFD")
        for spelling in (word, small)
    }
    # A stem has no accents; a decomposed word may be cut at them.
    plain = unicodedata.normalize("NFKD", small)
    pieces = "".join(" " if unicodedata.combining(char) else char for char in plain).split()
    spelled |= {"".join(pieces), *(piece for piece in pieces if len(piece) > 5)}
    for spelling in spelled:
        yield from (spelling.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
        yield spelling.encode("ascii", "backslashreplace")  # as JSON may have it


def everything_under(folder):
    """The bytes of every file, and those that are packed in them."""
    whole = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        whole += [str(path.relative_to(folder)).encode(), data]
        for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
            try:
                whole.append(zlib.decompressobj().decompress(data[match.start() :]))
            except zlib.error:
                continue
    return b"\0".join(whole)


def left_of(words, folder):
    found = everything_under(folder)
    return {word for word in words if any(form in found for form in forms(word))}


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path)
    bench.write("harbour.md", "# Harbour\n\nThe harbour was dredged in 2019.\n")
    return bench


def memo(form, *, words=WORDS):
    """A document that names every word where it is stored: title, author, heading, text."""
    text = " und ".join(words)
    told = (
        f"---\ntitle: {text}\nauthor: {text}\n---\n# {text}\n\n{text} kamen.\n\n## {text}\n\nJa.\n"
    )
    return unicodedata.normalize(form, told)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_deleted_document_leaves_neither_its_words_nor_its_name(bench, form):
    name = unicodedata.normalize(form, f"{LONG}/{LONG}.md")
    assert len(name.rpartition("/")[2].encode()) == {"NFC": 175, "NFD": 255}[form]
    path = bench.write(name, memo(form))
    failing = bench.write(unicodedata.normalize(form, "Wüstenfüchse.pdf"), "no pdf")
    assert bench.reindex().added == tuple(sorted(["harbour.md", name]))
    told = {*WORDS, LONG, "Wüstenfüchse"}
    assert left_of(told, bench.index) == told
    path.unlink()
    failing.unlink()
    report = bench.reindex()
    assert (report.removed, report.notes) == ((name,), ())
    assert left_of(told, bench.index) == set()
    assert left_of({"harbour"}, bench.index) == {"harbour"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_that_were_edited_out_and_a_name_that_was_changed_are_gone(bench, form):
    name = unicodedata.normalize(form, f"{LONG}.md")
    path = bench.write(name, memo(form))
    bench.reindex()
    path = path.rename(bench.documents / "short.md")
    assert [item.old for item in bench.reindex().moved] == [name]
    assert left_of({LONG}, bench.index) == set()
    bench.write("short.md", memo(form, words=WORDS[:2]))
    assert bench.reindex().updated == ("short.md",)
    assert left_of(WORDS, bench.index) == set(WORDS[:2])


def test_what_chroma_saves_of_empty_places_is_blank(bench):
    for number in range(12):
        bench.write(f"tower{number}.md", f"# Tower\n\nThe tower was lit in the year {number}.\n")
    bench.writer = WriterApart()
    bench.reindex()
    tables = list((bench.index / "chroma").rglob("*.bin"))
    assert {"data_level0.bin", "length.bin"} <= {table.name for table in tables}
    words = [re.findall(rb"[A-Za-z ]{10,}", table.read_bytes()) for table in tables]
    assert words == [[]] * len(tables)
