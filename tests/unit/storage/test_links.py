"""Links from chunks to the documents whose names they mention, kept by `reindex`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from briefwell.storage import connections, inspection
from briefwell.storage.linking import Kind
from briefwell.storage.links import Links, NoLinks
from briefwell.storage.manifest import Manifest, read_live, write_live
from briefwell.storage.reader import IndexReader
from briefwell.text import stems
from inprocess import Bench

PLAN = """# Plan for the coast

The Norvik Coast Fund (NCF) pays for it.

## Harbour walls

They are high.

## Next steps

None yet.
"""
NEWS = """# News

The minister praised the NCF. Work on the Harbour walls began, as the Plan for the coast says.

## Next steps

Rest.
"""


@contextmanager
def reading(bench: Bench) -> Iterator[IndexReader]:
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        yield reader


def linked(bench: Bench, source: str) -> set[tuple[str, str]]:
    """The kinds of name and the documents that the chunks of `source` are linked to."""
    with reading(bench) as reader:
        document = reader.find_document(source)
        assert document is not None
        ids = [chunk.id for chunk in reader.document_chunks(document.id)]
        return {
            (bearer.kind.name, reader.document(bearer.document_id).source.path)
            for mention in reader.links().mentions(ids)
            for bearer in mention.bearers
        }


ALL = {("TITLE", "plan.md"), ("ACRONYM", "plan.md"), ("HEADING", "plan.md")}


@pytest.mark.parametrize("order", [("plan.md", "news.md"), ("news.md", "plan.md")])
def test_names_are_linked_whichever_document_came_first(bench, order):
    texts = {"plan.md": PLAN, "news.md": NEWS}
    for name in order:
        bench.write(name, texts[name])
        bench.reindex()
    assert linked(bench, "news.md") == ALL


def test_links_follow_edits_moves_and_removals(bench):
    bench.write("plan.md", PLAN)
    bench.write("news.md", NEWS)
    bench.reindex()
    bench.write("plan.md", PLAN.replace("Plan for the coast", "Another thing"))
    bench.reindex()
    assert linked(bench, "news.md") == ALL - {("TITLE", "plan.md")}
    (bench.documents / "plan.md").rename(bench.documents / "moved.md")
    bench.reindex()
    assert linked(bench, "news.md") == {("ACRONYM", "moved.md"), ("HEADING", "moved.md")}
    (bench.documents / "moved.md").unlink()
    bench.reindex()
    assert linked(bench, "news.md") == set()


def test_a_section_is_the_run_of_chunks_under_its_heading(bench):
    bench.write("plan.md", PLAN)
    bench.reindex()
    with reading(bench) as reader:
        name = tuple(stems("Harbour walls"))
        (bearer,) = reader.links().bearers([name])[name]
        document = reader.find_document("plan.md")
        chunks = reader.document_chunks(document.id)[bearer.first : bearer.last + 1]
        assert bearer.kind is Kind.HEADING
        assert [chunk.text for chunk in chunks] == ["They are high."]


def test_a_heading_of_many_documents_names_none(bench):
    for number in range(4):
        bench.write(f"{number}.md", f"# Report {'abcd'[number]}x\n\n## Harbour walls\n\nText.\n")
    bench.write("news.md", "# News\n\nSee what the Harbour walls cost.\n")
    bench.reindex()
    assert linked(bench, "news.md") == set()
    (bench.documents / "0.md").unlink()
    bench.reindex()
    assert len(linked(bench, "news.md")) == 3


def test_a_title_is_stronger_than_a_heading(bench):
    bench.write("walls.md", "# Harbour walls\n\nHow they were built.\n")
    bench.write("plan.md", PLAN)
    bench.write("news.md", NEWS)
    bench.reindex()
    assert ("TITLE", "walls.md") in linked(bench, "news.md")
    assert ("HEADING", "plan.md") not in linked(bench, "news.md")


def test_the_longest_name_at_a_place_is_meant(bench):
    bench.write("one.md", "# Port Ellery\n\nA town.\n")
    bench.write("two.md", "# Port Ellery Lighthouse\n\nA tower.\n")
    bench.write("news.md", "# News\n\nThey met at Port Ellery Lighthouse in May.\n")
    bench.reindex()
    assert linked(bench, "news.md") == {("TITLE", "two.md")}


def test_acronyms_are_looked_up_both_ways(bench):
    bench.write("plan.md", PLAN)
    bench.reindex()
    long = ("norvik", "coast", "fund")
    with reading(bench) as reader:
        assert reader.links().long_forms("ncf") == [long]
        assert reader.links().short_forms([long, ("norvik", "coast")]) == ["ncf"]
        assert reader.links().short_forms([("\0", "\ud800")]) == []


def test_an_unchanged_run_and_an_edit_read_no_old_chunk(bench):
    for number in range(30):
        bench.write(f"{number}.md", f"# Report number {number}\n\nText {number} of it.\n")
    bench.write("news.md", NEWS)
    bench.reindex()
    bench.write("news.md", NEWS.replace("praised", "liked"))
    read: list[str] = []
    with tracing(bench, read):
        bench.reindex()
    assert not any("SELECT number, text FROM chunks WHERE number <=" in query for query in read)


@contextmanager
def tracing(bench: Bench, read: list[str]) -> Iterator[None]:
    """Note every statement the writer's connections run."""
    opened = connections.open_for_writing

    def traced(index) -> sqlite3.Connection:
        connection = opened(index)
        connection.set_trace_callback(read.append)
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections, "open_for_writing", traced)
        yield


def test_links_of_older_rules_are_made_anew_once_without_touching_vectors(bench):
    bench.write("plan.md", PLAN)
    bench.write("news.md", NEWS)
    bench.reindex()
    with Manifest.open(bench.index) as manifest, manifest.transaction() as connection:
        connection.execute("DELETE FROM mentions")
        write_live(connection, replace(read_live(connection), links=0))
    with reading(bench) as reader:
        before = reader.live
        assert isinstance(reader.links(), NoLinks)
    assert not bench.reindex().is_changed
    assert bench.writer.jobs == []
    assert linked(bench, "news.md") == ALL
    assert not bench.reindex().is_changed
    with reading(bench) as reader:
        assert reader.live.generation == before.generation + 1
        assert reader.live.vectors == before.vectors


def test_what_is_left_over_is_found(bench):
    bench.write("plan.md", PLAN)
    bench.write("news.md", NEWS)
    bench.reindex()
    with closing(connections.open_for_writing(bench.index)) as connection:
        assert inspection.broken_links(connection) == {}
        connection.execute("INSERT INTO mentions VALUES (999, 0, 999)")
        connection.execute("INSERT INTO names VALUES (998, 'nobody')")
        connection.execute("INSERT INTO bearers VALUES (997, 0, 'gone', 0, 0)")
        assert inspection.broken_links(connection) == {
            "links from chunks that are gone": 1,
            "links to documents that are gone": 1,
            "names that no document bears": 1,
            "links to names that are gone": 1,
        }


def test_an_index_without_links_has_none():
    assert NoLinks().bearers([("a",)]) == {}
    assert NoLinks().mentions(["a"]) == []
    assert isinstance(NoLinks(), Links)
