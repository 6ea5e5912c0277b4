"""A Chroma server that is slow, is cut off, or dies in the middle of a write."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace

import pytest

import briefwell
from briefwell.config import Settings
from briefwell.storage.generations import VectorPlace
from briefwell.storage.manifest import Manifest
from briefwell.storage.reader import IndexReader
from briefwell.storage.shared import SERVER_NOTICE
from briefwell.storage.vectors import BATCH
from chroma_servers import Line, chroma_process, free_port
from inprocess import Bench, LocalWriter

HARBOUR = "# Harbour report\n\nThe harbour of Port Ellery was dredged in 2019.\n"
LIGHTHOUSE = "# Lighthouse\n\nThe lighthouse of Port Ellery was lit in 2021.\n"
MOST_TRIES = 3
"""So often one call may be made."""


class HastyWriter(LocalWriter):
    """Waits as long for each write as for a question."""

    def write(self, job, tell):
        return super().write(replace(job, timeout=2.0), tell)


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    port = free_port()
    with chroma_process(tmp_path_factory.mktemp("chroma"), port):
        yield port


@pytest.fixture
def line(port):
    with Line.to(port) as line:
        yield line


@pytest.fixture
def bench(tmp_path, line):
    bench = Bench(tmp_path)
    bench.settings = Settings(chroma_url=line.url, chroma_timeout=2.0)
    bench.write("harbour.md", HARBOUR)
    return bench


def many():
    """A document of more chunks than are written at once."""
    parts = [f"## Basin {number}\n\nIt was dug in 1900.\n" for number in range(BATCH + 5)]
    return "# Basins\n\n" + "\n".join(parts)


def ask(bench, question):
    with briefwell.Assistant.open(
        documents=bench.documents,
        index=bench.index,
        settings=bench.settings,
        embedder=bench.embedder,
    ) as assistant:
        return [assistant.ask(question) for _ in range(2)]


def cited(answer):
    return {citation.source for citation in answer.citations}


def live(bench):
    with Manifest.open(bench.index) as manifest:
        return manifest.live(), manifest.index_id


def chunks(bench):
    """Every live chunk by id, with its vector, as the manifest has it."""
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        found = {
            chunk.id: chunk.text
            for info in reader.sources()
            for chunk in reader.document_chunks(reader.find_document(info.source).id)
        }
        return found, reader.vectors(list(found))


def on_server(bench, port):
    """Every vector of the live generation, as the server has it, by a line that holds."""
    found, index_id = live(bench)
    url = f"http://127.0.0.1:{port}"
    place = VectorPlace(index=bench.index, url=url, index_id=index_id, timeout=30)
    with closing(place.open(found.vectors)) as collection:
        return collection.vectors(sorted(collection.ids()))


def assert_equal_to_a_clean_one(bench, port, folder):
    clean = Bench(folder)
    clean.settings = Settings(chroma_url=f"http://127.0.0.1:{port}", chroma_timeout=30)
    shutil.copytree(bench.documents, clean.documents, dirs_exist_ok=True)
    clean.reindex()
    assert chunks(bench) == chunks(clean)
    stored, wanted = on_server(bench, port), on_server(clean, port)
    assert stored.keys() == wanted.keys()
    assert all((stored[chunk_id] == wanted[chunk_id]).all() for chunk_id in wanted)


def test_a_slow_server_is_asked_once_and_exact_search_answers(bench, line):
    bench.reindex()
    line.restart()
    line.delay = 5.0
    for answer in ask(bench, "When was the harbour dredged?"):
        assert cited(answer) == {"harbour.md"}
        assert answer.notices == (SERVER_NOTICE,)
    assert line.requests.count("GET /api/v2/auth/identity") == 1


def test_a_server_too_slow_to_write_leaves_exact_search_until_it_is_well(
    bench, line, port, tmp_path
):
    bench.writer = HastyWriter()
    bench.reindex()
    line.restart()
    line.delay = 5.0
    bench.write("lighthouse.md", LIGHTHOUSE)
    report = bench.reindex()
    assert report.added == ("lighthouse.md",)
    assert "could not take the vectors" in report.notes[0]
    assert "no answer within 2 seconds" in report.notes[0]
    assert "until the next `briefwell reindex`" in report.notes[0]
    # A server that is silent is not waited for again, neither to write from nothing nor to sweep.
    assert len(line.requests) == 1
    assert live(bench)[0].vectors == 0
    for answer in ask(bench, "When was the lighthouse lit?"):
        assert cited(answer) == {"lighthouse.md"}
        assert answer.notices == (SERVER_NOTICE,)
    line.restart()
    calls = bench.embedder.calls
    assert bench.reindex().notes == ()
    assert bench.embedder.calls == calls
    assert ask(bench, "When was the lighthouse lit?")[0].notices == ()
    assert_equal_to_a_clean_one(bench, port, tmp_path / "clean")


def test_a_line_that_is_cut_in_mid_write_is_taken_up_again(bench, line, port, tmp_path):
    bench.settings = Settings(chroma_url=line.url, chroma_timeout=30)
    bench.write("basins.md", many())
    # The first batch, and the second: its answer is the third, as the first was made twice.
    line.on_write = {1, 3}.__contains__
    assert bench.reindex().notes == ()
    assert len([request for request in line.requests if request.endswith("/upsert")]) == 4
    assert_equal_to_a_clean_one(bench, port, tmp_path / "clean")


def test_a_line_that_stays_cut_in_mid_write_leaves_nothing_that_is_believed(
    bench, line, port, tmp_path
):
    bench.settings = Settings(chroma_url=line.url, chroma_timeout=30)
    bench.reindex()
    line.restart()

    def cut(number):
        line.is_cut = number == 2
        return line.is_cut

    line.on_write = cut
    bench.write("basins.md", many())
    report = bench.reindex()
    assert report.added == ("basins.md",)
    assert "could not take the vectors" in report.notes[0]
    assert live(bench)[0].vectors == 0
    # The rest of the write, another from nothing, and what may come after.
    assert 0 < line.requests.count("(refused)") <= 3 * MOST_TRIES
    for answer in ask(bench, "When was the harbour dredged?"):
        assert cited(answer) == {"harbour.md"}
        assert answer.notices == (SERVER_NOTICE,)
    line.restart()
    assert bench.reindex().notes == ()
    assert ask(bench, "When was the harbour dredged?")[0].notices == ()
    assert_equal_to_a_clean_one(bench, port, tmp_path / "clean")


def test_a_removal_whose_answer_was_lost_is_done(bench, line):

    def cut(_):
        # Of the two, one after the other, the first.
        removals = [request for request in line.requests if request.startswith("DELETE")]
        return line.requests[-1] in removals and len(removals) == 1

    line.on_write = cut
    for number in range(3):
        bench.write("harbour.md", f"{HARBOUR}\nIt is report number {number}.\n")
        assert bench.reindex().notes == ()
    assert len([request for request in line.requests if request.startswith("DELETE")]) == 2


def test_what_could_not_be_written_leaves_the_old_vectors_to_other_machines(bench, line, tmp_path):
    bench.reindex()
    other = tmp_path / "other"
    shutil.copytree(bench.index, other)
    line.on_write = lambda _: line.requests[-1].endswith("/upsert")
    bench.write("lighthouse.md", LIGHTHOUSE)
    (note,) = bench.reindex().notes
    assert "could not take the vectors" in note
    assert len([request for request in line.requests if request.endswith("/upsert")]) <= 7
    with closing(IndexReader.open(other, settings=bench.settings)) as reader:
        assert reader.dense(bench.embedder.embed_query("harbour dredged"), k=1)
        assert reader.notices == ()


def test_a_server_killed_in_mid_write_is_written_anew_when_it_is_back(tmp_path):
    port = free_port()
    bench = Bench(tmp_path)
    bench.write("harbour.md", HARBOUR)
    with Line.to(port) as line:
        bench.settings = Settings(chroma_url=line.url, chroma_timeout=30)
        with chroma_process(tmp_path / "chroma", port) as process:
            bench.reindex()
            line.restart()
            line.on_write = lambda _: process.kill() or True
            bench.write("basins.md", many())
            report = bench.reindex()
            assert "could not take the vectors" in report.notes[0]
        assert live(bench)[0].vectors == 0
        assert ask(bench, "When was the harbour dredged?")[1].notices == (SERVER_NOTICE,)
        line.restart()
        with chroma_process(tmp_path / "chroma", port):
            calls = bench.embedder.calls
            assert bench.reindex().notes == ()
            assert bench.embedder.calls == calls
            assert ask(bench, "When was the harbour dredged?")[1].notices == ()
            assert_equal_to_a_clean_one(bench, port, tmp_path / "clean")
