"""Who says it, how surely, and in whose words."""

from __future__ import annotations

import pytest

from briefwell.verification.evidence import Evidence
from briefwell.verification.guards.attribution import check

HOLDS = [
    ("Mexico may leave the pact.", "Mexico may leave the pact."),
    ("Officials say Mexico left.", "Officials say that Mexico left."),
    ("Officials stated that Mexico left.", "Officials said that Mexico left."),
    ("Mexico left the pact.", "Mexico left the pact, and Peru may follow."),
    ("Mexico left the pact.", "Mexico left the pact; officials say it hurt."),
    ("According to Lee, trade fell.", "According to Lee, trade fell."),
    ("Trade is expected to grow.", "Trade is expected to grow."),
    ('He called it "a true disaster".', "He called it “a true disaster” in May."),
    ("There is little prospect of peace.", "There is little prospect of peace."),
    ("The minister announced a plan.", "The minister announced a plan."),
    ("If Peru leaves, Chile will follow.", "If Peru leaves, Chile will follow."),
    ("Lee argues that trade fell.", "Lee argues that trade fell."),
    ("Mexico plans to leave.", "Mexico plans to leave in May."),
    ("Mexico left the pact.", "Mexico left the pact because it was weak."),
    ("The author thinks it may fail.", "The author thinks it may fail."),
]

FAILS = [
    ("Mexico left the pact.", "Mexico may have left the pact.", "may"),
    ("Mexico will leave the pact.", "Mexico might leave the pact.", "might"),
    ("Trade grew.", "Trade is expected to have grown.", "expected"),
    ("Mexico left.", "Officials say that Mexico left.", "say"),
    ("Trade fell.", "According to Lee, trade fell.", "According to"),
    ("Trade fell.", "Trade fell, officials said.", "said"),
    ("The firm stole the plans.", "The firm allegedly stole the plans.", "allegedly"),
    ("There is peace.", "There is little prospect of peace.", "prospect"),
    ("Mexico left the pact.", "Mexico plans to leave the pact.", "plans"),
    ("Chile will follow Peru.", "Chile will follow Peru if it leaves.", "if"),
    ("Officials say Mexico left.", "Mexico left.", "say"),
    ("Mexico may leave.", "Mexico will leave.", "will"),
    ('He called it "a total disaster".', "He called it a setback.", "quotation marks"),
    ("The humanitarian mission ended.", "The “humanitarian” mission ended.", "quotation marks"),
    ("The reform is weak.", "The author argues that the reform is weak.", "argues"),
    ("Peru signed the treaty.", "Peru sought to sign the treaty.", "sought"),
    ("Lee believes trade fell.", "Lee doubts that trade fell.", "doubts"),
]


@pytest.mark.parametrize(("statement", "source"), HOLDS)
def test_holds(statement: str, source: str) -> None:
    assert check(statement, Evidence(sentences=(source,))) is None


@pytest.mark.parametrize(("statement", "source", "reason"), FAILS)
def test_fails(statement: str, source: str, reason: str) -> None:
    finding = check(statement, Evidence(sentences=(source,)))
    assert finding is not None
    assert reason in finding.reason
