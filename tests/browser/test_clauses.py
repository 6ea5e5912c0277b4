"""Every clause has its test, and every browser test its clause. Needs no browser."""

from __future__ import annotations

import re
from pathlib import Path

from browser.clauses import CLAUSES

HERE = Path(__file__).resolve().parent


def _tests() -> set[str]:
    return {
        f"{path.stem}::{name}"
        for path in HERE.glob("test_*.py")
        if path.stem != "test_clauses"
        for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
    }


def test_every_clause_has_a_test():
    named = {test for clauses in CLAUSES.values() for test in clauses.values()}
    assert named - _tests() == set()


def test_every_browser_test_stands_for_a_clause():
    named = {test for clauses in CLAUSES.values() for test in clauses.values()}
    assert _tests() - named == set()
