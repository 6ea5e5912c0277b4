from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefwell.config import Settings
from briefwell.storage import connections, lexical
from briefwell.storage.counting import Counting
from briefwell.storage.lexical import LexicalTerm
from briefwell.storage.migrations import M001_FIRST
from briefwell.storage.reader import IndexReader


@pytest.fixture
def reader(bench):
    bench.write("a.md", "# Salt\n\nThe miners dug for salt; salt paid for the road.\n")
    bench.write("b.md", "# Road\n\nA road was built in 1912. It cost 1.2 million.\n")
    bench.write("c.md", "# Café\n\nThe café closed. Its owner's licence had run out by 50%.\n")
    bench.reindex()
    opened = IndexReader.open(bench.index, settings=Settings())
    yield opened
    opened.close()


def _paths(reader, *terms, k=10, documents=None):
    found = reader.lexical(terms, k=k, documents=documents)
    chunks = reader.chunks([chunk_id for chunk_id, _ in found])
    return [reader.document(chunks[i].document_id).source.path for i, _ in found]


def test_the_chunk_that_speaks_of_it_most_comes_first(reader):
    assert _paths(reader, "salt") == ["a.md"]
    assert _paths(reader, "road") == ["b.md", "a.md"]


def test_endings_accents_and_case_do_not_matter(reader):
    assert _paths(reader, "MINER") == ["a.md"]
    assert _paths(reader, "CAFE'S") == ["c.md"]
    assert _paths(reader, "owner") == ["c.md"]


def test_numbers_are_whole_words(reader):
    assert _paths(reader, "1.2") == ["b.md"]
    assert _paths(reader, "2") == []
    assert _paths(reader, "50%") == ["c.md"]


def test_a_term_of_several_stems_wants_them_side_by_side(reader):
    together = LexicalTerm(stems=("road", "was"))
    apart = LexicalTerm(stems=("road", "cost"))
    assert _paths(reader, together) == ["b.md"]
    assert _paths(reader, apart) == []


def test_a_heavier_term_decides(reader):
    light = [LexicalTerm(stems=("salt",)), LexicalTerm(stems=("1912",), weight=9.0)]
    assert _paths(reader, *light)[0] == "b.md"
    heavy = [LexicalTerm(stems=("salt",), weight=9.0), LexicalTerm(stems=("1912",))]
    assert _paths(reader, *heavy)[0] == "a.md"


def test_the_limit_to_documents_is_applied_before_k(reader):
    only = reader.document_ids(sources=["a.md"])
    assert _paths(reader, "road", k=1, documents=only) == ["a.md"]
    assert _paths(reader, "road", documents=set()) == []


def test_more_than_one_expression_full_of_terms_adds_up(reader):
    many = [f"word{number}" for number in range(200)]
    assert _paths(reader, *many, "salt", "road")[0] == "a.md"


def test_frequency_counts_chunks(reader):
    counted = {"road": 2, "salt": 1, "nothing": 0, "\ud800": 0}
    assert reader.frequencies(counted) == counted
    assert reader.frequencies(counted) == counted


@pytest.mark.parametrize("text", ["", " ", '"', "*", "NEAR(", "a AND", "body : x", "x" * 9999])
def test_what_fts5_would_take_for_syntax_is_only_text(reader, text):
    assert isinstance(reader.lexical([text], k=3), list)


@pytest.fixture(scope="module")
def words():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        from briefwell.storage.migrations import M001_FIRST

        for statement in M001_FIRST:
            connection.execute(statement)
        yield connection


@settings(max_examples=300)
@given(st.lists(st.text(st.characters(codec=None), max_size=60), max_size=5))
def test_any_strings_are_a_legal_question(words, terms):
    assert lexical.search(words, terms, k=3) == []


@settings(max_examples=300)
@given(st.text(st.characters(codec=None), min_size=1, max_size=40), st.floats(0.1, 9))
def test_any_stem_is_legal(words, stem, weight):
    term = LexicalTerm(stems=(stem, stem), weight=weight)
    assert lexical.search(words, [term, "x"], k=3) == []


def test_the_manifest_of_a_test_is_read_only(reader, bench):
    with (
        closing(connections.open_for_reading(bench.index)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM chunks")


def _some_chunks(size):
    """A manifest's tables for lexical search, with words of which few are very common."""
    chance = random.Random(5)
    connection = sqlite3.connect(":memory:")
    for statement in M001_FIRST:
        if "VIRTUAL TABLE" in statement:
            connection.execute(statement)
    connection.execute("CREATE TABLE chunks (number INTEGER PRIMARY KEY, id TEXT)")
    for number in range(size):
        drawn = [f"w{int(500 * chance.random() ** 3)}" for _ in range(chance.randint(5, 25))]
        connection.execute(
            "INSERT INTO lexical (rowid, body, head) VALUES (?, ?, ?)",
            (number, " ".join(drawn[2:]), " ".join(drawn[:2])),
        )
        connection.execute("INSERT INTO chunks VALUES (?, ?)", (number, f"{chance.random()}"))
    return connection


def test_passing_over_common_terms_finds_the_same(monkeypatch):
    connection, counting, chance = _some_chunks(2000), Counting(), random.Random(6)
    monkeypatch.setattr(lexical, "_FEW", 100)
    passed_over = 0
    for size in range(200):
        drawn = (f"w{int(520 * chance.random() ** 2)}" for _ in range(size % 9 + 1))
        terms = [LexicalTerm(stems=(word,)) for word in drawn]
        whole = lexical.search(connection, terms, k=10)
        assert lexical.search(connection, terms, k=10, counts=counting) == whole
        (found,) = lexical._groups(terms)
        best = lexical._find_best(connection, found[1], 10, terms, counting)
        passed_over += best is not None
    assert passed_over > 50
