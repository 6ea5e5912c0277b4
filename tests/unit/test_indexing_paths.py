"""Odd names and odd places, through the real reading and writing processes and real Chroma."""

from __future__ import annotations

import unicodedata

import pytest

import briefwell
from briefwell.types import MovedSource, Severity

NFC, NFD = (unicodedata.normalize(form, "Überblick é.txt") for form in ("NFC", "NFD"))
LONG_NFC, LONG_NFD = (
    unicodedata.normalize(form, "é" * 83) + "x" * (255 - 4 - 83 * size) + ".txt"
    for form, size in (("NFC", 2), ("NFD", 3))
)

RENAMED = {
    "A.txt": "B.TXT",
    "a.txt": "b.txt",
    "  two  spaces .txt": "two spaces.txt",
    "🚢 ship 👩🏽‍🚀.txt": "🛳️.txt",
    "-rf.txt": "--help.txt",
    "a.b..txt": "dots/a...txt",
    "line\nbreak.txt": "line\r\nbreak\t.txt",
    NFC: NFC.lower(),
    NFD: NFD.lower(),
    LONG_NFC: "z" + LONG_NFC[1:-4] + "y.txt",
    LONG_NFD: "z" + LONG_NFD[1:],
    "glob[1]*?.txt": "glob[!a]**.txt",
    "'\"`$(id);&|<b>.txt": "\\x41%00%2e.txt",
    "日本語/Ἑλλάδα/مرحبا.txt": "日本語/한국어\u202etxt.exe.txt",
    "#frag?query=1&x.txt": "file:c|.txt",
}
"""Old and new names; all new ones differ from all old ones."""

PLACES = [
    "Albury", "Borland", "Corvey", "Dunmere", "Eskdale", "Farrow", "Gorling", "Hexton", "Ilmer",
    "Jarvin", "Kelso", "Lorne", "Marlow", "Norwick", "Orford",
]  # fmt: skip
"""One for each name: what the file tells of."""


@pytest.fixture
def assistant(tmp_path, embedder):
    """An assistant whose two folders lie at odd places themselves."""
    place = (
        tmp_path / "Ministère des  Affaires — 外務省 📁" / unicodedata.normalize("NFD", "-é#?%41")
    )
    documents = place / "les documents"
    documents.mkdir(parents=True)
    with briefwell.Assistant.open(
        documents=documents,
        index=place / "l'index « à jour »",
        settings=briefwell.Settings(),
        embedder=embedder,
    ) as opened:
        yield opened


def told_of(assistant, place):
    """Which sources an answer about a place cites."""
    answer = assistant.ask(f"When was the lighthouse of {place} painted?")
    assert answer.notices == ()
    return {citation.source for citation in answer.citations}


def write_all(assistant, names):
    for name, place in zip(names, PLACES, strict=True):
        path = assistant.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        year = 1900 + PLACES.index(place)
        path.write_text(f"The lighthouse of {place} was painted in {year}.\n", encoding="utf-8")


def test_odd_names_are_indexed_asked_moved_and_deleted_like_any_other(assistant, embedder):
    assert {len(name.encode()) for name in (LONG_NFC, LONG_NFD)} == {255}
    write_all(assistant, RENAMED)
    assert assistant.reindex().added == tuple(sorted(RENAMED))
    for name, place in zip(RENAMED, PLACES, strict=True):
        assert told_of(assistant, place) == {name}
        only = assistant.retrieve(f"lighthouse of {place}", sources=[name])
        assert [passage.source for passage in only] == [name]

    calls = embedder.calls
    for old, new in RENAMED.items():
        (assistant.documents / new).parent.mkdir(parents=True, exist_ok=True)
        (assistant.documents / old).rename(assistant.documents / new)
    report = assistant.reindex()
    assert set(report.moved) == {MovedSource(old=old, new=new) for old, new in RENAMED.items()}
    assert report.added == report.updated == report.removed == report.failed == ()
    assert (report.embedded, embedder.calls) == (0, calls)
    for name, place in zip(RENAMED.values(), PLACES, strict=True):
        assert told_of(assistant, place) == {name}

    kept = "b.txt"
    for name in RENAMED.values():
        if name != kept:
            (assistant.documents / name).unlink()
    report = assistant.reindex()
    assert set(report.removed) == set(RENAMED.values()) - {kept}
    assert [info.source for info in assistant.sources()] == [kept]
    for place in PLACES:
        assert told_of(assistant, place) <= {kept}
    checks = assistant.status(deep=True)
    assert {check.severity for check in checks} <= {Severity.OK, Severity.INFO}


def test_case_twins_that_change_places_and_a_name_that_loses_its_dot(assistant, embedder):
    twins = assistant.documents / "A.txt", assistant.documents / "a.txt"
    for path, place in zip((*twins, assistant.documents / ".c.txt"), PLACES, strict=False):
        path.write_text(f"The lighthouse of {place} was painted in 1900.\n")
    assert assistant.reindex().added == ("A.txt", "a.txt")
    calls = embedder.calls
    swapped = assistant.documents / "swapped"
    twins[0].rename(swapped)
    twins[1].rename(twins[0])
    swapped.rename(twins[1])
    assert assistant.reindex().updated == ("A.txt", "a.txt")
    assert embedder.calls == calls
    assert (told_of(assistant, PLACES[0]), told_of(assistant, PLACES[1])) == ({"a.txt"}, {"A.txt"})
    (assistant.documents / ".c.txt").rename(assistant.documents / "c.txt")
    twins[0].rename(assistant.documents / ".A.txt")
    report = assistant.reindex()
    assert (report.added, report.removed, report.moved) == (("c.txt",), ("A.txt",), ())
    assert told_of(assistant, PLACES[2]) == {"c.txt"}
    assert "A.txt" not in told_of(assistant, PLACES[1])
