"""Which part of several is about a subject: asked of papers written for this, and of a brief.

The subjects were written before the closeness that counts (`members.CLOSE`) was chosen.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefwell import Assistant

pytestmark = [pytest.mark.model, pytest.mark.slow]

BRIEF = Path(__file__).resolve().parents[2] / "documents" / "high-level-economic-dialogue.md"
PAPERS = {
    "harbour.txt": """The Harbour Strategy

The Harbour Strategy has five goals. The first goal is to deepen the two main channels so that \
larger ships can call at any tide. The second goal, quieter nights, sets limits on noise from \
cranes and lorries after ten in the evening. The third goal is to move a quarter of all \
containers inland by rail. The fourth goal gives dock workers a pension after thirty years of \
service. The fifth goal asks the port authority to plant salt marsh along the northern shore, \
where birds breed.
""",
    "clinics.md": """# Plan for Rural Clinics

The Plan for Rural Clinics runs in four phases.

## Phase 1: Buildings

Old clinics get new roofs and running water. Each is to have a room for mothers with babies.

## Phase 2: People

The ministry hires two hundred nurses. Doctors who serve in a village for three years have their \
student loans forgiven.

## Phase 3: Medicines

A central store buys vaccines and sends them out by refrigerated lorry.

## Phase 4: Records

Paper files are scanned. Patients can see their test results on a telephone.
""",
}
LEAST = 19
"""How many of each kind are right on this code: see `members.CLOSE`."""

BRIEF_NAME = "High Level Economic Dialogue"
ABOUT = (
    (BRIEF_NAME, "pillar", "training workers", "Fourth"),
    (BRIEF_NAME, "part", "hacker attacks", "Third"),
    (BRIEF_NAME, "pillar", "the border", "First"),
    (BRIEF_NAME, "part", "Central America", "Second"),
    (BRIEF_NAME, "pillar", "electric cars", "First"),
    (BRIEF_NAME, "part", "small companies", "Fourth"),
    (BRIEF_NAME, "pillar", "computer networks", "Third"),
    ("Harbour Strategy", "goal", "railways", "third"),
    ("Harbour Strategy", "part", "wildlife", "fifth"),
    ("Harbour Strategy", "goal", "retirement", "fourth"),
    ("Harbour Strategy", "part", "noise", "second"),
    ("Harbour Strategy", "goal", "dredging", "first"),
    ("Harbour Strategy", "goal", "bigger vessels", "first"),
    ("Harbour Strategy", "part", "wetlands", "fifth"),
    ("Plan for Rural Clinics", "phase", "recruiting staff", "Phase 2"),
    ("Plan for Rural Clinics", "part", "drugs", "Phase 3"),
    ("Plan for Rural Clinics", "phase", "digitization", "Phase 4"),
    ("Plan for Rural Clinics", "part", "student debt", "Phase 2"),
    ("Plan for Rural Clinics", "phase", "immunization", "Phase 3"),
    ("Plan for Rural Clinics", "phase", "repairs", "Phase 1"),
    ("Plan for Rural Clinics", "part", "drinking water", "Phase 1"),
)
NOT_ABOUT = (
    (BRIEF_NAME, "pillar", "farm subsidies"),
    (BRIEF_NAME, "part", "space travel"),
    (BRIEF_NAME, "pillar", "fishing rights"),
    (BRIEF_NAME, "part", "climate change"),
    (BRIEF_NAME, "pillar", "elections"),
    (BRIEF_NAME, "part", "nuclear weapons"),
    (BRIEF_NAME, "pillar", "tourism"),
    ("Harbour Strategy", "goal", "taxes"),
    ("Harbour Strategy", "part", "cruise passengers"),
    ("Harbour Strategy", "goal", "smuggling"),
    ("Harbour Strategy", "part", "solar power"),
    ("Harbour Strategy", "goal", "schools"),
    ("Harbour Strategy", "part", "housing"),
    ("Harbour Strategy", "goal", "oil spills"),
    ("Plan for Rural Clinics", "phase", "ambulances"),
    ("Plan for Rural Clinics", "part", "dentistry"),
    ("Plan for Rural Clinics", "phase", "nutrition"),
    ("Plan for Rural Clinics", "part", "road safety"),
    ("Plan for Rural Clinics", "phase", "cancer research"),
    ("Plan for Rural Clinics", "part", "insurance fraud"),
    ("Plan for Rural Clinics", "phase", "malaria nets"),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("members")
    (folder / "docs").mkdir()
    shutil.copy(BRIEF, folder / "docs")
    for name, text in PAPERS.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    shutil.copytree(compiled_models, folder / "index" / "models")
    with Assistant.open(documents=folder / "docs", index=folder / "index") as assistant:
        assistant.reindex()
        yield assistant


def told(opened: Assistant, whole: str, noun: str, subject: str) -> list[str]:
    answer = opened.ask(f"Which {noun} of the {whole} is about {subject}?")
    return [statement.text for statement in answer.statements]


def test_the_part_that_is_about_a_subject_is_named_first(opened: Assistant) -> None:
    firsts = [(label, told(opened, *asked)[:1]) for *asked, label in ABOUT]
    wrong = [(label, first) for label, first in firsts if first and label not in first[0]]
    assert not wrong
    assert sum(bool(first) for _, first in firsts) >= LEAST


def test_a_subject_that_no_part_is_about_is_not_answered(opened: Assistant) -> None:
    refused = [not told(opened, *asked) for asked in NOT_ABOUT]
    assert sum(refused) >= LEAST


@pytest.mark.parametrize(
    "question",
    [
        "What part of the Plan for Rural Clinics deals with immunization?",
        "Under which phase of the Plan for Rural Clinics do vaccines fall?",
        "Which phase of the Plan for Rural Clinics covers vaccines?",
    ],
)
def test_it_may_be_asked_in_other_words(opened: Assistant, question: str) -> None:
    texts = [statement.text for statement in opened.ask(question).statements]
    assert any("vaccines" in text for text in texts)


def test_a_plan_without_such_parts_is_asked_as_ever(opened: Assistant) -> None:
    assert not told(opened, "Merida Initiative", "pillar", "vaccines")
    texts = told(opened, "Harbour Strategy", "phase", "salt marsh")
    assert any("salt marsh" in text for text in texts)


def test_a_sentence_that_names_subject_and_part_together_counts(opened: Assistant) -> None:
    texts = told(opened, "Harbour Strategy", "goal", "larger ships")
    assert "The first goal" in texts[0]
