"""What names a document, and where a text mentions a name."""

from __future__ import annotations

import pytest

from briefwell.text import stems
from briefwell.text.acronyms import explained
from briefwell.text.naming import (
    Wording,
    defined_names,
    name_of_heading,
    name_of_subject,
    names_of_title,
)


def mentioned(text: str, name: str) -> int:
    key = tuple(stems(name))
    return len(list(Wording(text).mentions({key[0]: {key: 1}})))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("It was led by Olga Brandt in May.", "Olga Brandt", 1),
        ("Olga Brandt led it. Later Olga Brandt left.", "Olga Brandt", 2),
        ("It was led by olga brandt.", "Olga Brandt", 0),
        ("See the note Border management for more.", "Border management", 1),
        ("Good border management needs people.", "Border management", 0),
        ("Border management needs people.", "Border management", 0),
        ("Some text.\nBorder management needs people.", "Border management", 0),
        ("Border Management needs people.", "Border Management", 1),
        (
            "The road of the seven silent bridges is long.",
            "The road of the seven silent bridges",
            1,
        ),
        ("Trade grew.", "Trade", 0),
        ("Much was said. Trade grew.", "Trade", 0),
        ("- Trade grew.", "Trade", 0),
        ("Nations | Trade", "Trade", 0),
        ("He said: “Trade grew.”", "Trade", 0),
        ("The film “Trade” was long.", "Trade", 1),
        ("The US Trade Representative spoke.", "Trade", 0),
        ("He saw the film Trade in May.", "Trade", 1),
        ("NAFTA was replaced.", "NAFTA", 1),
        ("The G20 met.", "G20", 1),
        ("They met in 1984.", "The 1984 Report", 0),
    ],
)
def test_a_mention_is_written_as_a_name_is(text: str, name: str, expected: int) -> None:
    assert mentioned(text, name) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Trade", {"trade"}),
        ("Mercury (planet)", {"mercuri planet", "mercuri"}),
        ("1984", set()),
        ("The", set()),
        ("¿?", set()),
        ("word " * 17, set()),
    ],
)
def test_names_of_a_title(title: str, expected: set[str]) -> None:
    assert {" ".join(name) for name in names_of_title(title)} == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Introduction", ""),
        ("2.1 Border management", "border manag"),
        ("IV. The Joint Plan", "the joint plan"),
        ("Trade and the", ""),
        ("2020 2021", ""),
    ],
)
def test_name_of_a_heading(heading: str, expected: str) -> None:
    assert " ".join(name_of_heading(heading)) == expected


def test_names_given_in_so_many_words() -> None:
    text = 'The plan (the “Joint Plan”), the firm (hereinafter "Norvik Lines") and (the “Plan”).'
    assert defined_names(text) == [("joint", "plan"), ("norvik", "line")]
    assert defined_names("“Customs Area” means the land north of it.") == [("custom", "area")]


def test_names_that_a_text_adds_to_one() -> None:
    text = "The town, also known as Old Norvik Hill. It was formerly called “Port Ellery” and Ely."
    assert defined_names(text) == [("old", "norvik", "hill"), ("port", "elleri")]


@pytest.mark.parametrize(
    ("opening", "title", "expected"),
    [
        ("Frederick Barbarossa (1122–1190) was emperor.", "Frederick I", "frederick barbarossa"),
        ("The Norvik Coast Fund is a fund.", "Norvik fund note", "norvik coast fund"),
        ("Johann Ernst of Eisen (Gotha, 9 July), was a duke.", "Eisen", "johann ernst of eisen"),
        ("The Mexican Government is strong.", "Trade", ""),
        ("Barbarossa was emperor.", "Barbarossa the emperor", ""),
        ("In May, Frederick Barbarossa was emperor.", "Frederick I", ""),
    ],
)
def test_the_other_name_of_a_subject(opening: str, title: str, expected: str) -> None:
    assert " ".join(name_of_subject(opening, title)) == expected


def test_acronyms_are_explained_before_and_in_brackets() -> None:
    assert explained("The High Level Economic Dialogue (HLED) met.") == [
        ("HLED", ("high", "level", "econom", "dialogu"))
    ]
    assert explained("The HLED (High-Level Economic Dialogue) met.") == [
        ("HLED", ("high", "level", "econom", "dialogu"))
    ]
    assert explained("They met in May (HLED) and left.") == []
