"""Two sentences are not one claim."""

from __future__ import annotations

import pytest

from briefwell.verification.evidence import Evidence
from briefwell.verification.guards.merge import check

SIGNED = "Mexico signed the pact in 1990."
LEFT = "Canada left the league in 1995."
GREW = "Trade with Peru grew by 5 percent."

HOLDS = [
    ("Mexico signed the pact in 1990.", (SIGNED, LEFT)),
    ("Canada left the league.", (SIGNED, LEFT)),
    ("Trade grew by 5 percent.", (SIGNED, GREW)),
    ("Mexico signed the pact.", (SIGNED,)),
    ("Mexico sold the pact in 1990.", (SIGNED,)),
    ("Nothing of this is there.", (SIGNED, LEFT)),
    ("Trade with Peru grew by 5 percent.", (GREW, LEFT, SIGNED)),
    ("The league was left.", (LEFT, SIGNED)),
    ("Trade with Peru rose steeply.", (GREW, SIGNED)),
    ("The pact.", (SIGNED, LEFT)),
    ("Mexico signed the pact in 1990.", (SIGNED, SIGNED)),
    ("In 1990 Mexico signed.", (LEFT, SIGNED)),
    ("Canada left.", (GREW, SIGNED, LEFT)),
    ("Peru.", (GREW, LEFT)),
    ("", (SIGNED, LEFT)),
]

FAILS = [
    ("Mexico left the league in 1995.", (SIGNED, LEFT)),
    ("Canada signed the pact in 1990.", (SIGNED, LEFT)),
    ("Mexico signed the pact and left the league.", (SIGNED, LEFT)),
    ("Mexico signed the pact in 1995.", (SIGNED, LEFT)),
    ("Trade with Mexico grew.", (SIGNED, GREW)),
    ("Trade with Canada grew by 5 percent.", (LEFT, GREW)),
    ("Peru signed the pact.", (SIGNED, GREW)),
    ("Peru left the league.", (GREW, LEFT)),
    ("Mexico and Canada signed the pact.", (SIGNED, LEFT)),
    ("Trade grew by 5 percent in 1990.", (SIGNED, GREW)),
    ("Trade grew by 5 percent in 1995.", (LEFT, GREW)),
    ("The pact grew by 5 percent.", (SIGNED, GREW)),
    ("Canada left the pact.", (LEFT, SIGNED)),
    ("The league with Peru grew.", (LEFT, GREW)),
    ("Mexico left Peru.", (SIGNED, LEFT, GREW)),
]


@pytest.mark.parametrize(("statement", "sources"), HOLDS)
def test_holds(statement: str, sources: tuple[str, ...]) -> None:
    assert check(statement, Evidence(sentences=sources)) is None


@pytest.mark.parametrize(("statement", "sources"), FAILS)
def test_fails(statement: str, sources: tuple[str, ...]) -> None:
    finding = check(statement, Evidence(sentences=sources))
    assert finding is not None
    assert "separate sentences" in finding.reason
