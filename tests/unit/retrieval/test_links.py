"""Questions that need several documents: named ones, and those that these mention."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefwell import Assistant, Settings
from doubles import HashEmbedder

TEXTS = {
    "aster.md": "# Aster Bridge\n\nThe Aster Bridge was drawn by Olga Brandt.\n",
    "brandt.md": "# Olga Brandt\n\nShe was born in Linden and later taught drawing there.\n",
    "tower.md": "# Corvo Tower\n\nThe Corvo Tower was drawn by Ivo Salk. It has a clock.\n",
    "award.md": "# Prize note\n\nThe seventh prize of the guild went to Ivo Salk for a clock.\n",
    "salk.md": "# Ivo Salk\n\nHe was taught by an aunt in Linden.\n",
    "manual.md": "# Manual\n\n## Silver gate rules\n\nLamps are lit at dusk. Bells ring.\n\n"
    "## Other matters\n\nThe keeper writes a diary of the gate, the rules and the silver.\n",
    "letter.md": "# Letter\n\nThe quartermaster was told to read the Silver gate rules at noon.\n",
    "noise.md": "# Bridges\n\n"
    + "".join(f"Bridge {n} was born of need and drawn in haste.\n\n" for n in range(30)),
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place = tmp_path_factory.mktemp("links")
    documents = place / "documents"
    documents.mkdir()
    for name, text in TEXTS.items():
        (documents / name).write_text(text, encoding="utf-8")
    with Assistant.open(
        documents=documents, index=place / "index", settings=Settings(), embedder=HashEmbedder()
    ) as assistant:
        assistant.reindex()
        yield assistant


def sources(assistant: Assistant, question: str, **limits: object) -> set[str]:
    return {passage.source for passage in assistant.retrieve(question, k=4, **limits)}


def test_a_mention_in_a_named_document_is_followed_one_step(opened: Assistant) -> None:
    found = sources(opened, "Where was the person born who drew the Aster Bridge?")
    assert {"aster.md", "brandt.md"} <= found


def test_each_document_a_question_names_has_a_passage(opened: Assistant) -> None:
    found = sources(opened, "Which is older, the Aster Bridge or the Corvo Tower?")
    assert {"aster.md", "tower.md"} <= found


def test_where_no_document_is_named_the_best_passage_is_followed(opened: Assistant) -> None:
    question = "By whom was the winner of the seventh prize of the guild taught?"
    found = [passage.source for passage in opened.retrieve(question, k=4)]
    assert found[0] == "award.md"
    assert "salk.md" in found


def test_a_link_to_a_section_leads_into_that_section(opened: Assistant) -> None:
    question = "What was the quartermaster told to read?"
    found = opened.retrieve(question, k=3)
    assert found[0].source == "letter.md"
    (led_to,) = [item for item in found if item.source == "manual.md"]
    assert led_to.heading_path[-1] == "Silver gate rules"


def test_a_section_the_question_names_has_a_passage(opened: Assistant) -> None:
    found = opened.retrieve("When are lamps lit under the Silver gate rules?", k=2)
    assert [item.heading_path[-1] for item in found if item.source == "manual.md"] == [
        "Silver gate rules"
    ]


def test_a_link_does_not_leave_the_chosen_sources(opened: Assistant) -> None:
    question = "Where was the person born who drew the Aster Bridge?"
    assert sources(opened, question, sources=["aster.md", "noise.md"]) <= {"aster.md", "noise.md"}
