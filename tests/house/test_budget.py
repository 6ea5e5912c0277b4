"""One idea a file, one thing a function: 300 lines and 40."""

from __future__ import annotations

import ast
from pathlib import Path

import briefwell

PACKAGE = Path(briefwell.__file__).parent
MODULE_LINES = 300
FUNCTION_LINES = 40


def test_modules_are_at_most_300_lines():
    lengths = {
        str(path.relative_to(PACKAGE)): len(path.read_text(encoding="utf-8").splitlines())
        for path in PACKAGE.rglob("*.py")
    }
    long = {name: length for name, length in lengths.items() if length > MODULE_LINES}
    # The vocabulary stays in one file: it is a list of short declarations, not one long idea.
    long.pop("types.py", None)
    assert long == {}


def test_functions_are_at_most_40_lines_without_their_docstring():
    long = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = _length(node)
                if length > FUNCTION_LINES:
                    long[f"{path.relative_to(PACKAGE)}:{node.name}"] = length
    assert long == {}


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    is_documented = ast.get_docstring(node, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring
