from __future__ import annotations

import os
import signal
import time
from contextlib import closing

import pytest

from briefwell.storage import staging
from briefwell.storage.generations import VectorPlace
from briefwell.storage.manifest import Manifest
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


def test_a_process_without_work_ends_with_its_parents_interest():
    writer = WriterProcess()
    writer.close()
    for _ in range(100):
        try:
            os.kill(writer.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the process is still there")
