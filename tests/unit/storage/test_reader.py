from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing

import pytest

from briefwell.config import Settings
from briefwell.errors import FingerprintMismatch, IndexDamaged, IndexMissing, IndexNotWritable
from briefwell.storage import connections
from briefwell.storage.generations import VectorPlace
from briefwell.storage.reader import IndexReader
from briefwell.storage.shared import EMBEDDED_NOTICE
from briefwell.storage.vectors import VectorsUnavailable
from briefwell.types import Span
from inprocess import as_nobody


@pytest.fixture
def reader(indexed):
    opened = IndexReader.open(indexed.index, settings=Settings())
    yield opened
    opened.close()


def _dense(reader, bench, question, **limits):
    vector = bench.embedder.embed_query(question)
    found = reader.dense(vector, **{"k": 5, "documents": None, **limits})
    chunks = reader.chunks([chunk_id for chunk_id, _ in found])
    return [reader.document(chunks[i].document_id).source.path for i, _ in found]


def test_there_is_no_index_before_the_first_reindex(bench):
    with pytest.raises(IndexMissing, match=r"There is no index in .*Run `briefwell reindex`"):
        IndexReader.open(bench.index, settings=Settings())


def test_what_was_indexed_can_be_read(reader):
    document = reader.find_document("harbour.md")
    assert document.title == "Harbour report"
    (chunk,) = reader.document_chunks(document.id)
    assert chunk.text == "The harbour of Port Ellery was dredged in 2019."
    assert chunk.span == Span(start=18, end=65)
    assert chunk.span.cut(document.text) == chunk.text
    assert reader.chunks([chunk.id, "unknown"]) == {chunk.id: chunk}
    assert reader.document(document.id) is document
    assert reader.chunk_count() == 2
    assert reader.notices == ()
    assert reader.live.generation == 1


def test_what_is_not_there_is_not_found(reader):
    assert reader.find_document("nowhere.md") is None
    with pytest.raises(KeyError):
        reader.document("unknown")
    assert reader.vectors(["unknown"]) == {}


def test_the_nearest_chunk_comes_first_with_its_cosine(indexed, reader):
    question = "the harbour was dredged"
    assert _dense(reader, indexed, question)[0] == "harbour.md"
    vector = indexed.embedder.embed_query(question)
    (best, score), *_ = reader.dense(vector, k=2)
    assert score == pytest.approx(
        sum(a * b for a, b in zip(vector, reader.vectors([best])[best], strict=True)), abs=1e-5
    )


def test_a_limit_to_documents_is_applied_before_k(indexed, reader):
    only = reader.document_ids(sources=["land/*"])
    assert _dense(reader, indexed, "harbour", k=1, documents=only) == ["land/orchard.md"]
    assert _dense(reader, indexed, "harbour", documents=set()) == []


def test_a_limit_to_many_documents_asks_chroma_more_widely(indexed, reader, monkeypatch):
    monkeypatch.setattr("briefwell.storage.nearest.EXACT_LIMIT", 0)
    only = reader.document_ids(sources=["land/*"])
    assert _dense(reader, indexed, "harbour", k=1, documents=only) == ["land/orchard.md"]


def test_the_first_question_does_not_wait_for_chroma_the_next_asks_it(indexed, reader, monkeypatch):
    asked = []
    real = VectorPlace.open

    def opening(self, number, **how):
        asked.append(number)
        return real(self, number, **how)

    monkeypatch.setattr(VectorPlace, "open", opening)
    with reader.snapshot(is_first=True) as first:
        found = _dense(first, indexed, "the harbour was dredged")
        assert found == _dense(first, indexed, "the harbour was dredged")
        assert first.notices == ()
    assert asked == []
    with reader.snapshot() as second:
        assert _dense(second, indexed, "the harbour was dredged") == found
    assert asked == [1]
    with reader.snapshot(is_first=True) as late:
        assert _dense(late, indexed, "the harbour was dredged") == found
    assert asked == [1]


def test_a_large_index_asks_chroma_at_once(indexed, reader, monkeypatch):
    monkeypatch.setattr("briefwell.storage.nearest.EXACT_LIMIT", 1)
    monkeypatch.setattr(VectorPlace, "open", _fail_to_open)
    with reader.snapshot(is_first=True) as first:
        _dense(first, indexed, "harbour")
        assert first.notices == (EMBEDDED_NOTICE,)


def _fail_to_open(self, number, **how):
    raise VectorsUnavailable("not today")


@pytest.mark.parametrize("lost", ["chroma.sqlite3", "*/data_level0.bin"])
def test_the_first_question_tells_of_files_of_chroma_that_are_gone(indexed, reader, lost):
    (path,) = (indexed.index / "chroma" / "g1").glob(lost)
    path.unlink()
    with reader.snapshot(is_first=True) as first:
        assert _dense(first, indexed, "the harbour was dredged")[0] == "harbour.md"
        assert first.notices == (EMBEDDED_NOTICE,)


def test_a_question_of_another_length_is_refused(reader):
    with pytest.raises(FingerprintMismatch, match="has 3 numbers"):
        reader.dense([1.0, 0.0, 0.0], k=1)


def test_another_fingerprint_is_refused_with_the_command_that_mends_it(reader):
    reader.require_fingerprint(reader.fingerprint)
    with pytest.raises(FingerprintMismatch, match="Run `briefwell reindex`"):
        reader.require_fingerprint("another")


def test_refresh_takes_up_the_new_state_and_not_before(indexed, reader):
    indexed.write("third.md", "# Third\n\nA lighthouse was lit.\n")
    indexed.reindex()
    assert reader.chunk_count() == 2
    assert "third.md" not in _dense(reader, indexed, "lighthouse")
    assert reader.refresh() == 2
    assert reader.chunk_count() == 3
    assert _dense(reader, indexed, "lighthouse")[0] == "third.md"


def test_a_question_sees_one_state_while_another_is_published(indexed, reader):
    with reader.snapshot() as before:
        (indexed.documents / "harbour.md").unlink()
        indexed.reindex()
        indexed.write("third.md", "# Third\n\nA lighthouse was lit.\n")
        indexed.reindex()
        assert _dense(before, indexed, "harbour")[0] == "harbour.md"
        assert before.lexical(["harbour"], k=1)
        with reader.snapshot() as after:
            assert after.live.generation == 3
            assert after.find_document("harbour.md") is None
            assert _dense(after, indexed, "lighthouse")[0] == "third.md"
        assert before.find_document("harbour.md") is not None
    assert reader.refresh() == 3


def test_a_held_generation_stays_until_it_is_let_go(indexed, reader):
    with reader.snapshot() as before:
        before.dense(indexed.embedder.embed_query("harbour"), k=1)
        (indexed.documents / "harbour.md").unlink()
        indexed.reindex()
        assert (indexed.index / "chroma" / "g1").is_dir()
    reader.refresh()
    indexed.reindex()
    assert not (indexed.index / "chroma" / "g1").exists()
    assert (indexed.index / "chroma" / "g2").is_dir()


def test_a_lost_collection_is_answered_for_and_made_again_without_embedding(indexed, reader):
    shutil.rmtree(indexed.index / "chroma" / "g1")
    assert _dense(reader, indexed, "harbour")[0] == "harbour.md"
    assert reader.notices == (EMBEDDED_NOTICE,)
    calls = indexed.embedder.calls
    report = indexed.reindex()
    assert report.unchanged == ("harbour.md", "land/orchard.md")
    assert indexed.embedder.calls == calls
    reader.refresh()
    assert _dense(reader, indexed, "harbour")[0] == "harbour.md"
    assert reader.notices == ()


def test_a_damaged_collection_is_answered_for_and_made_again(indexed, reader):
    for path in (indexed.index / "chroma" / "g1").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff" * path.stat().st_size)
    assert _dense(reader, indexed, "harbour")[0] == "harbour.md"
    assert reader.notices == (EMBEDDED_NOTICE,)
    indexed.reindex()
    reader.refresh()
    assert _dense(reader, indexed, "harbour")[0] == "harbour.md"
    assert reader.notices == ()


def test_an_index_that_was_deleted_is_missing_and_a_new_one_is_found(indexed, reader):
    shutil.rmtree(indexed.index)
    with pytest.raises(IndexMissing):
        reader.refresh()
    (indexed.documents / "harbour.md").unlink()
    indexed.reindex()
    reader.refresh()
    assert reader.find_document("harbour.md") is None
    assert reader.find_document("land/orchard.md") is not None


def test_a_manifest_of_nonsense_is_damaged_and_rebuild_makes_it_anew(indexed):
    (indexed.index / "manifest.sqlite").write_bytes(b"nonsense " * 1000)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        IndexReader.open(indexed.index, settings=Settings())
    with pytest.raises(IndexDamaged, match="--rebuild"):
        indexed.reindex()
    assert indexed.reindex(rebuild=True).added == ("harbour.md", "land/orchard.md")


def test_a_state_that_many_threads_end_at_once_is_given_back_once(indexed, reader):
    for _ in range(200):
        reader.refresh()
        together = threading.Barrier(4)

        def end(together: threading.Barrier = together) -> None:
            together.wait(timeout=10)
            with reader.snapshot():
                pass

        threads = [threading.Thread(target=end) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        idle = reader._shared._idle
        assert len({id(connection) for connection in idle}) == len(idle)


def test_many_threads_read_while_the_index_changes(indexed, reader):
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                with reader.snapshot() as snapshot:
                    paths = _dense(snapshot, indexed, "harbour dredged", k=1)
                    known = snapshot.find_document("harbour.md") is not None
                    if (paths == ["harbour.md"]) is not known or snapshot.notices:
                        wrong.append((paths, known, snapshot.notices))
            except Exception as error:  # noqa: BLE001 (every failure is reported below)
                wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(6):
        if turn % 2:
            indexed.write("harbour.md", "# Harbour\n\nThe harbour was dredged.\n")
        else:
            (indexed.documents / "harbour.md").unlink()
        indexed.reindex()
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_closing_twice_and_reading_after_it_are_allowed(reader):
    reader.close()
    reader.close()
    assert reader.chunk_count() == 2


def test_a_read_only_index_answers_and_cannot_be_written(indexed):
    calls = indexed.embedder.calls
    folders = [indexed.index, *(p for p in indexed.index.rglob("*") if p.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        with as_nobody(indexed.index):
            with closing(IndexReader.open(indexed.index, settings=Settings())) as reader:
                assert _dense(reader, indexed, "harbour")[0] == "harbour.md"
                assert reader.lexical(["harbour"], k=1)
            with pytest.raises(IndexNotWritable, match=r"cannot be written.*--index"):
                indexed.reindex()
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert indexed.embedder.calls == calls
    assert indexed.reindex().unchanged == ("harbour.md", "land/orchard.md")


def test_sqlites_errors_are_told_in_our_words(tmp_path):
    (tmp_path / "manifest.sqlite").mkdir()
    with pytest.raises(IndexMissing):
        connections.open_for_reading(tmp_path)
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect(tmp_path / "manifest.sqlite")
