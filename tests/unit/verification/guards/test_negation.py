"""Denials and reversals."""

from __future__ import annotations

import pytest

from briefwell.verification.evidence import Evidence
from briefwell.verification.guards.negation import check

HOLDS = [
    ("Mexico signed the pact.", "Mexico signed the pact."),
    ("Mexico did not sign the pact.", "Mexico didn't sign the pact."),
    ("Mexico did not sign the pact.", "Mexico failed to sign the pact."),
    ("Mexico signed the pact.", "Mexico signed the pact but did not ratify it."),
    ("Mexico never signed.", "Mexico never signed."),
    ("Exports rose.", "Exports increased."),
    ("Exports fell.", "Exports fell and imports rose."),
    ("Exports fell in May.", "Exports declined in May."),
    ("The talks ended in May.", "The talks concluded in May."),
    ("Peru declined the loan.", "Peru declined the loan."),
    ("Mexico denied the report.", "Mexico denied the report."),
    ("Peru joined, while Chile did not.", "Peru joined, while Chile did not."),
    ("It passed without debate.", "It passed without debate."),
    ("Neither side won.", "Neither side won."),
    ("Mexico supports the plan.", "Mexico supports the plan; Peru opposes it."),
    ("Trade before the war was small.", "Trade before the war was small."),
    ("The border is closed.", "The border is closed."),
    ("Mexico signed the pact.", "Peru did not object; Mexico signed the pact."),
]

FAILS = [
    ("Mexico signed the pact.", "Mexico did not sign the pact.", "not"),
    ("Mexico did not sign the pact.", "Mexico signed the pact.", "not"),
    ("Mexico signed the pact.", "Mexico refused to sign the pact.", "refused"),
    ("Mexico signed the pact.", "Mexico failed to sign the pact.", "failed"),
    ("Mexico will leave.", "Officials deny that Mexico will leave.", "deny"),
    ("Mexico never signed the pact.", "Mexico signed the pact.", "never"),
    ("It passed with debate.", "It passed without debate.", "without"),
    ("Exports rose.", "Exports fell.", "fell"),
    ("Exports increased in May.", "Exports declined in May.", "declined"),
    ("Mexico supports the plan.", "Mexico opposes the plan.", "opposes"),
    ("Trade grew before the war.", "Trade grew after the war.", "after"),
    ("Trade grew after the war.", "Trade grew before the war.", "before"),
    ("Imports rose.", "Exports rose.", "Exports"),
    ("Mexico joined the pact.", "Mexico left the pact.", "left"),
    ("The Senate approved the treaty.", "The Senate rejected the treaty.", "rejected"),
    ("The war ended in spring.", "The war began in spring.", "began"),
    ("No minister resigned.", "A minister resigned.", "No"),
    ("Peru dropped the loan.", "Peru declined the loan.", "declined"),
    ("Peru declined the loan.", "Peru dropped the loan.", "dropped"),
    ("The pact was ended in May.", "The pact was concluded in May.", "concluded"),
    ("The envoys ended an accord.", "The envoys concluded an accord.", "concluded"),
    ("The port was finished in May.", "The port was terminated in May.", "terminated"),
]


@pytest.mark.parametrize(("statement", "source"), HOLDS)
def test_holds(statement: str, source: str) -> None:
    assert check(statement, Evidence(sentences=(source,))) is None


@pytest.mark.parametrize(("statement", "source", "reason"), FAILS)
def test_fails(statement: str, source: str, reason: str) -> None:
    finding = check(statement, Evidence(sentences=(source,)))
    assert finding is not None
    assert f"“{reason}”" in finding.reason
