from __future__ import annotations

import shutil
import threading
import time
from contextlib import contextmanager

import pytest

from briefwell.indexing import watch


@contextmanager
def watching(documents, index):
    """Count how often it was time to reindex; `wait_for(n)` waits until it was n times."""
    stop, rounds = threading.Event(), threading.Semaphore(0)

    def run() -> None:
        for _ in watch(documents, index=index, stop=stop):
            rounds.release()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield rounds
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


def is_due(rounds):
    return rounds.acquire(timeout=30)


@pytest.fixture
def documents(tmp_path):
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


def test_it_is_due_at_the_start_and_after_a_change(documents, tmp_path):
    with watching(documents, tmp_path / "index") as rounds:
        assert is_due(rounds)
        (documents / "a.md").write_text("one")
        assert is_due(rounds)
        (documents / "deep").mkdir()
        (documents / "deep" / "b.md").write_text("two")
        assert is_due(rounds)


def test_a_burst_of_changes_is_one(documents, tmp_path):
    with watching(documents, tmp_path / "index") as rounds:
        assert is_due(rounds)
        for number in range(50):
            (documents / f"{number}.md").write_text("words")
        assert is_due(rounds)
        assert not rounds.acquire(timeout=1.5)


def test_litter_and_the_index_do_not_count(documents):
    index = documents / "index"
    index.mkdir()
    with watching(documents, index) as rounds:
        assert is_due(rounds)
        (index / "manifest.sqlite").write_text("x")
        (documents / ".hidden").write_text("x")
        (documents / "~$lock.docx").write_text("x")
        assert not rounds.acquire(timeout=1.5)
        (documents / "a.md").write_text("one")
        assert is_due(rounds)


def test_a_folder_that_disappears_is_waited_for(documents, tmp_path):
    with watching(documents, tmp_path / "index") as rounds:
        assert is_due(rounds)
        shutil.rmtree(documents)
        time.sleep(1.5)
        while rounds.acquire(blocking=False):
            pass
        documents.mkdir()
        assert is_due(rounds)
        (documents / "a.md").write_text("one")
        assert is_due(rounds)


def test_each_time_the_folder_is_missing_is_told_once(documents, tmp_path):
    stop, told = threading.Event(), threading.Semaphore(0)
    rounds = watch(documents, index=tmp_path / "index", stop=stop, missing=told.release)
    for _ in range(2):
        next(rounds)
        assert not told.acquire(blocking=False)
        documents.rmdir()
        threading.Thread(target=lambda: told.acquire(timeout=30) and documents.mkdir()).start()
    next(rounds)
    assert not told.acquire(blocking=False)
    stop.set()
    assert list(rounds) == []


def test_a_folder_that_is_not_there_yet_is_waited_for(tmp_path):
    with watching(tmp_path / "later", tmp_path / "index") as rounds:
        assert not rounds.acquire(timeout=0.7)
        (tmp_path / "later").mkdir()
        assert is_due(rounds)
