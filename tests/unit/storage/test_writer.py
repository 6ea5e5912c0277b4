from __future__ import annotations

import functools
import os
import signal
import sqlite3
import sys
import time
from contextlib import closing

import pytest

from briefwell.indexing import Parts, reindex
from briefwell.storage import staging
from briefwell.storage.generations import VectorPlace
from briefwell.storage.manifest import Manifest
from briefwell.storage.reader import IndexReader
from briefwell.storage.vectors import VectorsUnavailable
from briefwell.storage.writer import WriteJob, write_generation
from briefwell.storage.writing import WriterProcess


def _job(bench, target, source=None):
    return WriteJob(
        index=str(bench.index), target=target, source=source, url=None, index_id="", timeout=5
    )


def _ids(bench, number):
    with closing(VectorPlace(index=bench.index).open(number)) as collection:
        return collection.ids()


def test_a_copy_is_brought_in_line_with_the_coming_state(indexed):
    with Manifest.open(indexed.index) as manifest:
        row = manifest.connection.execute("SELECT id FROM documents LIMIT 1").fetchone()
        staging.stage_removals(manifest, [row[0]])
    told = []
    result = write_generation(_job(indexed, 5, source=1), lambda *step: told.append(step))
    assert result == {"count": 1, "added": 0, "deleted": 1}
    assert told == [(0, 0)]
    assert len(_ids(indexed, 5)) == 1
    assert _ids(indexed, 5) < _ids(indexed, 1)


def test_from_nothing_everything_is_written(indexed):
    result = write_generation(_job(indexed, 6), lambda done, total: None)
    assert result == {"count": 2, "added": 2, "deleted": 0}
    assert _ids(indexed, 6) == _ids(indexed, 1)


def test_what_chroma_holds_wrongly_is_found_out(indexed):
    with Manifest.open(indexed.index) as manifest, manifest.transaction() as connection:
        rows = connection.execute("SELECT key, vector FROM vectors ORDER BY key").fetchall()
        connection.execute("UPDATE vectors SET vector = ? WHERE key = ?", (rows[0][1], rows[1][0]))
    with pytest.raises(VectorsUnavailable, match="another vector than it was given"):
        write_generation(_job(indexed, 7, source=1), lambda done, total: None)


@pytest.mark.parametrize("is_missing", [True, False])
def test_a_copy_of_a_generation_that_was_wrong_is_found_out(indexed, is_missing):
    with closing(VectorPlace(index=indexed.index).open(1)) as collection:
        known = sorted(collection.ids())
        vector = collection.vectors(known)[known[0]]
        if is_missing:
            collection.delete(known[:1])
        else:
            collection.add(["unknown"], [vector])
    with pytest.raises(VectorsUnavailable, match="does not hold the vectors"):
        write_generation(_job(indexed, 7, source=1), lambda done, total: None)


def test_a_process_of_its_own_does_the_same(indexed):
    told = []
    with WriterProcess() as writer:
        result = writer.write(_job(indexed, 8), lambda *step: told.append(step))
    assert result["count"] == 2
    assert told[-1] == (2, 2)
    assert _ids(indexed, 8) == _ids(indexed, 1)


def test_a_copy_of_nothing_is_a_plain_failure(indexed):
    with WriterProcess() as writer, pytest.raises(VectorsUnavailable, match="No such file"):
        writer.write(_job(indexed, 9, source=4), lambda done, total: None)


def test_a_process_that_dies_is_noticed(indexed):
    with WriterProcess() as writer:
        os.kill(writer.pid, signal.SIGKILL)
        with pytest.raises(VectorsUnavailable, match="ended with code -9"):
            writer.write(_job(indexed, 10), lambda done, total: None)


def _speaking(code):
    return WriterProcess(silence=0.5, command=[sys.executable, "-c", code])


def test_a_process_that_falls_silent_is_ended(indexed):
    hung = "import sys, time; sys.stdin.readline(); print('{\"step\": true}', flush=True); "
    with _speaking(hung + "time.sleep(600)") as writer:
        started = time.monotonic()
        with pytest.raises(VectorsUnavailable, match=r"no sign of life for 0\.5 seconds"):
            writer.write(_job(indexed, 11), lambda done, total: None)
        assert time.monotonic() - started < 60
        assert not _is_running(writer.pid)


def test_a_process_that_says_nothing_more_but_stays_is_ended(indexed):
    closed = "import os, sys, time; sys.stdin.readline(); os.close(1); time.sleep(600)"
    with _speaking(closed) as writer:
        with pytest.raises(VectorsUnavailable, match="ended with code -9"):
            writer.write(_job(indexed, 12), lambda done, total: None)
        assert not _is_running(writer.pid)


def test_a_slow_process_that_shows_signs_of_life_is_left_alone(indexed):
    slow = (
        "import sys, time; sys.stdin.readline()\n"
        "for _ in range(15): time.sleep(0.1); print('{\"step\": true}', flush=True)\n"
        'print(\'{"result": {"count": 1}}\', flush=True)'
    )
    with _speaking(slow) as writer:
        assert writer.write(_job(indexed, 13), lambda done, total: None) == {"count": 1}


def test_readers_need_not_repeat_what_was_written_last(indexed):
    write_generation(_job(indexed, 15), lambda done, total: None)
    database = indexed.index / "chroma" / "g15" / "chroma.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        logged = "SELECT max(seq_id) FROM embeddings_queue"
        saved = "SELECT min(seq_id) FROM max_seq_id"
        assert connection.execute(logged).fetchone() == connection.execute(saved).fetchone()
        # Chroma's own habit stays as it was for the next writing.
        (schema,) = connection.execute("SELECT schema_str FROM collections").fetchone()
        assert '"sync_threshold":1000' in schema
        assert '"sync_threshold":2' not in schema


def test_every_step_of_the_writer_is_a_sign_of_life(indexed):
    steps = []
    write_generation(_job(indexed, 14, source=1), lambda *step: None, lambda: steps.append(1))
    # At least: the files copied, the collection opened, the proofs, the flush.
    assert len(steps) > 2 * len(list((indexed.index / "chroma" / "g1").rglob("*.*"))) + 4


def test_a_generation_that_cannot_be_finished_for_silence_leaves_exact_search(bench):
    bench.write("harbour.md", "# Harbour\n\nThe harbour was dredged.\n")
    silent = functools.partial(
        WriterProcess, silence=0.5, command=[sys.executable, "-c", "import time; time.sleep(600)"]
    )
    report = reindex(
        bench.documents, bench.index, settings=bench.settings, embedder=bench.embedder,
        parts=Parts(load_many=bench.loader, writer=silent),
    )  # fmt: skip
    assert report.added == ("harbour.md",)
    assert any("no sign of life" in note for note in report.notes)
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        assert len(reader.dense(bench.embedder.embed_query("dredged"), k=3)) == 1
    bench.reindex()
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        reader.dense(bench.embedder.embed_query("dredged"), k=3)
        assert reader.notices == ()


def _is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_process_without_work_ends_with_its_parents_interest():
    writer = WriterProcess()
    writer.close()
    for _ in range(100):
        if not _is_running(writer.pid):
            return
        time.sleep(0.05)
    pytest.fail("the process is still there")
