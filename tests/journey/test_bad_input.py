"""Bad input through the command line: problem, remedy, exit code, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import briefwell
from briefwell.cli import main
from doubles import HashEmbedder
from inprocess import as_nobody

pytestmark = [pytest.mark.model]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(project, compiled_models: Path, capsys) -> Run:
    """Run a command on the project's folders with the real model."""
    shutil.copytree(compiled_models, project.index / "models")

    def call(command: str, *arguments: str) -> tuple[int, str, str]:
        folders = ["--documents", str(project.documents), "--index", str(project.index)]
        code = main([command, *folders, *arguments])
        return code, *capsys.readouterr()

    return call


def test_an_empty_folder_is_indexed_and_every_question_abstained(run: Run):
    code, out, _ = run("reindex")
    assert code == 0
    assert "0 unchanged" in out
    code, out, err = run("ask", "Who dredged the harbour?", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["abstention"]["reason"] == "empty_index"


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(run: Run, corpus):
    (corpus.documents / "broken.pdf").write_bytes(b"%PDF-1.7\nnot a page in it")
    (corpus.documents / "empty.txt").write_bytes(b"")
    code, out, _ = run("reindex")
    assert code == 1
    failed = [line for line in out.splitlines() if line.startswith("failed: ")]
    assert [line.split(":")[1].strip() for line in failed] == ["broken.pdf", "empty.txt"]
    assert all(len(line.split(":", 2)[2].split()) > 3 for line in failed)
    assert "2 added" in out
    code, out, _ = run("ask", "What did the dredging work cost?")
    assert code == 0
    assert "4 million crowns" in out


def test_an_index_of_another_model_is_refused_with_the_command_that_mends_it(run: Run, corpus):
    with briefwell.Assistant.open(
        documents=corpus.documents, index=corpus.index, embedder=HashEmbedder()
    ) as other:
        other.reindex()
    code, out, err = run("ask", "What did the dredging work cost?")
    assert (code, out) == (3, "")
    assert "briefwell reindex" in err
    assert run("reindex")[0] == 0
    code, out, _ = run("ask", "What did the dredging work cost?")
    assert code == 0
    assert "4 million crowns" in out


def test_a_second_writer_is_refused_with_the_first_ones_process_id(run: Run, corpus):
    embedder = HashEmbedder()
    seen: list[tuple[int, str, str]] = []

    def meanwhile(_: object) -> None:
        if not seen:
            seen.append(run("reindex"))

    with briefwell.Assistant.open(
        documents=corpus.documents, index=corpus.index, embedder=embedder
    ) as first:
        report = first.reindex(progress=meanwhile)
    code, _, err = seen[0]
    assert code == 3
    assert str(os.getpid()) in err
    assert len(report.added) == 2


def test_a_file_deleted_while_reindexing_does_not_stop_it(run: Run, corpus):
    embedder = HashEmbedder()

    def delete(progress: object) -> None:
        (corpus.documents / "harbour.md").unlink(missing_ok=True)

    with briefwell.Assistant.open(
        documents=corpus.documents, index=corpus.index, embedder=embedder
    ) as assistant:
        assistant.reindex(progress=delete)
        assistant.reindex()
        assert [info.source for info in assistant.sources()] == ["land/orchard.md"]


def test_a_question_over_the_limit_is_refused_and_one_at_it_is_legal(run: Run, corpus):
    assert run("reindex")[0] == 0
    code, _, err = run("ask", "x" * 10_001)
    assert code == 2
    assert "10,001" in err
    assert run("ask", '"; DROP TABLE chunks; -- NEAR( * ' + "é" * 9_900)[0] == 0


def test_an_index_nobody_may_write_is_told(run: Run, corpus):
    corpus.index.chmod(0o500)
    try:
        with as_nobody(corpus.index):
            code, out, err = run("reindex")
    finally:
        corpus.index.chmod(0o700)
    assert (code, out) == (3, "")
    assert str(corpus.index) in err
    assert "Permission denied" in err
    assert "--index" in err
    assert [path.name for path in corpus.index.iterdir()] == ["models"]


def test_an_index_nobody_may_write_any_more_answers_as_it_was(run: Run, corpus):
    assert run("reindex")[0] == 0
    corpus.write("later.md", "# Later\n\nThe lighthouse was lit in 2024.\n")
    corpus.index.chmod(0o500)
    try:
        with as_nobody(corpus.index):
            code, _, err = run("reindex")
            assert code == 3
            assert str(corpus.index) in err
            code, out, err = run("ask", "What did the dredging work cost?")
    finally:
        corpus.index.chmod(0o700)
    assert (code, err) == (0, "")
    assert "4 million crowns" in out
    assert "1 added" in run("reindex")[1]
