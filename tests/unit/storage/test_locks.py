from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from briefwell.errors import IndexLocked, IndexNotWritable
from briefwell.storage.locks import find_exclusive, find_shared, find_writer, hold_writer


def test_the_second_writer_is_told_who_the_first_is(tmp_path):
    with hold_writer(tmp_path), pytest.raises(IndexLocked) as caught:
        hold_writer(tmp_path)
    assert f"Process {os.getpid()} (since 2" in caught.value.problem
    assert "Wait until it has finished" in caught.value.remedy


def test_a_released_lock_can_be_taken_again(tmp_path):
    hold_writer(tmp_path).release()
    with hold_writer(tmp_path):
        assert find_writer(tmp_path) == json_holder(tmp_path)
    assert find_writer(tmp_path) is None


def json_holder(folder):
    held = json.loads((folder / "writer.lock").read_text())
    return f"Process {held['pid']} (since {held['started']})"


def test_a_writer_that_died_holds_nothing(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from briefwell.storage.locks import hold_writer;"
        "lock = hold_writer(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    died = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert died.returncode == -9
    assert (tmp_path / "writer.lock").exists()
    assert find_writer(tmp_path) is None
    hold_writer(tmp_path).release()


def test_a_lock_file_full_of_nonsense_only_costs_the_name(tmp_path):
    with hold_writer(tmp_path) as lock:
        lock.note("{{{")
        assert find_writer(tmp_path) == "Another process"


def test_nobody_writes_a_folder_that_is_not_there(tmp_path):
    assert find_writer(tmp_path / "nowhere") is None


def test_a_folder_that_is_a_file_cannot_be_locked(tmp_path):
    (tmp_path / "index").write_text("")
    with pytest.raises(IndexNotWritable, match="--index"):
        hold_writer(tmp_path / "index")


def test_shared_locks_go_together_and_keep_the_exclusive_one_out(tmp_path):
    path = tmp_path / "g1.lock"
    assert find_shared(path) is None
    path.touch()
    first, second = find_shared(path), find_shared(path)
    assert first is not None
    assert second is not None
    assert find_exclusive(path) is None
    first.release()
    first.release()
    assert find_exclusive(path) is None
    second.release()
    with find_exclusive(path):
        assert find_shared(path) is None
