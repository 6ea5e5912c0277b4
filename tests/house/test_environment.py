"""What a newcomer meets when the environment cannot be made: a problem and its remedy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("make", "sh", "sed", "mkdir", "rm", "touch")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what `make` reads, and a `bin` that holds nothing but the tools it needs."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        path = shutil.which(tool)
        if path is None:
            pytest.skip(f"{tool} is not on this machine")
        (tmp_path / "bin" / tool).symlink_to(path)
    return tmp_path


def _make(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    base = {"PATH": str(checkout / "bin"), "HOME": str(checkout), "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        ["make", "chat"],
        cwd=checkout,
        env=base | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _pretend(checkout: Path, name: str, script: str) -> None:
    path = checkout / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_an_old_python_is_told_apart(checkout):
    _pretend(
        checkout, "python3", 'if [ "$1" = --version ]; then echo "Python 3.9.2"; else exit 1; fi'
    )
    done = _make(checkout)
    assert done.returncode != 0
    assert (
        "Problem: Briefwell needs Python 3.11 or later; this machine has Python 3.9.2"
        in done.stderr
    )
    assert "Remedy:  Install Python 3.11" in done.stderr
    assert not (checkout / ".venv").exists()


def test_no_python_at_all_is_told(checkout):
    done = _make(checkout)
    assert done.returncode != 0
    assert "this machine has no Python 3" in done.stderr


def test_no_package_index_is_told_with_what_to_do_about_it(checkout):
    _pretend(checkout, "python3.11", f'exec "{sys.executable}" "$@"')
    done = _make(checkout, PIP_NO_INDEX="1")
    assert done.returncode != 0
    assert "Problem: The package index could not be reached" in done.stderr
    assert "PIP_FIND_LINKS" in done.stderr
    assert not (checkout / ".venv" / ".installed").exists()


def test_make_tells_its_targets(checkout):
    done = subprocess.run(["make"], cwd=checkout, capture_output=True, text=True, check=True)
    for target in ("chat", "test", "lint", "test-kill", "eval", "bench", "env"):
        assert f"make {target} " in done.stdout
