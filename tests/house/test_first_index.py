"""An index written by the first release opens, answers and can be brought up to date."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from briefwell.config import Settings
from briefwell.storage.reader import IndexReader
from briefwell.types import Origin, Span
from inprocess import Bench

KEPT = Path(__file__).resolve().parents[1] / "data" / "first_index"


@pytest.fixture
def bench(tmp_path):
    bench = Bench(tmp_path)
    for name in ("documents", "index"):
        shutil.copytree(KEPT / name, tmp_path / name, dirs_exist_ok=True)
    return bench


def test_it_opens_and_answers_as_it_did(bench):
    with closing(IndexReader.open(bench.index, settings=Settings())) as reader:
        document = reader.find_document("harbour.md")
        assert document.title == "Harbour report"
        assert document.metadata.date == "2021-03-04"
        assert document.metadata.date_origin is Origin.FRONT_MATTER
        chunks = reader.document_chunks(document.id)
        assert [chunk.heading_path for chunk in chunks] == [
            ("Harbour report",),
            ("Harbour report", "Traffic"),
        ]
        assert chunks[1].text == "Some 310 ships called in 2020."
        assert chunks[1].span == Span(start=153, end=183)
        assert chunks[1].span.cut(document.text) == chunks[1].text
        vector = bench.embedder.embed_query("how many ships called")
        assert reader.dense(vector, k=1)[0][0] == chunks[1].id
        assert reader.lexical(["dredging"], k=1)[0][0] == chunks[0].id
        assert reader.notices == ()
        states = {info.source: info.state for info in reader.sources()}
    assert states == {"broken.pdf": "failed", "harbour.md": "ready", "land/orchard.txt": "ready"}


def test_its_links_are_made_by_the_next_run(bench):
    bench.write("third.md", "# Third\n\nHe read the Harbour report.\n")
    with closing(IndexReader.open(bench.index, settings=Settings())) as reader:
        assert reader.links().bearers([("harbour", "report")]) == {}
    bench.reindex()
    with closing(IndexReader.open(bench.index, settings=Settings())) as reader:
        bearers = reader.links().bearers([("harbour", "report")])[("harbour", "report")]
        document = reader.find_document("harbour.md")
        assert [bearer.document_id for bearer in bearers] == [document.id]
        third = reader.document_chunks(reader.find_document("third.md").id)
        assert [item.bearers for item in reader.links().mentions([third[0].id])] == [bearers]


def test_it_can_be_brought_up_to_date(bench):
    bench.write("third.md", "# Third\n\nA lighthouse was lit.\n")
    report = bench.reindex()
    assert report.added == ("third.md",)
    assert [item.source for item in report.failed] == ["broken.pdf"]
    assert not bench.reindex().is_changed
    with closing(IndexReader.open(bench.index, settings=Settings())) as reader:
        assert reader.find_document("harbour.md") is not None
        assert reader.find_document("third.md") is not None
