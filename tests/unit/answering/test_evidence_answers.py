"""Evidence answers over small documents: what is chosen, in which order, and when none is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from briefwell import Assistant, Settings
from briefwell.types import Answer, Verdict
from doubles import HashEmbedder

PORT = """The Port of Varn
================

The Port of Varn opened on 4 May 1901. It handles 3,200 ships a year.

The Harbour Board (HB) has three duties:

- dredging the channel
- lighting the quays
- collecting dues

Storms closed the port in 1953 because the outer wall broke.
"""
OLD = (
    "---\ntitle: Pilots, old\ndate: 2020-01-10\n---\n\n# Pilots\n\nThe pilots' base is at Lund.\n\n"
    "The base has 12 pilots.\n"
)
NEW = (
    "---\ntitle: Pilots, new\ndate: 2021-06-01\n---\n\n# Pilots\n\nThis note replaces the note of "
    "January 10, 2020.\n\nThe pilots' base is at Odde.\n\n"
    "The base has 14 pilots.\n"
)
WEIR = "---\ntitle: Weir {0}\ndate: {0}-03-01\n---\n\n# Weir\n\nThe weir of Lund {1}.\n"
WEIRS = {
    f"weir-{year}.md": WEIR.format(year, f"has {gates} gates")
    + f"\nThe weir of Lund was built in {built}.\n\nThe lock of Lund was built {lock}.\n"
    for year, gates, built, lock in (
        (2018, 7, 1928, "in 1960"),
        (2022, 9, 1931, "on 3 May 1960"),
    )
}
"""Two notes that do not agree on two matters; neither says that it replaces the other."""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    """Ask a question of a few small documents."""
    place = tmp_path_factory.mktemp("evidence")
    folder = place / "documents"
    folder.mkdir()
    for name, text in (("port.md", PORT), ("old.md", OLD), ("new.md", NEW), *WEIRS.items()):
        (folder / name).write_text(text, encoding="utf-8")
    with Assistant.open(
        documents=folder,
        index=place / "index",
        settings=Settings(state=place / "state"),
        embedder=HashEmbedder(),
    ) as assistant:
        assistant.reindex()
        yield assistant.ask


def shown(answer: Answer) -> list[str]:
    """The statements that quote a source."""
    return [item.text for item in answer.statements if item.verdict is Verdict.QUOTED]


def test_the_most_direct_sentence_is_first(ask: Callable[[str], Answer]) -> None:
    assert shown(ask("When did the Port of Varn open?"))[0] == (
        "The Port of Varn opened on 4 May 1901."
    )


def test_a_list_is_answered_with_all_its_items(ask: Callable[[str], Answer]) -> None:
    found = shown(ask("What are the three duties of the Harbour Board?"))
    assert [item for item in found if not item.endswith(":")] == [
        "dredging the channel",
        "lighting the quays",
        "collecting dues",
    ]


def test_an_acronym_is_known_by_what_the_document_says(ask: Callable[[str], Answer]) -> None:
    found = shown(ask("What are the three duties of the HB?"))
    assert "lighting the quays" in found


def test_a_newer_note_wins_over_the_one_it_replaces(ask: Callable[[str], Answer]) -> None:
    answer = ask("Where is the pilots' base?")
    assert shown(answer)[0] == "The pilots' base is at Odde."
    assert answer.as_of == "2021-06-01"


def test_every_quote_is_the_slice_it_names(ask: Callable[[str], Answer]) -> None:
    answer = ask("Why did storms close the port?")
    for citation in answer.citations:
        text = {"port.md": PORT, "old.md": OLD, "new.md": NEW}[citation.source]
        assert text[citation.span.start : citation.span.end] == citation.quote
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "What is the population of Varn?",
        "How many pilots work at Odde?",
        "Who is Queen Margrethe?",
        "Who is the mayor of Varn?",
    ],
)
def test_what_the_documents_do_not_say_is_an_abstention(
    ask: Callable[[str], Answer], question: str
) -> None:
    answer = ask(question)
    assert answer.abstention is not None
    assert answer.statements == ()
    assert answer.abstention.message == answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who is Queen Margrethe?", "“Queen Margrethe” stands in none of them."),
        (
            "What does the chapter on Brazil say of the Harbour Board?",
            "“chapter” and “Brazil” stand in none of them.",
        ),
        ("How many ships came to the weir of Lund?", "They do not speak of “ships”."),
    ],
)
def test_an_abstention_says_what_is_missing_and_where_it_looked(
    ask: Callable[[str], Answer], question: str, told: str
) -> None:
    abstention = ask(question).abstention
    assert abstention is not None
    assert told in abstention.message
    assert "The closest passages are in “" in abstention.message


def test_both_parts_of_a_question_are_answered(ask: Callable[[str], Answer]) -> None:
    found = " ".join(shown(ask("When did the Port of Varn open, and why did storms close it?")))
    assert "4 May 1901" in found
    assert "outer wall" in found


@pytest.mark.parametrize(
    ("question", "told", "what"),
    [
        ("How many gates does the weir of Lund have?", ("has 9 gates", "has 7 gates"), "figure"),
        ("When was the weir of Lund built?", ("built in 1931", "built in 1928"), "date"),
    ],
)
def test_sources_that_do_not_agree_stand_side_by_side(
    ask: Callable[[str], Answer], question: str, told: tuple[str, str], what: str
) -> None:
    answer = ask(question)
    newer, older = told
    assert newer in shown(answer)[0]
    assert older in shown(answer)[1]
    (notice,) = answer.notices
    assert f"do not agree on the {what}" in notice
    assert "Weir 2022" in notice
    assert "Weir 2018" in notice


def test_a_coarser_date_and_a_replaced_note_are_no_disagreement(
    ask: Callable[[str], Answer],
) -> None:
    assert ask("When was the lock of Lund built?").notices == ()
    assert ask("How many pilots has the base?").notices == ()
