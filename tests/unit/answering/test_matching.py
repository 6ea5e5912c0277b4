"""What acronyms stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefwell.answering.matching import spelled_out
from briefwell.loaders import load
from briefwell.types import Document

TEXT = "Varn opened the High-Level Port Board in 1901. The Union of Pilots and Masters agreed.\n"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "varn.txt"
    path.write_text(TEXT, encoding="utf-8")
    return load(path, source="varn.txt")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does the HLPB do?", {"hlpb": ("high", "level", "port", "board")}),
        ("What does the UPM do?", {"upm": ("union", "pilot", "master")}),
        ("What does the HiLePoB do?", {"hilepob": ("high", "level", "port", "board")}),
        ("What does the hlpb do?", {}),
        ("What does the PB do?", {}),
        ("What does the XYZ do?", {}),
    ],
)
def test_initials_in_a_question_stand_for_a_name_of_the_documents(
    document: Document, question: str, expected: dict[str, tuple[str, ...]]
) -> None:
    assert spelled_out(question, [document]) == expected
