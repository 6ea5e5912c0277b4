"""A process killed at each stage leaves the old answers; a reader beside it goes on reading."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from briefwell.indexing import Stage
from briefwell.storage.generations import VectorPlace
from briefwell.storage.reader import IndexReader
from inprocess import Bench

HERE = Path(__file__).parent
DOCUMENTS = 12


def write_edition(bench, edition, *, documents=DOCUMENTS):
    for number in range(documents):
        bench.write(
            f"report-{number:03d}.md",
            f"# Harbour report {number}\n\nThis is edition {edition} of the report on basin "
            f"{number}.\n\n## Depth\n\nIn edition {edition} the depth of basin {number} is new.\n",
        )


def run_victim(bench, *stages):
    return subprocess.run(
        [sys.executable, HERE / "victim.py", bench.documents, bench.index, *stages],
        check=False, capture_output=True, text=True,
    )  # fmt: skip


def state(bench):
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        chunks = {
            chunk.id: (info.source, chunk.text)
            for info in reader.sources()
            for chunk in reader.document_chunks(reader.find_document(info.source).id)
        }
        vectors = reader.vectors(list(chunks))
        number = reader.live.vectors
    with closing(VectorPlace(index=bench.index).open(number)) as collection:
        assert collection.ids() == set(chunks)
    return chunks, vectors


@pytest.mark.parametrize("stage", list(Stage))
def test_killed_at_a_stage_the_old_state_answers_and_the_next_run_ends_equal(tmp_path, stage):
    bench = Bench(tmp_path)
    write_edition(bench, 1)
    bench.reindex()
    old = state(bench)
    write_edition(bench, 2)
    died = run_victim(bench, stage)
    assert died.returncode == -9, died.stderr
    if stage is not Stage.SWEEP:
        assert state(bench) == old
    bench.reindex()
    clean = Bench(tmp_path / "clean")
    write_edition(clean, 2)
    clean.reindex()
    assert state(bench) == state(clean)
    assert VectorPlace(index=bench.index).numbers() == [live_vectors(bench)]


def live_vectors(bench):
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        return reader.live.vectors


class Witness:
    """A process that reads; `seen` is all it has answered so far."""

    def __init__(self, index, told):
        # A file, not a pipe: a full pipe would stop the reading.
        self._told = told
        with told.open("w") as stream:
            self._process = subprocess.Popen(
                [sys.executable, HERE / "witness.py", index],
                stdin=subprocess.PIPE, stdout=stream, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip

    def seen(self):
        lines = self._told.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def wait_for(self, edition):
        for _ in range(1200):
            if any(edition in answer["editions"] for answer in self.seen()):
                return
            assert self._process.poll() is None, self._process.stderr.read()
            time.sleep(0.05)
        pytest.fail(f"edition {edition} was never seen")

    def end(self):
        _, errors = self._process.communicate()
        assert self._process.returncode == 0, errors


@contextmanager
def witness(index, told):
    running = Witness(index, told)
    try:
        running.wait_for("1")
        yield running
    finally:
        running.end()


def test_readers_in_other_processes_see_the_old_state_or_the_new_one(tmp_path):
    bench = Bench(tmp_path)
    write_edition(bench, 1)
    bench.reindex()
    with witness(bench.index, tmp_path / "first") as first:
        write_edition(bench, 2)
        assert run_victim(bench, Stage.WRITE).returncode == -9
        with witness(bench.index, tmp_path / "second") as second:
            assert run_victim(bench).returncode == 0
            first.wait_for("2")
            write_edition(bench, 3)
            bench.reindex()
            first.wait_for("3")
            second.wait_for("3")
    for seen in (first.seen(), second.seen()):
        assert {answer["found"] for answer in seen} == {16}
        assert {answer["chunks"] for answer in seen} == {2 * DOCUMENTS}
        assert {tuple(answer["notices"]) for answer in seen} == {()}
        assert all(len(answer["editions"]) == 1 for answer in seen)
        editions = [int(answer["editions"][0]) for answer in seen]
        assert editions == sorted(editions)
