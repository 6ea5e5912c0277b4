"""All, most, some, few, none."""

from __future__ import annotations

import pytest

from briefwell.verification.evidence import Evidence
from briefwell.verification.guards.quantifiers import check

HOLDS = [
    ("All ports closed.", "All ports closed."),
    ("Some of the ports closed.", "Some of the ports closed."),
    ("Each port closed.", "Every port closed."),
    ("Most ports closed.", "Most ports closed in May."),
    ("Few ports closed.", "Few ports closed."),
    ("A few ports closed.", "A few ports closed."),
    ("A little of the sum was spent.", "A little of the sum was spent."),
    ("No port closed.", "No port closed."),
    ("Both ports closed.", "Both ports closed."),
    ("Only Lima closed.", "Only Lima closed."),
    ("Ports often close.", "Ports often close."),
    ("The ports closed.", "The ports closed, and many men left."),
    ("The whole port closed.", "The entire port closed."),
    ("Several ports closed.", "A number of ports closed."),
    ("Ports closed.", "Ports closed for most of May."),
    ("Half of the ports closed.", "Half the ports closed."),
]

FAILS = [
    ("All ports closed.", "Some ports closed.", "Some"),
    ("All ports closed.", "Most ports closed.", "Most"),
    ("All ports closed.", "The ports closed.", "All"),
    ("Ports closed.", "Some ports closed.", "Some"),
    ("The ports closed.", "Most of the ports closed.", "Most"),
    ("The ports closed.", "Few of the ports closed.", "Few"),
    ("Many ports closed.", "Few ports closed.", "Few"),
    ("A few ports closed.", "Few ports closed.", "Few"),
    ("Few ports closed.", "A few ports closed.", "A few"),
    ("A little wool was sold.", "Little wool was sold.", "Little"),
    ("Most ports closed.", "Many ports closed.", "Many"),
    ("Ports always close.", "Ports often close.", "often"),
    ("Ports never close.", "Ports rarely close.", "rarely"),
    ("All ports closed.", "No ports closed.", "No"),
    ("Only Lima closed.", "Lima closed.", "Only"),
    ("Every port closed.", "Several ports closed.", "Several"),
    ("The trade is entirely legal.", "The trade is mostly legal.", "mostly"),
    ("Many men left.", "Hundreds of men left.", "Hundreds"),
]


@pytest.mark.parametrize(("statement", "source"), HOLDS)
def test_holds(statement: str, source: str) -> None:
    assert check(statement, Evidence(sentences=(source,))) is None


@pytest.mark.parametrize(("statement", "source", "reason"), FAILS)
def test_fails(statement: str, source: str, reason: str) -> None:
    finding = check(statement, Evidence(sentences=(source,)))
    assert finding is not None
    assert f"“{reason}”" in finding.reason
