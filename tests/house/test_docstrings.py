"""Docstrings are contracts: what they list is what the code has."""

from __future__ import annotations

import ast
import builtins
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import briefwell
from briefwell import errors

PACKAGE = Path(briefwell.__file__).parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _documented() -> Iterator[tuple[str, Function, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function) and (text := ast.get_docstring(node)):
                yield f"{path.relative_to(PACKAGE)}:{node.name}", node, text


def _section(docstring: str, title: str) -> list[str]:
    """Return the names a section lists, or [] when there is no such section."""
    lines = iter(inspect.cleandoc(docstring).splitlines())
    names = []
    for line in lines:
        if line == f"{title}:":
            break
    for line in lines:
        if line and not line.startswith(" "):
            break
        if entry := re.match(r" {4}(\*{0,2}[\w.]+)(?: \([^)]*\))?:", line):
            names.append(entry.group(1).lstrip("*"))
    return names


def _parameters(node: Function) -> list[str]:
    given = node.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    names = [item.arg for item in every if item is not None]
    return [name for name in names if name not in ("self", "cls") and name[0] != "_"]


def test_listed_arguments_are_the_parameters():
    wrong = {}
    for place, node, text in _documented():
        listed = _section(text, "Args")
        if listed and sorted(listed) != sorted(_parameters(node)):
            wrong[place] = sorted(set(listed) ^ set(_parameters(node)))
    assert wrong == {}


def _classes() -> set[str]:
    """Return the names of all classes of the package."""
    return {
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }


def test_listed_exceptions_exist():
    wrong, classes = {}, _classes()
    for place, _, text in _documented():
        unknown = [
            name
            for name in _section(text, "Raises")
            if name not in classes and not hasattr(builtins, name)
        ]
        if unknown:
            wrong[place] = unknown
    assert wrong == {}


def test_an_exception_raised_in_a_documented_function_is_listed():
    """Only where a `Raises:` section stands: it may not leave out what the body raises."""
    wrong = {}
    for place, node, text in _documented():
        listed = _section(text, "Raises")
        raised = {
            ast.unparse(item.exc.func)
            for item in ast.walk(node)
            if isinstance(item, ast.Raise) and isinstance(item.exc, ast.Call)
        }
        ours = {name for name in raised if hasattr(errors, name)}
        missing = {name for name in ours if not _is_listed(name, listed)}
        if listed and missing:
            wrong[place] = sorted(missing)
    assert wrong == {}


def _is_listed(name: str, listed: list[str]) -> bool:
    """Tell whether the error, or a kind it belongs to, is listed; our own bugs need not be."""
    kinds = [kind.__name__ for kind in getattr(errors, name).__mro__]
    return name == "InternalError" or any(kind in listed for kind in kinds)
