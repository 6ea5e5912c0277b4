"""Every error that is raised says what is wrong and what to do."""

from __future__ import annotations

import ast
from pathlib import Path

import briefwell
from briefwell import errors

PACKAGE = Path(briefwell.__file__).parent
TREE = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.BriefingError)
}


def _raised():
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = ast.unparse(node.exc.func).rpartition(".")[2]
                if name in TREE:
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", name, node.exc


def _is_empty(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and not str(argument.value).strip()


def test_every_raise_gives_problem_and_remedy():
    wrong = []
    for place, name, call in _raised():
        given = [*call.args, *(word.value for word in call.keywords if word.arg != "path")]
        if any(isinstance(argument, ast.Starred) for argument in given):
            continue
        wanted = 1 if name == "InternalError" else 2
        if len(given) < wanted or any(_is_empty(argument) for argument in given[:wanted]):
            wrong.append(f"{place}: {ast.unparse(call)}")
    assert wrong == []


def test_the_tree_is_drawn_on_top_of_the_module():
    assert {name for name in TREE if name not in (errors.__doc__ or "")} == set()


def test_no_error_takes_the_name_of_a_builtin():
    assert [name for name in TREE if name in dir(__builtins__)] == []


def test_nothing_is_swallowed():
    """An `except` that only passes hides what went wrong."""
    silent = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = ast.unparse(node.type) if node.type else "everything"
            is_silent = all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)
            if is_silent and caught in ("everything", "Exception", "BaseException"):
                silent.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert silent == []
