"""One suite for vectors in a folder and on a real Chroma server."""

from __future__ import annotations

import http.server
import random
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import numpy
import pytest

from briefwell.config import Settings
from briefwell.status import check
from briefwell.storage.generations import VectorPlace
from briefwell.storage.reader import IndexReader
from briefwell.storage.shared import SERVER_NOTICE
from briefwell.storage.vectors import VectorsUnavailable, server_collections
from chroma_servers import chroma_server, free_port
from inprocess import Bench

HARBOUR = "# Harbour report\n\nThe harbour of Port Ellery was dredged in 2019.\n"
ORCHARD = "# Orchard survey\n\nThe orchards of Linden Valley cover 1,200 hectares.\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with chroma_server(tmp_path_factory.mktemp("chroma"), free_port()) as url:
        yield url


@pytest.fixture(params=["embedded", "server"])
def url(request):
    return request.getfixturevalue("server") if request.param == "server" else None


@pytest.fixture
def place(tmp_path, url):
    return VectorPlace(index=tmp_path, url=url, index_id=f"test{random.getrandbits(40)}")


@pytest.fixture
def collection(place):
    place.prepare(1)
    with closing(place.open(1, create=True)) as opened:
        yield opened


# --- the collection ----------------------------------------------------------------------


def test_what_was_added_is_found_nearest_first_with_cosines(collection):
    collection.add(["a", "b", "c"], [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    found = collection.query([1.0, 0.0], k=3)
    assert [chunk_id for chunk_id, _ in found] == ["a", "c", "b"]
    assert [score for _, score in found] == pytest.approx([1.0, 0.6, 0.0], abs=1e-5)


def test_more_than_there_are_gives_all(collection):
    collection.add(["a"], [[1.0, 0.0]])
    assert len(collection.query([1.0, 0.0], k=50)) == 1


def test_what_was_deleted_is_gone_and_the_unknown_is_passed_over(collection):
    collection.add(["a", "b"], [[1.0, 0.0], [0.0, 1.0]])
    collection.delete(["a", "unknown"])
    assert collection.ids() == {"b"}
    assert collection.count() == 1
    assert [chunk_id for chunk_id, _ in collection.query([1.0, 0.0], k=2)] == ["b"]


def test_adding_again_replaces(collection):
    collection.add(["a"], [[1.0, 0.0]])
    collection.add(["a"], [[0.0, 1.0]])
    assert collection.count() == 1
    assert collection.vectors(["a"])["a"].tolist() == [0.0, 1.0]


def test_vectors_come_back_as_they_were(collection):
    vectors = numpy.random.default_rng(1).normal(size=(300, 64)).astype("float32")
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [f"id{number}" for number in range(300)]
    collection.add(ids, vectors)
    stored = collection.vectors(ids)
    assert max(abs(stored[i] - vectors[n]).max() for n, i in enumerate(ids)) < 1e-6
    assert collection.ids() == set(ids)


def test_it_can_be_opened_again_and_by_two_at_once(place, collection):
    collection.add(["a"], [[1.0, 0.0]])
    with closing(place.open(1)) as second, closing(place.open(1)) as third:
        assert second.ids() == third.ids() == {"a"}


def test_a_generation_that_is_not_there_is_unavailable(place):
    with pytest.raises(VectorsUnavailable):
        place.open(9)


def test_the_nearest_are_nearly_always_found(collection):
    drawn = numpy.random.default_rng(2)
    vectors = drawn.normal(size=(2000, 64)).astype("float32")
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    for low in range(0, 2000, 1000):
        collection.add([f"{n}" for n in range(low, low + 1000)], vectors[low : low + 1000])
    hits = 0
    for question in drawn.normal(size=(50, 64)).astype("float32"):
        nearest = {str(n) for n in numpy.argsort(-(vectors @ question))[:10]}
        hits += len(nearest & {i for i, _ in collection.query(question.tolist(), k=10)})
    assert hits >= 490  # of 500, among random vectors, which are the hardest


# --- the index on top of it --------------------------------------------------------------


@pytest.fixture
def bench(tmp_path, url):
    bench = Bench(tmp_path)
    bench.settings = Settings(chroma_url=url, chroma_timeout=5)
    bench.write("harbour.md", HARBOUR)
    bench.write("orchard.md", ORCHARD)
    return bench


def nearest(reader, bench, question):
    found = reader.dense(bench.embedder.embed_query(question), k=1)
    (chunk,) = reader.chunks([chunk_id for chunk_id, _ in found]).values()
    return reader.document(chunk.document_id).source.path


def test_an_index_answers_changes_and_is_well(bench):
    bench.reindex()
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        assert nearest(reader, bench, "harbour dredged") == "harbour.md"
        assert reader.notices == ()
        bench.write("third.md", "# Third\n\nA lighthouse was lit.\n")
        (bench.documents / "harbour.md").unlink()
        bench.reindex()
        reader.refresh()
        assert nearest(reader, bench, "lighthouse lit") == "third.md"
        assert reader.notices == ()
    checks = check(
        bench.documents, bench.index, settings=bench.settings, embedder=bench.embedder, deep=True
    )
    assert {item.severity for item in checks if item.name != "generations"} == {"ok"}


def test_moving_between_folder_and_server_embeds_nothing(bench, server, url):
    bench.reindex()
    calls = bench.embedder.calls
    bench.settings = Settings(chroma_url=server if url is None else None)
    report = bench.reindex()
    assert report.unchanged == ("harbour.md", "orchard.md")
    assert bench.embedder.calls == calls
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        assert nearest(reader, bench, "orchards") == "orchard.md"
        assert reader.notices == ()


def hand_over(manifest, folder):
    """Give another machine the state as it is now: a whole copy, put in place at once."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(manifest)) as connection:
        connection.execute("VACUUM INTO ?", (str(folder / "coming"),))
    (folder / "coming").replace(folder / "manifest.sqlite")


def test_other_machines_answer_from_a_copy_of_the_manifest_and_one_server(tmp_path, server):
    bench = Bench(tmp_path)
    bench.settings = Settings(chroma_url=server)
    bench.write("harbour.md", HARBOUR)
    bench.write("orchard.md", ORCHARD)
    bench.reindex()
    manifest, other = bench.index / "manifest.sqlite", tmp_path / "other"
    hand_over(manifest, other)
    with closing(IndexReader.open(other, settings=bench.settings)) as reader:
        assert nearest(reader, bench, "harbour dredged") == "harbour.md"
        bench.write("third.md", "# Third\n\nA lighthouse was lit.\n")
        bench.reindex()
        # One state behind, its vectors are still on the server.
        assert nearest(reader, bench, "harbour dredged") == "harbour.md"
        assert reader.notices == ()
        hand_over(manifest, other)
        reader.refresh()
        assert nearest(reader, bench, "lighthouse lit") == "third.md"
        assert reader.notices == ()
        for number in range(2):
            bench.write("third.md", f"# Third\n\nA lighthouse was lit in year {number}.\n")
            bench.reindex()
    # Two states behind, they are gone: a fresh process searches exactly, and says so.
    with closing(IndexReader.open(other, settings=bench.settings)) as reader:
        assert nearest(reader, bench, "lighthouse lit") == "third.md"
        assert reader.notices


# --- a server that is gone, or slow ------------------------------------------------------


def test_old_generations_go_but_for_the_one_before(tmp_path, server):
    bench = Bench(tmp_path)
    bench.settings = Settings(chroma_url=server)
    for number in range(4):
        bench.write("harbour.md", HARBOUR + f"It is report number {number}.\n")
        bench.reindex()
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        own = reader.live.vectors
    names = server_collections(server, timeout=5)
    mine = sorted(name for name in names if name.endswith((f"g{own}", f"g{own - 1}")))
    assert len([name for name in names if name.rsplit("-g", 1)[0] == mine[-1][: -len("-g4")]]) == 2


def test_an_index_without_documents_leaves_nothing_on_the_server(tmp_path, server):
    bench = Bench(tmp_path)
    bench.settings = Settings(chroma_url=server)
    path = bench.write("harbour.md", HARBOUR)
    before = set(server_collections(server, timeout=5))
    bench.reindex()
    assert len(set(server_collections(server, timeout=5)) - before) == 1
    path.unlink()
    assert bench.reindex().notes[0].startswith("There are no documents")
    assert set(server_collections(server, timeout=5)) == before


def test_while_the_server_is_gone_exact_search_answers_and_says_so(tmp_path):
    port = free_port()
    bench = Bench(tmp_path)
    bench.settings = Settings(chroma_url=f"http://127.0.0.1:{port}", chroma_timeout=5)
    bench.write("harbour.md", HARBOUR)
    bench.write("orchard.md", ORCHARD)
    with chroma_server(tmp_path / "chroma", port):
        bench.reindex()
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        assert nearest(reader, bench, "harbour dredged") == "harbour.md"
        assert reader.notices == (SERVER_NOTICE,)
        bench.write("third.md", "# Third\n\nA lighthouse was lit.\n")
        report = bench.reindex()
        assert report.added == ("third.md",)
        assert "The Chroma server could not take the vectors" in report.notes[0]
        reader.refresh()
        assert nearest(reader, bench, "lighthouse lit") == "third.md"
        with chroma_server(tmp_path / "chroma", port):
            calls = bench.embedder.calls
            assert bench.reindex().notes == ()
            assert bench.embedder.calls == calls
            reader.refresh()
            assert nearest(reader, bench, "lighthouse lit") == "third.md"
            assert reader.notices == ()


class _Silent(http.server.BaseHTTPRequestHandler):
    """Accepts, and never answers until it is told to."""

    release = threading.Event()

    def do_GET(self) -> None:
        self.release.wait(60)


def test_a_server_that_does_not_answer_is_waited_for_once():
    silent = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Silent)
    silent.daemon_threads = True
    threading.Thread(target=silent.serve_forever, daemon=True).start()
    try:
        place = VectorPlace(
            index=Path("nowhere"), url=f"http://127.0.0.1:{silent.server_port}", timeout=0.5
        )
        with pytest.raises(VectorsUnavailable, match=r"no answer within 0\.5 seconds"):
            place.open(1)
    finally:
        _Silent.release.set()
        silent.shutdown()
        silent.server_close()


def test_a_password_in_the_address_is_not_told():
    place = VectorPlace(
        index=Path("nowhere"), url=f"http://ann:sesame@127.0.0.1:{free_port()}", timeout=5
    )
    with pytest.raises(VectorsUnavailable) as caught:
        place.open(1)
    assert "sesame" not in str(caught.value)
