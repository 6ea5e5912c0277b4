"""The top level is what it should be, and nothing in it names this machine."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    ".ci", ".gitattributes", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md",
    "benchmarks", "constraints.txt", "documents", "index", "pyproject.toml", "src", "tests",
}  # fmt: skip


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("this is not a git checkout")
    names = done.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def _lines(paths: list[Path]):
    for path in paths:
        data = path.read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
            yield f"{path.relative_to(ROOT)}:{number}", line


def test_the_top_level_holds_nothing_else(tracked):
    assert {path.relative_to(ROOT).parts[0] for path in tracked} <= TOP_LEVEL


def test_no_file_names_a_place_on_this_machine(tracked):
    places = [f"{ROOT.parent}/", f"{Path.home()}/", os.environ.get("PIP_FIND_LINKS", "")]
    places = [place for place in places if len(place) > 4]
    found = [where for where, line in _lines(tracked) if any(place in line for place in places)]
    assert found == []


def test_no_file_names_a_package_host_or_a_package_file(tracked):
    address = re.compile(r"https?://[^ \"]+\.(?:whl|tar\.gz|tgz|deb)\b|index-url *=|^registry *=")
    found = [where for where, line in _lines(tracked) if address.search(line)]
    assert [where for where in found if not where.startswith("tests/house/test_tree.py")] == []


def test_nothing_is_left_to_do_later(tracked):
    mark = re.compile(r"(?:#|//|/\*)\s*(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
    code = [path for path in tracked if path.suffix in {".py", ".js", ".css"}]
    assert [where for where, line in _lines(code) if mark.search(line)] == []


def test_what_is_generated_is_not_kept(tracked):
    kept = [path.relative_to(ROOT).as_posix() for path in tracked]
    assert [name for name in kept if name.startswith("index/")] == ["index/README.md"]


def test_the_licence_is_apache_2():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "The Briefwell authors" in text
