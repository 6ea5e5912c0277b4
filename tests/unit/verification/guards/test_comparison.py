"""Ranks, superlatives and comparisons."""

from __future__ import annotations

import pytest

from briefwell.verification.evidence import Evidence
from briefwell.verification.guards.comparison import check

HOLDS = [
    ("Mexico is the largest partner.", "Mexico is the largest partner."),
    ("Mexico is one of the largest partners.", "Mexico is one of the largest partners."),
    ("It was the fourth-worst year.", "It was the fourth worst year."),
    ("Peru is larger than Chile.", "Peru is larger than Chile."),
    ("Peru grew faster.", "Peru grew faster than Chile."),
    ("It was the first treaty.", "It was the first treaty."),
    ("Mexico has an interest in trade.", "Mexico has an interest in trade."),
    ("Trade with the west grew.", "Trade with the west grew."),
    ("It is as large as Peru.", "It is as large as Peru."),
    ("It is the second-largest city.", "It is the second largest city."),
    ("The port is the oldest.", "The port is the oldest."),
    ("Trade grew.", "Trade grew more than before."),
    ("The most important tie is trade.", "The most important tie is trade."),
    ("Few ports are deeper.", "Few ports are deeper."),
    ("The priest left the forest.", "The priest left the forest."),
]

FAILS = [
    ("It was the worst year.", "It was the fourth-worst year.", "fourth"),
    ("Mexico is the largest partner.", "Mexico is one of the largest partners.", "one of"),
    ("Mexico is the largest partner.", "Mexico is a large partner.", "largest"),
    ("Mexico is the smallest partner.", "Mexico is the largest partner.", "largest"),
    ("Peru is smaller than Chile.", "Peru is larger than Chile.", "larger"),
    ("Peru grew more.", "Peru grew less.", "less"),
    ("The reform was successful.", "The reform was less successful.", "less successful"),
    ("The treaty was important.", "The treaty was more important than most.", "more important"),
    ("It is the largest city.", "It is the second-largest city.", "second"),
    ("It was the last treaty.", "It was the first treaty.", "first"),
    ("The best port is Lima.", "The worst port is Lima.", "worst"),
    ("It is the leading buyer.", "It is a buyer.", "leading"),
    ("Mexico is the top buyer.", "Mexico is among the top buyers.", "among"),
    ("It is higher than Peru.", "It is lower than Peru.", "lower"),
    ("The oldest port closed.", "The newest port closed.", "newest"),
]


@pytest.mark.parametrize(("statement", "source"), HOLDS)
def test_holds(statement: str, source: str) -> None:
    assert check(statement, Evidence(sentences=(source,))) is None


@pytest.mark.parametrize(("statement", "source", "reason"), FAILS)
def test_fails(statement: str, source: str, reason: str) -> None:
    finding = check(statement, Evidence(sentences=(source,)))
    assert finding is not None
    assert reason in finding.reason
