from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefwell.errors import ConfigError
from briefwell.sources import hash_file, printable_path, scan
from inprocess import as_nobody

NOWHERE = "/nowhere/index"


def _scan(folder):
    return scan(folder, index=Path(NOWHERE))


def test_files_come_by_relative_path_in_sorted_order(tmp_path):
    for name in ("b.md", "a/z.txt", "a/b/c.pdf", "B.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("12345")
    found = _scan(tmp_path)
    assert list(found.files) == ["B.md", "a/b/c.pdf", "a/z.txt", "b.md"]
    file = found.files["a/z.txt"]
    assert (file.path, file.size, file.file) == ("a/z.txt", 5, tmp_path / "a" / "z.txt")
    assert found.refused == found.closed == ()


def test_the_folder_itself_may_be_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.md").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert list(_scan(tmp_path / "link").files) == ["a.md"]


def test_a_folder_that_leads_out_is_refused_and_one_inside_is_walked_once(tmp_path):
    outside, inside = tmp_path / "outside", tmp_path / "documents"
    outside.mkdir()
    (outside / "secret.md").write_text("x")
    (inside / "deep").mkdir(parents=True)
    (inside / "deep" / "a.md").write_text("x")
    (inside / "out").symlink_to(outside)
    (inside / "again").symlink_to(inside / "deep")
    (inside / "deep" / "up").symlink_to(inside)
    found = _scan(inside)
    assert list(found.files) == ["deep/a.md"]
    assert [item.source for item in found.refused] == ["out"]


def test_a_link_that_names_itself_is_refused(tmp_path):
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    (found,) = _scan(tmp_path).refused
    assert found.source == "self.md"
    assert found.remedy


def test_a_name_that_is_no_utf8_is_refused_and_can_be_shown(tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9.md", "wb"):
        pass
    (found,) = _scan(tmp_path).refused
    assert found.source == "caf\\xe9.md"
    assert found.reason == "The file's name is not valid UTF-8."
    assert printable_path("plain.md") == "plain.md"


def test_what_cannot_be_opened_is_told_apart(tmp_path):
    with pytest.raises(ConfigError, match="There is no documents folder"):
        _scan(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="is no folder"):
        _scan(tmp_path / "file")


def test_a_closed_folder_is_told_and_the_rest_goes_on(tmp_path):
    folder = tmp_path / "documents"
    (folder / "closed").mkdir(parents=True)
    (folder / "a.md").write_text("x")
    (folder / "closed" / "b.md").write_text("x")
    (folder / "closed").chmod(0)
    try:
        with as_nobody(folder):
            found = _scan(folder)
    finally:
        (folder / "closed").chmod(0o755)
    assert list(found.files) == ["a.md"]
    assert found.closed == ("closed",)
    (refused,) = found.refused
    assert refused.reason == "The folder cannot be opened: Permission denied."


def test_hashing_stops_at_the_limit(tmp_path):
    (tmp_path / "a").write_bytes(b"abc" * 1_000_000)
    (tmp_path / "b").write_bytes(b"ab")
    assert hash_file(tmp_path / "a", most=2) == hash_file(tmp_path / "b", most=9)
    with pytest.raises(OSError, match="No such file"):
        hash_file(tmp_path / "c", most=1)
