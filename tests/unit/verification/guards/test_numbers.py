"""Figures, units, hedges, ranges, ranks: what the guard lets pass and what it stops."""

from __future__ import annotations

import pytest

from briefwell.verification.evidence import Evidence
from briefwell.verification.guards.numbers import check

HOLDS = [
    ("Exports rose by 10 percent.", "Exports rose by 10 per cent."),
    ("Exports rose by 10%.", "Exports rose by ten percent."),
    ("Aid of US$1.2 bn was paid.", "Aid of 1.2 billion dollars was paid."),
    ("Aid of $1,200,000,000 was paid.", "Aid of $1.2 billion was paid."),
    ("It has 1,200 ships.", "It has 1200 ships."),
    ("It has 25 ships.", "It has twenty-five ships."),
    ("Over 200 men left.", "More than 200 men left."),
    ("About 30 men left.", "Some 30 men left."),
    ("At least 40 men left.", "No fewer than 40 men left."),
    ("A third of the men left.", "One-third of the men left."),
    ("It was the 4th-worst year.", "It was the fourth-worst year."),
    ("It took half a million men.", "It took 500,000 men."),
    ("Between 10 and 15 percent left.", "10-15 percent left."),
    ("It measures 5 square miles.", "It measures five square miles."),
    ("Two and a half million came.", "2.5 million came."),
    ("One treaty was signed.", "A treaty was signed."),
    ("The men left.", "The 30 men left."),
    ("It doubled.", "It doubled in a year."),
    ("A dozen ships came.", "Twelve ships came."),
]

FAILS = [
    ("Exports rose by 30 percent.", "Exports rose by 10 percent.", "it says 10 percent"),
    ("Exports rose by 3 percent.", "Exports rose by 3 percentage points.", "3 percentage points"),
    ("Exports rose by 3 percentage points.", "Exports rose by 3 percent.", "says 3 percent"),
    ("Aid of $1.2 million was paid.", "Aid of $1.2 billion was paid.", "$1.2 billion"),
    ("Aid of 5 million euros was paid.", "Aid of $5 million was paid.", "$5 million"),
    ("It has 12,000 ships.", "It has 1,200 ships.", "it says 1,200"),
    ("30 men left.", "More than 30 men left.", "bare figure"),
    ("More than 30 men left.", "30 men left.", "qualifies"),
    ("At least 30 men left.", "Nearly 30 men left.", "qualifies"),
    ("Half of the men left.", "A third of the men left.", "it says"),
    ("It was the third-worst year.", "It was the fourth-worst year.", "it says fourth"),
    ("It was the worst year.", "It was the fourth worst year.", "fourth worst"),
    ("10 percent left.", "10-15 percent left.", "bare figure"),
    ("It measures 5 square kilometres.", "It measures 5 square miles.", "5 square miles"),
    ("It took 3 months.", "It took 3 years.", "says 3 years"),
    ("It has 5 planes and 3 ships.", "It has 5 ships and 3 planes.", "something else"),
    ("The men left after 7 days.", "The men left.", "does not stand"),
    ("It fell by -5 percent.", "It fell by 5 percent.", "it says 5 percent"),
]


@pytest.mark.parametrize(("statement", "source"), HOLDS)
def test_holds(statement: str, source: str) -> None:
    assert check(statement, Evidence(sentences=(source,))) is None


@pytest.mark.parametrize(("statement", "source", "reason"), FAILS)
def test_fails(statement: str, source: str, reason: str) -> None:
    finding = check(statement, Evidence(sentences=(source,)))
    assert finding is not None
    assert reason in finding.reason
