"""Follow-ups as people ask them: each case was written before the code that answers it."""

from __future__ import annotations

import pytest

from briefwell.answering import resolve
from briefwell.types import Turn


def turns(*contents: str) -> list[Turn]:
    """User and assistant in turn, the user first."""
    return [
        Turn(role="assistant" if number % 2 else "user", content=content)
        for number, content in enumerate(contents)
    ]


# Where two readings are as good, both are allowed.
REWRITTEN = [
    (
        ("How much compensation did the owners receive for the mines?",),
        "When did they receive it?",
        ["When did the owners receive the compensation?"],
    ),
    (
        ("What is the Northern Sea Route?",),
        "How long is it?",
        ["How long is the Northern Sea Route?"],
    ),
    (
        ("What is the Atacama salt flat?",),
        "Who pumps its brine?",
        ["Who pumps the Atacama salt flat’s brine?"],
    ),
    (("Who is Gabriel Boric?",), "What has he promised?", ["What has Gabriel Boric promised?"]),
    (
        ("Who is Nadia Qureshi?",),
        "Which road did she open?",
        ["Which road did Nadia Qureshi open?"],
    ),
    (
        ("What do the communities of Peine and Toconao say?",),
        "Were they consulted?",
        ["Were the communities of Peine and Toconao consulted?"],
    ),
    (
        ("When was the Moyale crossing reopened?",),
        "Who signed the agreement about it?",
        ["Who signed the agreement about the Moyale crossing?"],
    ),
    (
        ("What is the African Continental Free Trade Area?",),
        "Who has not signed it?",
        ["Who has not signed the African Continental Free Trade Area?"],
    ),
    (
        (
            "Who signed the agreement for Kenya?",
            "Kenya's trade minister, Rebecca Miano, signed it. [1]",
        ),
        "When did she sign it?",
        [
            "When did Rebecca Miano sign the agreement for Kenya?",
            "When did Rebecca Miano sign the agreement?",
        ],
    ),
    (
        (
            "Who leads the secretariat?",
            "The secretariat is led by Wamkele Mene of South Africa. [1]",
        ),
        "Where is he from?",
        ["Where is Wamkele Mene from?"],
    ),
    (
        ("Why did the Supreme Court suspend the tender?",),
        "Who had won it?",
        ["Who had won the tender?"],
    ),
    (
        ("What are the three tests ahead for the two countries?",),
        "What about the second one?",
        ["What is the second test ahead for the two countries?", "What is the second test?"],
    ),
    (
        ("What are the options in the memo?",),
        "What does the second one offer?",
        ["What does the second option offer?", "What does the second option in the memo offer?"],
    ),
    (
        ("Which pillars does the HLED have?",),
        "Tell me about the third one",
        ["Tell me about the third pillar", "Tell me about the third pillar of the HLED"],
    ),
    (
        ("What are the recommendations of the brief?",),
        "Why the first one?",
        ["Why the first recommendation of the brief?"],
    ),
    (
        ("List the goals of the Bicentennial Framework.",),
        "Explain the second goal.",
        [
            "Explain the second goal of the Bicentennial Framework.",
            "Explain the second goal of the Bicentennial Framework?",
            "Explain the second goal of the Bicentennial Framework",
        ],
    ),
    (
        ("How much nickel did Indonesia export in 2020?",),
        "And in 2019?",
        ["How much nickel did Indonesia export in 2019?"],
    ),
    (
        ("How many migrants did Mexico detain in 2018?",),
        "and in 2019?",
        ["How many migrants did Mexico detain in 2019?"],
    ),
    (
        ("What is Mexico's position on the USMCA?",),
        "And Canada?",
        ["What is Canada's position on the USMCA?"],
    ),
    (
        ("What is Mexico's position on the USMCA?",),
        "What about Canada's?",
        ["What is Canada's position on the USMCA?"],
    ),
    (
        ("How many nuclear icebreakers does Russia operate?",),
        "And Norway?",
        ["How many nuclear icebreakers does Norway operate?"],
    ),
    (
        ("What does the United States want from Mexico on migration?",),
        "And on trade?",
        ["What does the United States want from Mexico on trade?"],
    ),
    (("Who signed for Kenya?",), "And for Ethiopia?", ["Who signed for Ethiopia?"]),
    (
        ("When did Brazil recognize Texas?",),
        "How about France?",
        ["When did France recognize Texas?", "When did Brazil recognize France?"],
    ),
    (("What did the ministers agree on fuel?",), "Why?", ["Why did the ministers agree on fuel?"]),
    (
        ("Who signed the treaty of 1944?",),
        "When?",
        ["When signed the treaty of 1944?", "When was the treaty of 1944 signed?"],
    ),
    (("Who opposes the energy reform?",), "Who else?", ["Who else opposes the energy reform?"]),
    (
        ("Which countries joined the pilot scheme?",),
        "Any others?",
        [
            "Which countries joined the pilot scheme?",
            "Which other countries joined the pilot scheme?",
        ],
    ),
    (
        ("What is the Bicentennial Framework?",),
        "What about its author?",
        [
            "What is the Bicentennial Framework’s author?",
            "What about the Bicentennial Framework’s author?",
            "Who is the Bicentennial Framework’s author?",
        ],
    ),
    (
        ("How many jobs does trade with Mexico support?",),
        "since when?",
        [
            "Since when does trade with Mexico support?",
            "How many jobs does trade with Mexico support?",
        ],
    ),
    (("How much did the road cost?",), "And how long is it?", ["How long is the road?"]),
    (("What is saiko?",), "Is that legal?", ["Is saiko legal?"]),
    (
        ("What replaced NAFTA?", "The USMCA replaced NAFTA in mid-2020. [1]"),
        "When did that happen?",
        [
            "When did NAFTA happen?",
            "What replaced NAFTA? When did that happen?",
            "When did the USMCA replace NAFTA?",
        ],
    ),
    (
        ("What are the goals of the European Green Deal?",),
        "When was it adopted?",
        ["When was the European Green Deal adopted?"],
    ),
    (
        ("How many troops did France send to Mali?",),
        "And to Niger?",
        ["How many troops did France send to Niger?"],
    ),
    (
        ("What did Chile and Peru agree on?",),
        "Did they sign a treaty?",
        ["Did Chile and Peru sign a treaty?"],
    ),
    (
        ("What does the report say about water?",),
        "And about energy?",
        ["What does the report say about energy?"],
    ),
    (("When was the dam built?",), "How much did it cost?", ["How much did the dam cost?"]),
    (
        ("Did Turkey ratify the convention?",),
        "Why not?",
        ["Why did Turkey not ratify the convention?"],
    ),
    (
        ("What sanctions did the EU impose on Belarus?",),
        "And the United States?",
        ["What sanctions did the United States impose on Belarus?"],
    ),
    (
        ("What is the second pillar of the HLED?",),
        "Who is responsible for that one?",
        ["Who is responsible for the second pillar of the HLED?"],
    ),
    (
        ("How did Mexico react to the tariffs?",),
        "How did Canada react to them?",
        ["How did Canada react to the tariffs?"],
    ),
    (
        ("What is the price of lithium?",),
        "How has it changed since 2020?",
        ["How has the price of lithium changed since 2020?"],
    ),
]

KEPT = [
    (("What is the Northern Sea Route?",), "How many barrels does Saudi Arabia pump?"),
    (("Who is Gabriel Boric?",), "What is the first pillar of the HLED?"),
    (("What are the four pillars of the HLED?",), "Who was the last ambassador to Mexico?"),
    (("What is the USMCA?",), "Is it true that Haiti owes 130 million dollars?"),
    (
        ("How long is the Northern Sea Route?",),
        "What did President Biden say about his visit to Mexico?",
    ),
    (
        ("What are the options in the memo?",),
        "In 2019, how many tons of fish were caught off Ghana?",
    ),
    (("What is the Merida Initiative?",), "What does this article say about trade?"),
    (("What is the Merida Initiative?",), "Why did the Supreme Court suspend the tender?"),
    (("What is the Merida Initiative?",), "Thanks!"),
    (
        ("What is the HLED?", "The HLED is a dialogue. [1]"),
        "Which ministers met in Accra and what did they decide?",
    ),
    (("What is the HLED?",), "When did Mexico and its partners sign the USMCA?"),
]


@pytest.mark.parametrize(("earlier", "question", "expected"), REWRITTEN)
def test_a_follow_up_is_made_whole(
    earlier: tuple[str, ...], question: str, expected: list[str]
) -> None:
    assert resolve(question, turns(*earlier)) in expected


@pytest.mark.parametrize(("earlier", "question"), KEPT)
def test_a_change_of_topic_is_kept(earlier: tuple[str, ...], question: str) -> None:
    assert resolve(question, turns(*earlier)) == question
