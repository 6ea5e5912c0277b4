"""Fixtures every test may use. Nothing here writes outside `tmp_path`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

import briefwell
from briefwell.embeddings import load_embedder
from doubles import HashEmbedder

ROOT = Path(__file__).resolve().parent.parent

HARBOUR = """# Harbour report

The harbour of Port Ellery was dredged in 2019. The work cost 4 million crowns.

## Traffic

Some 310 ships called in 2020. Pilots say that fog may close the entrance in November.
"""

ORCHARD = """# Orchard survey

The orchards of Linden Valley cover 1,200 hectares. Apples are grown on most of them.

## Frost

A late frost in May 2021 destroyed a third of the blossom. Growers did not ask for aid.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A documents folder and an index folder of one test."""

    documents: Path
    index: Path

    def write(self, name: str, text: str) -> Path:
        path = self.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write what was produced as the new golden files, to be reviewed as a diff.",
    )
    parser.addoption(
        "--update-pictures",
        action="store_true",
        help="Write the pictures of the page that the README shows, to be looked at.",
    )


def pytest_configure() -> None:
    """No test may ask the network for a model; read by huggingface_hub when it is imported."""
    os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take a file of the browser and another in turn: the former wait, the latter work."""
    pages = [item for item in items if item.path.parent.name == "browser"]
    others = [item for item in items if item.path.parent.name != "browser"]
    place = {
        path: (turn, kind)
        for kind, part in enumerate((others, pages))
        for turn, path in enumerate(dict.fromkeys(item.path for item in part))
    }
    items.sort(key=lambda item: place[item.path])


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of the person who runs it, or writes to their state folder."""
    for name in [name for name in os.environ if name.startswith("BRIEFWELL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BRIEFWELL_STATE", str(tmp_path / "state"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty documents folder and the path of an index that does not exist yet."""
    documents = tmp_path / "documents"
    documents.mkdir()
    return Project(documents=documents, index=tmp_path / "index")


@pytest.fixture
def corpus(project: Project) -> Project:
    """Two short documents on subjects that have nothing in common."""
    project.write("harbour.md", HARBOUR)
    project.write("land/orchard.md", ORCHARD)
    return project


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def assistant(corpus: Project, embedder: HashEmbedder) -> Iterator[briefwell.Assistant]:
    """An assistant over `corpus`, already indexed, without any model weights."""
    with briefwell.Assistant.open(
        documents=corpus.documents,
        index=corpus.index,
        settings=briefwell.Settings(),
        embedder=embedder,
    ) as opened:
        opened.reindex()
        yield opened


@pytest.fixture(scope="session")
def compiled_models(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """A folder with the default model compiled, made once for all workers of a run.

    For `load_embedder(settings, models=compiled_models)`; or copy it to an index's `models`,
    so that indexing with the real model does not compile it again. Tests do not write to it.
    """
    is_worker = hasattr(request.config, "workerinput")
    base = tmp_path_factory.getbasetemp()
    models = (base.parent if is_worker else base) / "compiled-models"
    with FileLock(f"{models}.lock"):
        load_embedder(briefwell.Settings(), models=models).embed_query("once")
    return models


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of this name under `tests/data/golden`."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "data" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the labelled sets, which lies beside the checkout."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("the folder `shared` with the labelled sets is not beside the checkout")
    return path
