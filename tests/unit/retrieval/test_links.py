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


def test_a_link_does_not_leave_the_chosen_sources(opened: Assistant) -> None:
    question = "Where was the person born who drew the Aster Bridge?"
    assert sources(opened, question, sources=["aster.md", "noise.md"]) <= {"aster.md", "noise.md"}
