"""The article alone, indexed once a session with the real model."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import briefwell
from journey.cases import ARTICLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Where the article and its index lie, and the article's text."""

    documents: Path
    index: Path
    article: str


@pytest.fixture(scope="session")
def journey(
    shared: Path, compiled_models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Journey:
    place = tmp_path_factory.mktemp("journey")
    documents, index = place / "documents", place / "index"
    documents.mkdir()
    shutil.copy(shared / "seed" / "docs" / ARTICLE, documents)
    shutil.copytree(compiled_models, index / "models")
    with briefwell.Assistant.open(
        documents=documents, index=index, settings=briefwell.Settings()
    ) as assistant:
        report = assistant.reindex()
    assert report.added == (ARTICLE,)
    assert report.failed == ()
    article = (documents / ARTICLE).read_bytes().decode("utf-8")
    return Journey(documents=documents, index=index, article=article)


@pytest.fixture(scope="session")
def asked(journey: Journey) -> Iterator[briefwell.Assistant]:
    """The assistant over the article."""
    with briefwell.Assistant.open(
        documents=journey.documents, index=journey.index, settings=briefwell.Settings()
    ) as assistant:
        yield assistant


@pytest.fixture(scope="session")
def page(journey: Journey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the article as a person would, on a free port; gives the address."""
    state = tmp_path_factory.mktemp("state")
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "briefwell", "serve", "--port", "0", "--read-only"),
            *("--documents", str(journey.documents), "--index", str(journey.index)),
        ],
        env=os.environ | {"PYTHONUNBUFFERED": "1", "BRIEFWELL_STATE": str(state)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if address := re.search(r"http://127\.0\.0\.1:\d+/", line):
                break
        else:
            pytest.fail(f"the page did not start: {''.join(said)}")
        yield address.group(0)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
