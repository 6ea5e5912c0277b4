"""The article among 432 pages on the history of US foreign relations: the right one answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefwell
from journey.cases import ARTICLE

pytestmark = [
    pytest.mark.model,
    pytest.mark.slow,
    pytest.mark.timeout(900),
]

MEXICO = "country_mexico.txt"


@pytest.fixture(scope="module")
def library(
    shared: Path, compiled_models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[briefwell.Assistant]:
    place = tmp_path_factory.mktemp("historian")
    shutil.copytree(shared / "eval" / "historian-docs" / "docs", place / "documents")
    shutil.copy(shared / "seed" / "docs" / ARTICLE, place / "documents")
    shutil.copytree(compiled_models, place / "index" / "models")
    with briefwell.Assistant.open(
        documents=place / "documents", index=place / "index", settings=briefwell.Settings()
    ) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def report(library: briefwell.Assistant) -> briefwell.IndexReport:
    return library.reindex()


def test_all_432_files_and_the_article_are_indexed_without_a_failure(library, report):
    assert report.failed == ()
    assert len(report.added) == 433
    assert library.reindex().unchanged == report.added


@pytest.mark.parametrize(
    ("question", "source", "said"),
    [
        ("When did the United States recognize Mexico?", MEXICO, "December 12, 1822"),
        ("Who recognized Mexico's independence for the United States?", MEXICO, "James Monroe"),
        (
            "When was the American legation in Mexico raised to an embassy?",
            MEXICO,
            "January 3, 1899",
        ),
        ("What are the four pillars of the HLED?", ARTICLE, "investing in our people"),
        ("When are the HLED's working groups due to report?", ARTICLE, "November 2021"),
        ("Which U.S. vice president helped launch the HLED?", ARTICLE, "Kamala Harris"),
    ],
)
@pytest.mark.usefixtures("report")
def test_each_question_is_answered_from_the_right_document(library, question, source, said):
    answer = library.ask(question)
    assert answer.abstention is None
    assert said in " ".join(line.text for line in answer.statements)
    carrying = [line for line in answer.statements if said in line.text]
    assert source in {item.source for line in carrying for item in line.citations}
