"""Questions for a part of a document that its headings name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from briefwell import Assistant, Settings
from briefwell.types import Answer
from doubles import HashEmbedder

BRIEF = """# The ferry to Sandholm

Author: Runa Aske

## Background

The ferry to Sandholm has lost a third of its passengers since 2015.

## Options

Three ways are open:

- Sell the ferry to the islanders.
- Sail twice a day in winter.
- Build a bridge by 2031.

## Policy recommendations

Sail twice a day in winter. Ask the islanders again in 2027.

## Conclusion

The bridge is too dear.
"""
OTHER = """# Apples of Lund

Growers say that the frost of 2021 cost them a third of the harvest.

## Recommendations of earlier reports

Plant later kinds.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    place = tmp_path_factory.mktemp("sections")
    folder = place / "documents"
    folder.mkdir()
    (folder / "ferry.md").write_text(BRIEF, encoding="utf-8")
    (folder / "apples.md").write_text(OTHER, encoding="utf-8")
    with Assistant.open(
        documents=folder,
        index=place / "index",
        settings=Settings(state=place / "state"),
        embedder=HashEmbedder(),
    ) as assistant:
        assistant.reindex()
        yield assistant.ask


def said(answer: Answer) -> list[str]:
    return [line.text for line in answer.statements if line.citations]


@pytest.mark.parametrize(
    "question",
    [
        "What does the brief recommend?",
        "What are the policy recommendations?",
        "What does Runa Aske recommend?",
        "What are the recommendations of the ferry brief?",
    ],
)
def test_a_part_is_answered_with_what_stands_in_it(ask, question):
    answer = ask(question)
    assert said(answer) == ["Sail twice a day in winter.", "Ask the islanders again in 2027."]
    assert answer.statements[0].text == "Under the heading “Policy recommendations”:"


def test_a_list_is_given_whole(ask):
    assert said(ask("What are the options?"))[-3:] == [
        "Sell the ferry to the islanders.",
        "Sail twice a day in winter.",
        "Build a bridge by 2031.",
    ]


def test_a_verb_of_the_same_family_names_the_part(ask):
    assert said(ask("What does the report conclude?")) == ["The bridge is too dear."]


@pytest.mark.parametrize(
    "question",
    ["What does the brief recommend on apples?", "When were the recommendations made?"],
)
def test_a_question_for_less_than_the_part_is_not_answered_with_all_of_it(ask, question):
    assert "Ask the islanders again in 2027." not in said(ask(question))
