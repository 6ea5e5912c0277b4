"""Labelled questions over the sample briefs for what no set measures: acronyms, newer first."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

from briefwell import Assistant, Settings
from briefwell.answering import resolve
from briefwell.evaluation import metrics
from briefwell.evaluation.cases import read_set
from briefwell.evaluation.metrics import Place
from briefwell.evaluation.places import Places

pytestmark = [pytest.mark.model, pytest.mark.slow]

SAMPLES = Path(__file__).resolve().parents[1] / "eval" / "samples"
SHORT, LONG = "HLED", "High Level Economic Dialogue"
K = 5
LEAST_QUESTIONS = 10
LEAST_NOTES = 9


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path) -> Path:
    index = tmp_path_factory.mktemp("samples-ranking")
    shutil.copytree(compiled_models, index / "models")
    with Assistant.open(documents=SAMPLES / "docs", index=index) as assistant:
        assistant.reindex()
    return index


@pytest.fixture(scope="module")
def opened(index: Path) -> Iterator[Assistant]:
    with Assistant.open(documents=SAMPLES / "docs", index=index) as assistant:
        yield assistant


def labelled(opened: Assistant) -> list[tuple[str, str, tuple[Place, ...]]]:
    """The set's questions that name the dialogue: as they stand, in the other form, and gold."""
    places = Places(fetch=opened.document)
    found = []
    for case in read_set(SAMPLES).cases:
        question = resolve(case.question, case.history)
        other = re.sub(
            rf"\b(?:{SHORT}|{LONG})\b",
            lambda match: LONG if match.group() == SHORT else SHORT,
            question,
        )
        gold = places.gold(case)
        if case.evidence and other != question and isinstance(gold, tuple):
            found.append((question, other, gold))
    return found


def test_the_other_form_finds_the_evidence_too(opened):
    cases = labelled(opened)
    assert len(cases) >= LEAST_QUESTIONS
    ranks: dict[str, list[float]] = {"as asked": [], "other form": []}
    for question, other, gold in cases:
        for form, asked in zip(ranks, (question, other), strict=True):
            found = [(item.source, item.span) for item in opened.retrieve(asked, k=K)]
            assert metrics.hit(gold, found, k=K), asked
            ranks[form].append(metrics.reciprocal_rank(gold, found))
    assert mean(ranks["other form"]) >= mean(ranks["as asked"]) - 0.1


def test_newer_first_brings_the_later_note_no_further_down(opened, index):
    settings = Settings(prefer_newer=True)
    places = Places(fetch=opened.document)
    cases = [case for case in read_set(SAMPLES).cases if case.kind == "later_note"]
    assert len(cases) >= LEAST_NOTES
    with Assistant.open(documents=SAMPLES / "docs", index=index, settings=settings) as newer:
        for case in cases:
            gold = places.gold(case)
            question = resolve(case.question, case.history)
            plain, preferred = (
                metrics.reciprocal_rank(
                    gold, [(item.source, item.span) for item in assistant.retrieve(question, k=K)]
                )
                for assistant in (opened, newer)
            )
            assert preferred >= plain > 0, question
