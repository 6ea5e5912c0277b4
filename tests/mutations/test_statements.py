"""What real models wrote, labelled by reading: nothing false is shown, and what is lost is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "statements"))

from statement_set import HALVES, STRICT, Labelled, prove, read_statements

from briefwell.types import Statement

Proven = Sequence[tuple[Labelled, Statement]]


@pytest.fixture(scope="module")
def proven() -> Proven:
    return [(each, prove(each)) for each in read_statements()]


def _false_shown(proven: Proven) -> list[Labelled]:
    return [each for each, found in proven if not each.is_true and found.verdict.is_shown]


def _told(shown: Sequence[Labelled]) -> str:
    return "\n".join(f"[{each.wrong}] {each.statement}" for each in shown)


def test_no_wrong_number_date_name_negation_or_source_is_shown(proven: Proven) -> None:
    shown = [each for each in _false_shown(proven) if each.wrong in STRICT]
    assert not shown, _told(shown)


def test_at_most_one_in_a_hundred_of_the_others_is_shown(proven: Proven) -> None:
    shown = [each for each in _false_shown(proven) if each.wrong not in STRICT]
    total = sum(not each.is_true and each.wrong not in STRICT for each, _ in proven)
    assert len(shown) <= total / 100, _told(shown)


def test_the_true_that_were_proven_stay_proven(proven: Proven, record_property) -> None:
    """The bar is where the proof stands (benchmarks/PROOF.md); the aim, 85 in 100, is far off."""
    for model, bar in (("SmolLM2-135M-Instruct", 0.5), ("a large language model", 0.02)):
        true = [found for each, found in proven if each.is_true and each.model == model]
        kept = sum(found.verdict.is_shown for found in true)
        record_property(f"true and kept, {model}", f"{kept} of {len(true)}")
        assert kept >= bar * len(true), f"{model}: {kept} of {len(true)}"


def test_both_halves_are_judged(proven: Proven) -> None:
    assert {each.half for each, _ in proven} == set(HALVES)
