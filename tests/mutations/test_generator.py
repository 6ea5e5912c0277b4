"""The generator shares nothing with the proof it tests."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "src"
OWN = ("generate", "truths", "wordlists")


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            named.add(node.module or "")
            named.update(f"{node.module}.{alias.name}" for alias in node.names)
    return named


def _file(name: str) -> Path | None:
    places = (HERE / f"{name}.py", SOURCES / Path(*name.split(".")).with_suffix(".py"))
    packages = (SOURCES / Path(*name.split(".")) / "__init__.py",)
    return next((place for place in (*places, *packages) if place.is_file()), None)


def test_no_module_the_generator_imports_is_part_of_the_proof() -> None:
    seen: set[str] = set()
    waiting = set(OWN)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        path = _file(name)
        if path is not None:
            waiting |= _imported(path) - seen
    assert {"briefwell.structure", "truths", "usage"} <= seen
    assert not [name for name in seen if name.startswith("briefwell.verification")]
    assert not [name for name in seen if name in ("judging", "importlib", "briefwell")]
