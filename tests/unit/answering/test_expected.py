"""Whether a sentence holds the kind of thing a question asks for."""

from __future__ import annotations

import pytest

from briefwell.answering.expected import (
    asked_deed,
    has_expected,
    has_new_name,
    lacks_date,
    lacks_measure,
    lacks_negation,
    names_other_post,
)
from briefwell.answering.questions import analyse
from briefwell.text import stem


@pytest.mark.parametrize(
    ("question", "sentence", "is_new"),
    [
        ("Who signed the Varn-Odde accord?", "The Varn-Odde accord of 1928 held.", False),
        ("Who signed the accord?", "The accord was signed by Anna Berg.", True),
    ],
)
def test_a_name_of_the_question_is_not_who_is_asked_for(
    question: str, sentence: str, is_new: bool
) -> None:
    assert has_new_name(analyse(question), sentence) is is_new


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many times has Lund won the cup?", "Lund won the cup twice as well."),
        ("How many kilometers of quay are there?", "There are 12 kilometres of quay."),
    ],
)
def test_an_amount_in_other_words_is_an_amount(question: str, sentence: str) -> None:
    assert has_expected(analyse(question), sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("Who did not sign the accord?", "Denmark signed the accord.", True),
        ("Who did not sign the accord?", "Denmark refused; Norway never signed.", False),
        ("Why didn't the port close?", "The port closed in 1953.", True),
        ("What non-member signed?", "Denmark signed as a non-member.", False),
        ("Who signed the accord?", "Denmark signed the accord.", False),
    ],
)
def test_what_a_question_denies_must_be_denied(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_negation(analyse(question), sentence) is lacks


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("How long is the quay?", "The quay of 1901 is long.", True),
        ("How long is the quay?", "The quay runs for 300 metres.", False),
        ("How long was Lund occupied?", "Lund was held from May 1915 until June 1918.", False),
        ("How much money did the board spend?", "The board spent it on 3 quays.", True),
        ("How much money did the board spend?", "The board spent $3 million.", False),
        ("Who built the quay?", "The quay is long.", False),
    ],
)
def test_a_measure_is_a_number_with_its_unit(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_measure(analyse(question), sentence) is lacks


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("When was the mine sold?", "He founded the mine.", True),
        ("When was the mine sold?", "The mine was sold in 1938.", False),
        ("When was the mine of 1938 sold?", "The mine of 1938 was rich.", True),
        ("When does the ferry wait?", "The ferry waits in heavy fog.", False),
    ],
)
def test_a_day_in_the_past_is_a_date(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_date(analyse(question), sentence) is lacks


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("In which city was the accord approved?", "The accord was approved on October 8."),
        ("Who won the cup?", "The cup was won in September."),
    ],
)
def test_a_month_is_no_place_and_nobody(question: str, sentence: str) -> None:
    assert not has_expected(analyse(question), sentence)


@pytest.mark.parametrize(
    ("question", "deed"),
    [
        ("Who succeeded Anna Berg as head of the port?", "succeeded"),
        ("Who did the council of Lund meet in 1953?", "meet"),
        ("Who was the head of the port?", ""),
        ("When did Anna Berg succeed him?", ""),
        ("Who?", ""),
    ],
)
def test_a_who_question_may_ask_who_did_something(question: str, deed: str) -> None:
    assert asked_deed(analyse(question)) == (stem(deed) if deed else "")


@pytest.mark.parametrize(
    ("question", "sentence", "is_other"),
    [
        ("Who is Peru's ambassador to Chile?", "She was Chile's ambassador to Peru.", True),
        ("Who is Peru's ambassador to Chile?", "Peru sent Ana Ruiz as envoy to Chile.", False),
        ("Who is Peru's ambassador to the United States?", "The envoy to the U.S. left.", False),
        ("Who was ambassador to Mexico?", "He was ambassador from 2011 to 2015.", False),
        ("Who was ambassador to Mexico?", "He was ambassador in May.", False),
        ("Who was ambassador to Mexico?", "He was ambassador in Mexico City.", False),
        ("Who is ambassador in Washington?", "The envoy to the United States left.", False),
        ("Who was ambassador?", "He was ambassador to Peru.", False),
    ],
)
def test_an_ambassador_to_another_country_is_not_asked_for(
    question: str, sentence: str, is_other: bool
) -> None:
    assert names_other_post(analyse(question), sentence) is is_other
