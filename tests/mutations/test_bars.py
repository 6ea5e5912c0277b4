"""How many broken statements pass as proven, and how many true ones do not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from generate import EXACT, LOOSE, PARAPHRASE, STRICT, Case, tally
from judging import HISTORIAN, judge_all

from briefwell.types import Statement


@pytest.fixture(scope="module")
def judged() -> list[tuple[Case, Statement]]:
    return judge_all()


def _shown(judged: Sequence[tuple[Case, Statement]], kind: str) -> list[Case]:
    return [case for case, found in judged if case.kind == kind and found.verdict.is_shown]


def _told(cases: Sequence[Case]) -> str:
    return "\n".join(f"[{case.change}] {case.text}" for case in cases)


def test_the_set_is_large_and_balanced(judged) -> None:
    if not HISTORIAN.is_dir():
        pytest.skip("the larger corpus is not beside the repository")
    counted = tally(case for case, _ in judged)
    broken = {kind: counted.get(kind, 0) for kind in (*STRICT, *LOOSE)}
    assert min(broken.values()) >= 150, broken
    assert sum(broken.values()) >= 2000


@pytest.mark.parametrize("kind", STRICT)
def test_none_of_these_passes(judged, kind: str) -> None:
    passed = _shown(judged, kind)
    assert not passed, _told(passed)


@pytest.mark.parametrize("kind", LOOSE)
def test_at_most_one_in_a_hundred_of_these_passes(judged, kind: str) -> None:
    passed = _shown(judged, kind)
    total = tally(case for case, _ in judged).get(kind, 0)
    assert len(passed) <= total / 100, _told(passed)


@pytest.mark.parametrize(("kind", "share"), [(EXACT, 0.97), (PARAPHRASE, 0.9)])
def test_true_statements_are_kept(judged, record_property, kind: str, share: float) -> None:
    kept = len(_shown(judged, kind))
    total = tally(case for case, _ in judged)[kind]
    record_property(f"{kind} kept", f"{kept} of {total}")
    lost = [case for case, found in judged if case.kind == kind and not found.verdict.is_shown]
    assert kept >= share * total, _told(lost)


def test_every_rejection_has_a_reason_and_no_citation(judged) -> None:
    for case, found in judged:
        if found.verdict.is_shown:
            assert found.citations, case
            assert not found.reason, case
        else:
            assert found.reason.endswith("."), case
            assert not found.citations, case
