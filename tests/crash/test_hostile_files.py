"""All the files made to break a reader, in one folder, through the real loading processes."""

from __future__ import annotations

import os
import re
import threading
import time
from contextlib import closing

import pytest

from briefwell.config import Settings
from briefwell.indexing import Parts, reindex
from briefwell.loaders import Limits
from briefwell.loaders.worker import LoadJob, load_many
from briefwell.storage.reader import IndexReader
from briefwell.types import Document
from hostile_files import FILES, SENTENCE
from inprocess import Bench

pytestmark = pytest.mark.slow

_MARKS = ("part", "none")


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    bench = Bench(tmp_path_factory.mktemp("hostile"))
    for file in FILES:
        file.make(bench.documents / file.name)
    return bench


@pytest.fixture(scope="module")
def report(bench):
    return reindex(
        bench.documents,
        bench.index,
        settings=Settings(),
        embedder=bench.embedder,
        parts=Parts(load_many=load_many, writer=bench.writer.start),
    )


@pytest.fixture(scope="module")
def texts(bench, report):
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        names = [info.source for info in reader.sources() if info.state == "ready"]
        return {name: reader.find_document(name).text for name in names}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_is_one_line_of_failure_or_is_read_rightly(file, report, texts):
    failed = {item.source: item for item in report.failed}
    if file.text == "none":
        assert file.name not in {*failed, *texts}
    elif file.reason:
        assert file.name not in texts
        assert re.search(file.reason, failed[file.name].reason), failed[file.name].reason
        assert failed[file.name].remedy
        assert "\n" not in failed[file.name].reason
    else:
        assert file.name not in failed
        assert SENTENCE in texts[file.name]
        if file.text not in _MARKS:
            assert texts[file.name] == (file.text or SENTENCE)


def test_nothing_was_followed_and_nothing_can_break_the_store(texts):
    for text in texts.values():
        assert "localhost" not in text
        text.encode("utf-8")


def test_a_file_that_grows_while_it_is_read_is_what_was_read_and_is_read_again(tmp_path):
    bench = Bench(tmp_path)
    line = "The ships of the valley came again.\n"
    path = bench.write("log.txt", f"{SENTENCE}\n" + line * 200)
    done = threading.Event()

    def grow():
        with path.open("a", encoding="utf-8") as stream:
            while not done.is_set():
                stream.write(line * 50)
                stream.flush()
                time.sleep(0.002)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        assert bench.reindex().failed == ()
    finally:
        done.set()
        writer.join()
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        text = reader.find_document("log.txt").text
    now = path.read_text(encoding="utf-8")
    assert now.startswith(text)
    assert len(text) < len(now)
    assert bench.reindex().updated == ("log.txt",)
    with closing(IndexReader.open(bench.index, settings=bench.settings)) as reader:
        assert reader.find_document("log.txt").text == now


def test_an_endless_file_ends_at_the_limit(tmp_path):
    path = tmp_path / "endless.txt"
    with path.open("wb") as stream:
        stream.truncate(3_000_000_000)
    started = time.monotonic()
    ((_, outcome),) = load_many(
        [LoadJob(path=path, source="endless.txt")], limits=Limits(file_bytes=1_000_000), workers=1
    )
    assert not isinstance(outcome, Document)
    assert "larger than 1,000,000 bytes" in outcome.problem
    assert time.monotonic() - started < 60


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser makes device files")
def test_a_device_file_is_refused(tmp_path):
    bench = Bench(tmp_path)
    bench.write("good.txt", SENTENCE)
    try:
        os.mknod(bench.documents / "null.txt", 0o20666, os.makedev(1, 3))
    except OSError:
        pytest.skip("this system lets nobody make device files")
    report = bench.reindex()
    assert [item.source for item in report.failed] == ["null.txt"]
    assert "not a file" in report.failed[0].reason
    assert report.added == ("good.txt",)
