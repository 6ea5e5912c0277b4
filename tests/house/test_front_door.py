"""What `briefwell` exports, and what importing costs."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import briefwell
from briefwell import errors, types

PACKAGE = Path(briefwell.__file__).parent
HEAVY = ("chromadb", "gradio", "onnx", "onnxruntime", "sentence_transformers", "torch")
"""May be imported only when first needed, so never by importing a module of ours."""

MODULES = sorted(
    ".".join(("briefwell", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
        ".__init__"
    )
    for path in PACKAGE.rglob("*.py")
    if path.name != "__main__.py"
)


def test_all_is_what_the_front_door_gives():
    assert briefwell.__all__ == sorted(briefwell.__all__)
    for name in briefwell.__all__:
        assert getattr(briefwell, name).__name__ == name


def test_every_error_is_at_the_front_door():
    tree = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.BriefingError)
    }
    assert tree <= set(briefwell.__all__)


def test_every_data_type_is_at_the_front_door():
    public = {
        name
        for name, value in vars(types).items()
        if isinstance(value, type) and value.__module__ == types.__name__ and name[0] != "_"
    }
    assert public - {"Plain"} <= set(briefwell.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'Assistent'"):
        importlib.import_module("briefwell").Assistent  # noqa: B018


def _loaded_by(statement: str) -> list[str]:
    code = f"{statement}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_importing_the_package_loads_no_third_party_package():
    loaded = _loaded_by("import briefwell")
    third_party = ("numpy", "pydantic", "langchain_core", "click", *HEAVY)
    assert [name for name in third_party if name in loaded] == []


def test_the_help_loads_no_more_than_click():
    loaded = _loaded_by("from briefwell.cli import main; main(['--help'])")
    assert [
        name for name in ("numpy", "pydantic", "langchain_core", *HEAVY) if name in loaded
    ] == []


def _found_when_imported_alone(modules: list[str], *, refused: tuple[str, ...]) -> str:
    """Import each module as if it were the first of ours; importing what is refused fails."""
    code = f"""
import importlib, sys

class Refusal:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {refused!r}:
            raise ImportError(f"{{name}} is imported before it is needed")

sys.meta_path.insert(0, Refusal())
sys.dont_write_bytecode = False
for name in {modules!r}:
    for loaded in [item for item in sys.modules if item.partition(".")[0] == "briefwell"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{{name}}: {{type(error).__name__}}: {{error}}")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=240
    )
    return done.stdout


def test_every_module_imports_alone_and_nothing_heavy_with_it():
    modules = [name for name in MODULES if not name.startswith("briefwell.web")]
    assert _found_when_imported_alone(modules, refused=HEAVY) == ""


def test_the_page_imports_alone_and_of_the_heavy_ones_only_gradio():
    modules = [name for name in MODULES if name.startswith("briefwell.web")]
    refused = tuple(name for name in HEAVY if name != "gradio")
    assert _found_when_imported_alone(modules, refused=refused) == ""
