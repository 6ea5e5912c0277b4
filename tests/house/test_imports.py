"""What each command loads; a heavy library is loaded by the one that needs it and no other.

sentence-transformers costs 5 to 10 seconds and up to a gigabyte, gradio 4 seconds.
"""

from __future__ import annotations

import json
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import briefwell

NEVER_FOR_COMMANDS = {
    "gradio",
    "langchain",
    "langchain_chroma",
    "langchain_core",
    "onnx",
    "pandas",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "torch",
    "transformers",
}
READERS = {"docx", "lxml", "pypdfium2", "trafilatura"}
HEAVY = NEVER_FOR_COMMANDS | READERS
HEAVY |= {"chromadb", "huggingface_hub", "numpy", "onnxruntime", "tokenizers"}
DOORS = ("briefwell.__main__", "briefwell.langchain", "briefwell.web.")
"""Imported when their surface is opened; all they do needs LangChain or gradio."""

REPORT = """
import atexit, json, sys
def tell():
    print("\\nLOADED", json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
atexit.register(tell)
"""
RUN = f"{REPORT}\nfrom briefwell.cli import main\nmain()\n"


def loaded(code: str, arguments: Sequence[str] = (), *, place: Path | None = None) -> set[str]:
    """Run code in a process of its own; return the top-level modules it ended with."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=place, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.rpartition("LOADED ")[2]))


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, compiled_models: Path) -> Path:
    """A project with one document, indexed with the real model, which is compiled already."""
    place = tmp_path_factory.mktemp("project")
    (place / "documents").mkdir()
    (place / "documents" / "a.txt").write_text("The harbour froze in 1990. Ships waited at sea.")
    shutil.copytree(compiled_models, place / "index" / "models")
    modules = loaded(RUN, ["reindex"], place=place)
    assert modules & NEVER_FOR_COMMANDS == set()
    assert {"onnxruntime", "tokenizers"} <= modules
    return place


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded(f"{REPORT}\nimport briefwell") & HEAVY == set()


def test_no_module_but_a_door_loads_anything_heavy_when_it_is_imported() -> None:
    names = [
        module.name
        for module in pkgutil.walk_packages(briefwell.__path__, "briefwell.")
        if not module.name.startswith(DOORS)
    ]
    code = f"{REPORT}\nimport importlib\nfor name in {names}: importlib.import_module(name)"
    assert loaded(code) & (HEAVY - READERS) == set()


def test_the_langchain_door_loads_its_core_and_no_model() -> None:
    modules = loaded(f"{REPORT}\nimport briefwell.langchain") & HEAVY
    assert "langchain_core" in modules
    assert modules <= {"langchain_core", "numpy"}


def test_help_loads_nothing_heavy() -> None:
    assert loaded(RUN, ["--help"]) & HEAVY == set()


def test_an_unchanged_reindex_loads_no_model_and_no_chroma(indexed: Path) -> None:
    assert loaded(RUN, ["reindex"], place=indexed) & HEAVY == set()


def test_an_unchanged_reindex_loads_nothing_that_answers(indexed: Path) -> None:
    code = "import atexit, sys\nheld = lambda: print('HELD', *sys.modules)\natexit.register(held)\n"
    run = [sys.executable, "-c", f"{code}from briefwell.cli import main\nmain()", "reindex"]
    told = subprocess.run(run, cwd=indexed, capture_output=True, text=True, check=True).stdout
    modules = told.rpartition("HELD ")[2].split()
    assert "briefwell.indexing" in modules
    assert not [name for name in modules if name.startswith("briefwell.answering")]


def test_status_loads_no_model_and_no_chroma(indexed: Path) -> None:
    assert loaded(RUN, ["status"], place=indexed) & HEAVY == set()


def test_ask_loads_the_compiled_model_only(indexed: Path) -> None:
    modules = loaded(RUN, ["ask", "When did the harbour freeze?"], place=indexed)
    assert modules & (NEVER_FOR_COMMANDS | {"chromadb"}) == set()
    assert {"onnxruntime", "tokenizers"} <= modules
