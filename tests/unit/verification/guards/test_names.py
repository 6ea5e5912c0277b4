"""Names must be there, whole, and do what they do in the source."""

from __future__ import annotations

import pytest

from briefwell.verification.evidence import Evidence
from briefwell.verification.guards.names import check

HOLDS = [
    ("Mexico signed the pact.", "Mexico signed the pact."),
    ("Exports rose.", "Exports rose in Mexico."),
    ("The U.S. left.", "The United States left."),
    ("The US left.", "The U.S. left."),
    ("Wilson asked Congress.", "President Woodrow Wilson asked Congress."),
    ("In Mexico, Wilson spoke.", "Wilson spoke in Mexico."),
    ("Poland was invaded by Germany.", "Germany invaded Poland."),
    ("The NTA grew.", "The National Trade Agency (NTA) grew."),
    ("The National Trade Agency grew.", "The NTA grew."),
    ("The UN voted.", "The United Nations voted."),
    ("The pact held.", "The Harbour Pact held."),
    ("Mexico’s port closed.", "Mexico's port closed."),
    ("Ambassador Lee left Lima.", "Ambassador Lee left Lima in 1990."),
    ("Trade with Peru grew.", "Trade with Peru grew, but trade with Chile fell."),
    ("New Mexico joined.", "New Mexico joined."),
]

FAILS = [
    ("There Canada signed the pact.", "There Mexico signed the pact.", "Canada"),
    ("The pact with Canada held.", "The pact with Mexico held.", "Canada"),
    ("The pact with Mexico held.", "The Mexican pact held.", "Mexican, not Mexico"),
    ("The Mexican port closed.", "The port of Mexico closed.", "Mexico, not Mexican"),
    ("Poland invaded Germany.", "Germany invaded Poland.", "each other's place"),
    ("Then Canada told Peru to leave.", "Then Peru told Canada to leave.", "each other's place"),
    ("The state of Mexico joined.", "The state of New Mexico joined.", "New Mexico"),
    ("The men of Korea left.", "The men of North Korea left.", "North Korea"),
    ("There President Smith signed.", "There Vice President Smith signed.", "Vice President"),
    ("There Minister Lee left.", "There former Minister Lee left.", "former Minister"),
    ("The NATO pact held.", "The EU pact held.", "NATO"),
    ("Woodrow Wilson left.", "Edith Wilson left.", "Woodrow"),
    ("The plan of Ambassador Lee failed.", "The plan of Ambassador Roe failed.", "Lee"),
    ("The pact of Lima held.", "The pact held.", "Lima"),
    ("The men of America voted.", "The men of Latin America voted.", "Latin America"),
    ("Germany was invaded by Poland.", "Germany invaded Poland.", "place"),
]


@pytest.mark.parametrize(("statement", "source"), HOLDS)
def test_holds(statement: str, source: str) -> None:
    aliases = ((("national", "trade", "agency"), "nta"),)
    assert check(statement, Evidence(sentences=(source,), aliases=aliases)) is None


@pytest.mark.parametrize(("statement", "source", "reason"), FAILS)
def test_fails(statement: str, source: str, reason: str) -> None:
    finding = check(statement, Evidence(sentences=(source,)))
    assert finding is not None
    assert reason in finding.reason


def test_a_name_beside_the_passage_may_stand_for_a_pronoun_in_it() -> None:
    around = "Wilson went to Congress."
    with_pronoun = Evidence(sentences=("There he asked for war.",), context=around)
    assert check("There Wilson asked for war.", with_pronoun) is None
    without = Evidence(sentences=("There many asked for war.",), context=around)
    assert check("There Wilson asked for war.", without) is not None
