"""What a question asks for."""

from __future__ import annotations

import pytest

from briefwell.answering.parting import parts
from briefwell.answering.questions import Kind, analyse

KINDS = [
    ("Who signed the treaty?", Kind.WHO),
    ("When did the port open?", Kind.WHEN),
    ("In which year did the port open?", Kind.WHEN),
    ("Where was the treaty signed?", Kind.WHERE),
    ("Where does Norway rank for crime?", Kind.OTHER),
    ("Where does Norway stand in the index?", Kind.OTHER),
    ("How many ships came?", Kind.NUMBER),
    ("What share of trade is by sea?", Kind.NUMBER),
    ("What are the three aims of the plan?", Kind.LIST),
    ("Which sectors does the plan cover?", Kind.LIST),
    ("Why did the port close?", Kind.WHY),
    ("What makes people leave the coast?", Kind.WHY),
    ("How does the lock work?", Kind.HOW),
    ("What is the Harbour Board?", Kind.DEFINITION),
    ("Does the author expect a new port?", Kind.POSITION),
    ("Is the port open?", Kind.YES_NO),
    ("Who wrote this report?", Kind.AUTHOR),
    ("What is the difference between the port and the quay?", Kind.COMPARE),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: Kind) -> None:
    assert analyse(text).kind is kind


def test_a_counted_list_says_what_and_how_many() -> None:
    asked = analyse("What are the four pillars of the Harbour Plan?")
    assert (asked.counted, asked.count) == ("pillar", 4)


def test_what_is_counted_is_named_with_its_attributes() -> None:
    assert analyse("How many Danish ships came in 1901?").amount_of == ("danish", "ship")
    assert analyse("How many Haitians came to Texas?").amount_of == ("haitian",)
    counted = analyse("How many United States ships came?").amount_of
    assert counted == ("unit", "state", "ship")


def test_years_and_ordinals_are_anchors() -> None:
    assert analyse("What did the fifth clause of 1901 say?").anchors == ("fifth", "1901")


def test_names_are_found_without_the_opening_word() -> None:
    assert analyse("Did Mexico City sign before Texas?").names == ("Mexico City", "Texas")


def test_a_comparison_has_two_sides() -> None:
    asked = analyse("What is the difference between the old quay and the new port?")
    assert asked.sides == ("the old quay", "the new port")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Who sent the letter, and when did it arrive?",
            ("Who sent the letter?", "when did it arrive?"),
        ),
        ("What is known about how ships float?", ("What is known about how ships float?",)),
        ("Which port opened first, Aden or Basra?", ("Which port opened first, Aden or Basra?",)),
    ],
)
def test_questions_in_parts(text: str, expected: tuple[str, ...]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize("text", ["", "?", "and", "\x00", "¿Qué?", "a" * 5000, "2021"])
def test_any_string_is_a_question(text: str) -> None:
    assert analyse(text).text == " ".join(text.split())
