from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefwell import Assistant, Settings
from briefwell.retrieval.acronyms import alike
from briefwell.storage.reader import IndexReader
from doubles import HashEmbedder

TEXTS = {
    "ferry.md": "# Ferry\n\nThe Norholm Ferry Board (NFB) met. The NFB bought a boat in 2019.\n",
    "bees.md": "# Bees\n\nThe beekeepers of Linden sold three hundred jars of dark honey in May.\n",
    "copy.md": "# Copy\n\nThe beekeepers of Linden sold three hundred jars of dark honey in May.\n",
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    place = tmp_path_factory.mktemp("retriever")
    documents = place / "documents"
    documents.mkdir()
    for name, text in TEXTS.items():
        (documents / name).write_text(text, encoding="utf-8")
    with Assistant.open(
        documents=documents, index=place / "index", settings=Settings(), embedder=HashEmbedder()
    ) as assistant:
        assistant.reindex()
        yield assistant


def test_passages_are_slices_of_their_documents_in_order(opened: Assistant) -> None:
    passages = opened.retrieve("Who sold honey?", k=3)
    assert [passage.rank for passage in passages] == list(range(1, len(passages) + 1))
    scores = [passage.score for passage in passages]
    assert scores == sorted(scores, reverse=True)
    for passage in passages:
        assert passage.span.cut(TEXTS[passage.source]) == passage.text
        assert passage.chunk_span is not None
        assert passage.chunk_span.is_containing(passage.span)


def test_a_repeat_in_another_source_is_named_and_not_shown_again(opened: Assistant) -> None:
    first = opened.retrieve("How many jars of honey were sold?", k=3)[0]
    assert {first.source, *first.also_in} == {"bees.md", "copy.md"}


def test_only_the_chosen_sources_are_searched(opened: Assistant) -> None:
    found = opened.retrieve("How many jars of honey were sold?", k=3, sources=["ferry.md"])
    assert {passage.source for passage in found} == {"ferry.md"}
    assert opened.retrieve("honey", sources=["none.md"]) == []


def test_a_filter_that_matches_nothing_is_told(opened: Assistant) -> None:
    answer = opened.ask("Who sold honey?", sources=["none.md"])
    assert answer.abstention is not None
    assert "no indexed document matches the filter" in " ".join(answer.notices)
    assert opened.ask("Who sold honey?", sources=["bees.md"]).notices == ()


def test_acronyms_are_read_both_ways_from_the_corpus(opened: Assistant) -> None:
    reader = IndexReader.open(Path(opened.index), settings=opened.settings)
    try:
        assert alike("What did the NFB buy?", reader.links()) == {"norholm", "ferri", "board"}
        assert alike("What did the Norholm Ferry Board buy?", reader.links()) == {"nfb"}
        assert alike("What did the WHO buy?", reader.links()) == set()
    finally:
        reader.close()


DATED = {
    "old.md": "---\ndate: 2019-03-01\n---\n# Toll\n\nThe toll of the bridge is two crowns.\n",
    "new.md": "---\ndate: 2024-03-01\n---\n# Toll\n\nThe toll of the bridge is five crowns.\n",
}


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dated")
    (place / "documents").mkdir()
    for name, text in DATED.items():
        (place / "documents" / name).write_text(text, encoding="utf-8")
    with _open(place) as assistant:
        assistant.reindex()
    return place


def _open(place: Path, **settings: bool) -> Assistant:
    return Assistant.open(
        documents=place / "documents",
        index=place / "index",
        settings=Settings(**settings),
        embedder=HashEmbedder(),
    )


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"since": "2020"}, {"new.md"}),
        ({"until": "2020"}, {"old.md"}),
        ({"since": "2019", "until": "2024"}, {"old.md", "new.md"}),
        ({"since": "2024-03-02"}, set()),
        ({"until": "2020", "sources": ["new.md"]}, set()),
    ],
)
def test_only_documents_of_the_asked_dates_are_searched(dated, limits, expected) -> None:
    with _open(dated) as assistant:
        found = assistant.retrieve("What is the toll of the bridge?", **limits)
    assert {passage.source for passage in found} == expected


def test_newer_documents_go_first_where_that_is_preferred(dated: Path) -> None:
    with _open(dated, prefer_newer=True) as assistant:
        found = assistant.retrieve("What is the toll of the bridge?")
    assert [passage.source for passage in found] == ["new.md", "old.md"]
