"""Follow-ups are made whole; what stands alone is left alone."""

from __future__ import annotations

import pytest

from briefwell.answering import resolve
from briefwell.types import Turn


def turns(*contents: str) -> list[Turn]:
    """Earlier questions, without their answers."""
    return [Turn(role="user", content=content) for content in contents]


HLED = "What is the High Level Economic Dialogue?"
PILLARS = "What are the four pillars of the HLED?"

REWRITTEN = [
    (
        (HLED,),
        "And when are its working groups due to report?",
        "When are the High Level Economic Dialogue’s working groups due to report?",
    ),
    (("What is the USMCA?",), "What did it replace?", "What did the USMCA replace?"),
    (
        ("What replaced the Merida Initiative?",),
        "When was it approved?",
        "When was the Merida Initiative approved?",
    ),
    ((PILLARS,), "And what about the fourth one?", "What is the fourth pillar of the HLED?"),
    ((PILLARS,), "What does the third one cover?", "What does the third pillar of the HLED cover?"),
    (
        ("What is the first pillar of the HLED?",),
        "And what about the second?",
        "What is the second pillar of the HLED?",
    ),
    (("What is the second pillar about?",), "And the third?", "What is the third pillar about?"),
    (
        (PILLARS,),
        "Which items do the pillars cover?",
        "Which items do the pillars of the HLED cover?",
    ),
    (("When did the USMCA replace NAFTA?",), "Why?", "Why did the USMCA replace NAFTA?"),
    (("What is the HLED?", "When was it launched?"), "By whom?", "By whom was the HLED launched?"),
    (
        ("How many jobs does trade support in the United States?",),
        "And in Mexico?",
        "How many jobs does trade support in Mexico?",
    ),
    (
        ("When did the United States recognize Mexico?",),
        "And Texas?",
        "When did the United States recognize Texas?",
    ),
    (
        ("When did the United States recognize Canada?",),
        "and Mexico?",
        "When did the United States recognize Mexico?",
    ),
    (
        ("When did the United States recognize Canada?",),
        "why?",
        "Why did the United States recognize Canada?",
    ),
    (
        ("When did the United States recognize Mexico?",),
        "What about Texas?",
        "When did the United States recognize Texas?",
    ),
    (
        ("What did the United States do in 1914?",),
        "And in 1916?",
        "What did the United States do in 1916?",
    ),
    (
        ("Who is Earl Anthony Wayne?",),
        "When was he ambassador?",
        "When was Earl Anthony Wayne ambassador?",
    ),
    (
        ("What did Kamala Harris do in June?",),
        "Did she launch the HLED?",
        "Did Kamala Harris launch the HLED?",
    ),
    (
        ("What is the Bicentennial Framework?",),
        "What does this framework cover?",
        "What does the Bicentennial Framework cover?",
    ),
    (
        ("What are the root causes of migration?",),
        "Who is working on them?",
        "Who is working on the root causes of migration?",
    ),
    (
        ("Does Mexico support the framework?",),
        "Did its president say so?",
        "Did Mexico’s president say so?",
    ),
    (
        ("Who wrote this article?",),
        "What was his post in Mexico?",
        "What was the author of this article’s post in Mexico?",
    ),
    (("What is the Merida Initiative?",), "Tell me more", "What is the Merida Initiative?"),
    (("Who launched the renewed HLED?",), "When?", "When was the renewed HLED launched?"),
    (("Who wrote the report?",), "Why?", "Why was the report written?"),
    (("What caused the delays in Laredo?",), "When?", "When were the delays in Laredo caused?"),
    (
        ("What concerns does the US have about Mexican policies?",),
        "And what about Mexico's concerns?",
        "What are Mexico's concerns?",
    ),
    (("What is Mexico's position?",), "And Canada's position?", "What is Canada's position?"),
    (
        ("What is the top US priority with Mexico?",),
        "And the second-biggest?",
        "What is the second-biggest US priority with Mexico?",
    ),
    (
        ("Which state has the largest port?",),
        "And the smallest one?",
        "Which state has the smallest port?",
    ),
    (
        ("How are homicides in Mexico developing?",),
        "And overdose deaths in the US?",
        "How are overdose deaths in the US developing?",
    ),
    (("What happened on October 8?",), "What comes next?", "What comes after October 8?"),
    (("What happened on October 8?",), "And then?", "What happened after October 8?"),
    ((PILLARS,), "And the last one?", "What is the fourth pillar of the HLED?"),
    (
        ("What does the second pillar cover?",),
        "And the next one?",
        "What does the third pillar cover?",
    ),
    (
        ("What does the second pillar cover?",),
        "And the previous one?",
        "What does the first pillar cover?",
    ),
    (
        ("How many people crossed the border in 2021?",),
        "Where did most of them come from?",
        "Where did most of people come from?",
    ),
    (
        ("How many people crossed the border in 2021?",),
        "How about the year before?",
        "How many people crossed the border in 2020?",
    ),
    (
        ("What did the council decide in 1999?",),
        "And a year later?",
        "What did the council decide in 2000?",
    ),
    (
        ("What are the options in the paper?",),
        "Which one does it recommend?",
        "Which option does the paper recommend?",
    ),
    (
        ("Does the treaty allow inspections?",),
        "Under what conditions?",
        "Under what conditions does the treaty allow inspections?",
    ),
    (
        ("Which countries signed the accord?",),
        "Did Norway?",
        "Which countries signed the accord, and did Norway?",
    ),
    (
        ("Which countries signed the accord?",),
        "And which did not?",
        "Which countries signed the accord, and which did not?",
    ),
    (
        ("Compare the USMCA with NAFTA.",),
        "Which of them is newer?",
        "Which of the USMCA and NAFTA is newer?",
    ),
    (
        ("Compare the USMCA with NAFTA.",),
        "What does the former say on labor?",
        "What does the USMCA say on labor?",
    ),
    (
        ("What is the difference between Option A and Option B?",),
        "What does the latter cost?",
        "What does Option B cost?",
    ),
    (
        ("What is the difference between Option A and Option B?",),
        "And the latter?",
        "What is Option B?",
    ),
    (("Did Mexico agree to it?",), "Says who?", "Did Mexico agree to it?"),
    (("Did Mexico agree?",), "How come?", "Why did Mexico agree?"),
    (
        ("How many people signed the letter?",),
        "Who was the first one?",
        "Who was the first person?",
    ),
    (("What did Mexico agree to?",), "When was that?", "When did Mexico agree to?"),
    (
        ("What did Mexico agree to?",),
        "Can you give more detail on this?",
        "What did Mexico agree to?",
    ),
    (("When was the pact signed?",), "And ratified?", "When was the pact ratified?"),
    (
        ("What are the risks?",),
        "Which is the most serious?",
        "Which of the risks is the most serious?",
    ),
    (
        (PILLARS, "And what about the fourth one?"),
        "And the one before?",
        "What is the third pillar of the HLED?",
    ),
    (
        ("What is the HLED?",),
        "List the documents that mention it.",
        "List the documents that mention the HLED.",
    ),
    (("What is the HLED?",), "Summarize that.", "What is the HLED?"),
    (
        ("Why do Central Americans leave home?",),
        "Where do they go?",
        "Where do Central Americans go?",
    ),
]

KEPT = [
    ((HLED,), "How many Haitian migrants arrived at the Texas border in September 2021?"),
    (("What is the USMCA?",), "What is the population of Mexico City?"),
    (("What is the HLED?",), "Is it true that Mexico is the largest trading partner?"),
    (("How did the U.S. respond?",), "Did Mexico change its policy?"),
    (("What is the Merida Initiative?",), "Who was the US ambassador from 2011 to 2015?"),
    (("What are the four pillars of the HLED?",), "When did the USMCA replace NAFTA?"),
    (("What is the USMCA?",), "Does the article expect reform of U.S. immigration law?"),
    ((), "And what about the fourth one?"),
    (("What is the HLED?",), "What is the latest brief about?"),
    ((PILLARS,), "What is the last chapter of the report about?"),
    (("How did Mexico respond to the tariffs?",), "What tariffs were these?"),
    ((PILLARS,), "Does Norway support the accord?"),
    ((PILLARS,), "Which is the longest river of Chile?"),
]


@pytest.mark.parametrize(("earlier", "question", "expected"), REWRITTEN)
def test_a_follow_up_is_made_whole(earlier: tuple[str, ...], question: str, expected: str) -> None:
    assert resolve(question, turns(*earlier)) == expected


@pytest.mark.parametrize(("earlier", "question"), KEPT)
def test_a_question_that_stands_alone_is_kept(earlier: tuple[str, ...], question: str) -> None:
    assert resolve(question, turns(*earlier)) == question


def test_a_person_named_in_the_answer_is_meant_by_he() -> None:
    history = [
        Turn(role="user", content="Who wrote the report?"),
        Turn(role="assistant", content="The report names Maria Lopez Vidal as its writer. [1]"),
    ]
    assert resolve("Where did she work?", history) == "Where did Maria Lopez Vidal work?"


def test_the_last_one_is_counted_from_the_answer() -> None:
    history = [
        Turn(role="user", content="What does the first pillar include?"),
        Turn(role="assistant", content="There are three pillars in this plan. [1]"),
    ]
    assert resolve("And the last one?", history) == "What does the third pillar include?"
