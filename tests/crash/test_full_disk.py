"""A disk that fills up, at many places: a clear error, the old answers, and the next run mends."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from briefwell.storage.reader import IndexReader
from inprocess import Bench

VICTIM = Path(__file__).parent / "limited.py"


@pytest.fixture(scope="module")
def full_size(tmp_path_factory):
    """Bytes of the largest file of the finished index."""
    bench = Bench(tmp_path_factory.mktemp("size"))
    write(bench, 2)
    bench.reindex()
    return max(path.stat().st_size for path in bench.index.rglob("*") if path.is_file())


def write(bench, edition):
    for number in range(60):
        text = f"The basin {number} was dredged in edition {edition}. " * 8
        bench.write(f"report-{number:02d}.md", f"# Report {number}\n\n{text}\n")


def texts(bench):
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        vector = bench.embedder.embed_query("the basin was dredged")
        assert len(reader.dense(vector, k=5)) == 5
        assert reader.notices == ()
        return {info.source: reader.find_document(info.source).text for info in reader.sources()}


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95])
def test_a_full_disk_is_said_and_the_old_state_answers(tmp_path, full_size, share):
    bench = Bench(tmp_path)
    bench.write("old.md", "# Old\n\nThe old pier fell.\n")
    for number in range(5):
        bench.write(f"old{number}.md", f"# Old\n\nThe old basin {number} was dredged.\n")
    bench.reindex()
    before = texts(bench)
    write(bench, 2)
    told = subprocess.run(
        [sys.executable, VICTIM, bench.documents, bench.index, str(int(full_size * share))],
        check=False, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert told.returncode == 3, told.stderr
    error = json.loads(told.stdout)
    assert error["error"] == "IndexNotWritable"
    assert "pace" in error["remedy"]
    assert texts(bench) == before
    assert len(bench.reindex().added) == 60
    assert len(texts(bench)) == 66
