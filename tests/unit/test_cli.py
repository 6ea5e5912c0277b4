"""The command line: exit codes, errors, what is printed, and where."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import replace

import httpx
import pytest

from briefwell import (
    Abstention,
    AbstentionReason,
    Answer,
    Citation,
    FailedSource,
    IndexReport,
    MovedSource,
    Passage,
    Span,
    Statement,
    Verdict,
)
from briefwell.cli import main
from briefwell.cli.commands import briefwell as commands
from briefwell.cli.printing import print_answer, print_report, printable
from briefwell.cli.progress import showing_progress
from briefwell.indexing import Progress, Stage


@pytest.fixture
def run(project, capsys):
    """Run one command on the project's folders; gives code, standard output and error."""

    def call(command: str, *arguments: str):
        folders = ["--documents", str(project.documents), "--index", str(project.index)]
        code = main([command, *folders, *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


# --- wrong use -----------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_an_empty_question_is_wrong_use(run, question):
    code, out, err = run("ask", question)
    assert (code, out) == (2, "")
    assert "Problem: The question is empty." in err
    assert "Remedy:  Write it in quotes" in err


def test_errors_are_json_when_json_is_asked_for(run):
    code, out, err = run("ask", "", "--json")
    assert (code, out) == (2, "")
    assert set(json.loads(err)) == {"error", "problem", "remedy"}


def test_an_unknown_option_is_wrong_use_in_both_forms(run):
    code, _, err = run("ask", "Who?", "--jsn")
    assert code == 2
    assert "Did you mean '--json'?" in err
    code, _, err = run("ask", "--json")
    assert code == 2
    assert json.loads(err) == {
        "error": "ConfigError",
        "problem": "Missing argument 'QUESTION'.",
        "remedy": "See `briefwell ask --help`.",
    }


def test_no_command_shows_the_help(capsys):
    assert main([]) == 2
    assert "reindex" in capsys.readouterr().err


def test_help_and_version_are_done(capsys):
    assert main(["--help"]) == 0
    assert main(["ask", "-h"]) == 0
    assert main(["--version"]) == 0
    assert "briefwell, version 0." in capsys.readouterr().out


def test_the_help_of_every_command_is_as_reviewed(capsys, golden, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for command in ((), *((name,) for name in commands.commands)):
        assert main([*command, "--help"]) == 0
    golden("help.txt", capsys.readouterr().out)


def test_an_unknown_setting_is_refused_by_name(run, tmp_path):
    config = tmp_path / "own.toml"
    config.write_text("prot = 7861\n", encoding="utf-8")
    code, _, err = run("status", "--config", str(config))
    assert code == 2
    assert "There is no setting 'prot'" in err
    assert "Did you mean 'port'?" in err


def test_a_history_that_cannot_be_read_is_wrong_use(run, tmp_path):
    path = tmp_path / "history.json"
    path.write_text("[", encoding="utf-8")
    code, _, err = run("ask", "Who?", "--history", str(path))
    assert code == 2
    assert "The history" in err
    assert '"role": "user"' in err


@pytest.mark.parametrize(
    "written", ["{}", '[{"role": "user"}]', '["Who?"]', '[{"role": "clerk", "content": "x"}]']
)
def test_a_history_of_another_shape_is_wrong_use(run, tmp_path, written: str):
    path = tmp_path / "history.json"
    path.write_text(written, encoding="utf-8")
    code, _, err = run("ask", "Who?", "--history", str(path))
    assert code == 2
    assert '"role": "user"' in err


def test_a_file_that_is_not_there_is_named_in_words(run, tmp_path):
    for option in ("--config", "--history"):
        code, _, err = run("ask", "Who?", option, str(tmp_path / "missing"))
        assert code == 2
        assert "cannot be read: No such file or directory." in err
        assert "Errno" not in err


# --- cannot work ---------------------------------------------------------------------


def test_no_documents_folder_is_told_with_its_name(run, project):
    project.documents.rmdir()
    code, _, err = run("reindex")
    assert code == 2
    assert str(project.documents) in err
    assert "Remedy:" in err
    assert not (project.index / "manifest.sqlite").exists()


def test_asking_without_an_index_names_the_command_that_makes_it(run):
    code, out, err = run("ask", "Who?")
    assert (code, out) == (3, "")
    assert "briefwell reindex" in err


def test_an_index_path_that_is_a_file_cannot_be_written(run, corpus):
    corpus.index.write_text("not a folder", encoding="utf-8")
    code, _, err = run("reindex")
    assert code == 3
    assert "Remedy:" in err
    assert corpus.index.read_text(encoding="utf-8") == "not a folder"


def test_with_json_standard_error_holds_nothing_but_the_error(run, corpus):
    corpus.index.write_text("not a folder", encoding="utf-8")
    code, out, err = run("reindex", "--json")
    assert (code, out) == (3, "")
    assert json.loads(err)["error"] == "IndexNotWritable"


def test_a_port_in_use_is_told_with_another(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, err = run("serve", "--port", str(port))
    assert code == 2
    assert f"Port {port} of 127.0.0.1 is in use." in err
    assert "--port" in err


def test_other_addresses_need_an_auth_file(run):
    code, _, err = run("serve", "--host", "0.0.0.0", "--port", "0")
    assert code == 2
    assert "--auth-file" in err


# --- what is printed -----------------------------------------------------------------


def _answer() -> Answer:
    citation = Citation(
        number=1,
        source="notes/harbour.pdf",
        title="Harbour report",
        span=Span(start=10, end=42),
        quote="The harbour was\ndredged in 2019.",
        proposed="The harbour was dredged in 2019.",
        pages=(3, 4),
        heading_path=("Works", "Dredging"),
    )
    line = Statement(
        text="The harbour was dredged in 2019.", verdict=Verdict.QUOTED, citations=(citation,)
    )
    return Answer(
        question="When?",
        text="The harbour was dredged in 2019. [1]",
        statements=(line,),
        as_of="2020-02-01",
        searched_for="When was the harbour dredged?",
        notices=("Chroma could not be read.",),
    )


def test_an_answer_is_printed_with_its_numbered_citations(capsys):
    print_answer(_answer())
    assert capsys.readouterr().out.splitlines() == [
        "The harbour was dredged in 2019. [1]",
        "",
        "[1] Harbour report",
        "    notes/harbour.pdf · pages 3-4 · Works > Dredging",
        "    “The harbour was dredged in 2019.”",
        "",
        "As of 2020-02-01.",
        "Searched for: When was the harbour dredged?",
        "Chroma could not be read.",
    ]


def test_an_abstention_is_printed_with_the_closest_passages(capsys):
    passage = Passage(
        source="a.txt", title="A", span=Span(start=0, end=200), text="x" * 200, rank=1, score=0.1
    )
    abstention = Abstention(
        reason=AbstentionReason.WEAK_EVIDENCE, message="Not answered.", closest=(passage,)
    )
    print_answer(Answer(question="?", text="Not answered.", statements=(), abstention=abstention))
    out = capsys.readouterr().out
    assert out.startswith("Not answered.\n\nClosest passages:\n  - A (a.txt)\n")
    assert out.endswith("x" * 160 + " …\n")


def test_a_report_names_every_source_that_changed_or_failed(capsys):
    print_report(
        IndexReport(
            added=("new.txt",),
            moved=(MovedSource(old="a.md", new="b.md"),),
            unchanged=("same.txt",),
            failed=(FailedSource(source="x.pdf", reason="It is locked.", remedy="Unlock it."),),
            chunks=12,
            seconds=1.25,
        )
    )
    assert capsys.readouterr().out.splitlines() == [
        "added: new.txt",
        "moved: a.md -> b.md",
        "failed: x.pdf: It is locked. Unlock it.",
        "Index is up to date: 1 added, 1 moved, 1 unchanged, 1 failed; 12 chunks; 1.2 s.",
    ]


def test_a_dry_run_says_would(capsys):
    print_report(IndexReport(added=("new.txt",), dry_run=True))
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "would be added: new.txt"
    assert out[1].startswith("Plan: 1 would be added, 0 unchanged")


def test_text_of_documents_cannot_steer_the_terminal():
    assert printable("a\x1b[2Jb\x9bc\u202ed\n\te") == "a\\x1b[2Jb\\x9bc\\x202ed\n\te"
    assert printable("“naïve” – 日本") == "“naïve” – 日本"


def test_a_name_with_line_breaks_stays_on_its_line(capsys):
    name = "a\nfailed: forged.pdf\u2028\tb.txt"
    shown = "a\\x0afailed: forged.pdf\\x2028\\x09b.txt"
    failed = FailedSource(source=name, reason="It is empty.", remedy="Remove it.")
    print_report(
        IndexReport(
            added=(name,),
            moved=(MovedSource(old=name, new=name),),
            failed=(failed,),
            notes=(f"{name}: new, 5 bytes",),
        )
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[:-1] == [
        f"added: {shown}",
        f"moved: {shown} -> {shown}",
        f"failed: {shown}: It is empty. Remove it.",
        f"note: {shown}: new, 5 bytes",
    ]
    citation = replace(_answer().citations[0], source=name, title=name)
    statement = replace(_answer().statements[0], citations=(citation,))
    print_answer(replace(_answer(), statements=(statement,)))
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:4] == [
        f"[1] {shown}",
        f"    {shown} · pages 3-4 · Works > Dredging",
    ]


def test_progress_is_plain_lines_when_nobody_watches():
    stream = io.StringIO()
    with showing_progress(stream) as tell:
        tell(Progress(stage=Stage.PARSE, done=0, total=2))
        tell(Progress(stage=Stage.PARSE, done=1, total=2, source="a.txt"))
        tell(Progress(stage=Stage.EMBED, done=0, total=7))
        tell(Progress(stage=Stage.SWEEP))
    assert stream.getvalue().splitlines() == ["parse 0 of 2", "embed 0 of 7", "sweep"]


def test_progress_is_a_bar_when_a_person_watches():
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with showing_progress(stream) as tell:
        tell(Progress(stage=Stage.PARSE, done=1, total=2, source="a.txt"))
        tell(Progress(stage=Stage.EMBED, done=7, total=7))
    assert "parse:  50%" in stream.getvalue()
    assert "1/2" in stream.getvalue()
    assert "embed: 100%" in stream.getvalue()


# --- the process ---------------------------------------------------------------------


def _start(*arguments: str, **options) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "briefwell", *arguments]
    return subprocess.Popen(command, text=True, stderr=subprocess.PIPE, **options)


def test_a_closed_pipe_is_not_an_error(project):
    reading, writing = os.pipe()
    os.close(reading)
    process = _start("status", "--index", str(project.index), stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")


@pytest.mark.model
def test_a_set_with_a_broken_line_is_evaluated_and_gives_exit_code_1(tmp_path, capsys):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "ferry.md").write_text("The ferry of Norholm sails at nine.\n")
    asked = {"question": "When does the ferry sail?", "answerable": True, "answers": ["at nine"]}
    asked["evidence"] = [{"doc": "ferry.md", "start": 0, "end": 35}]
    missing = {**asked, "evidence": [{"doc": "none.md", "start": 0, "end": 3}]}
    lines = [json.dumps(asked), "{broken", json.dumps(missing)]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines))
    assert main(["eval", str(tmp_path), "--k", "3", "--compare", "naive", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [problem["line"] for problem in told["problems"]] == [2, 3]
    names = [stack["name"] for stack in told["stacks"]]
    assert names == ["briefwell", "copy the top passage", "naive", "naive, top passage"]
    assert told["stacks"][0]["retrieval"]["recall"]["value"] == 1
    assert told["fingerprint"]
    assert told["recipe"]
    assert told["settings"]["chunk_tokens"] == "160"


def test_watching_reindexes_after_each_change_until_it_is_stopped(corpus, compiled_models):
    shutil.copytree(compiled_models, corpus.index / "models")
    folders = ["--documents", str(corpus.documents), "--index", str(corpus.index)]
    process = _start("reindex", "--watch", *folders, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == "added: harbour.md\n"
    assert process.stdout.readline() == "added: land/orchard.md\n"
    assert process.stdout.readline().startswith("Index is up to date: 2 added")
    corpus.write("new.txt", "The lighthouse of Port Ellery was painted white in 2022.")
    assert process.stdout.readline() == "added: new.txt\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_watching_goes_on_when_the_folder_disappears_and_comes_back(corpus, compiled_models):
    shutil.copytree(compiled_models, corpus.index / "models")
    folders = ["--documents", str(corpus.documents), "--index", str(corpus.index)]
    process = _start("reindex", "--watch", *folders, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(3)][2].startswith("Index is up to date: 2")
    away = corpus.documents.rename(corpus.documents.with_name("away"))
    assert process.stderr is not None
    told = next(line for line in process.stderr if line.startswith("Problem:"))
    assert told == f"Problem: There is no documents folder {str(corpus.documents)!r}.\n"
    assert process.stderr.readline().startswith("Remedy:  It is waited for")
    shutil.copytree(away, away.with_name("coming"))
    (away.with_name("coming") / "new.txt").write_text("The pier was painted in 2022.")
    away.with_name("coming").rename(corpus.documents)
    assert process.stdout.readline() == "added: new.txt\n"
    assert process.stdout.readline().startswith("Index is up to date: 1 added, 2 unchanged;")
    (corpus.documents / "harbour.md").unlink()
    assert process.stdout.readline() == "removed: harbour.md\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "Problem:" not in err


def test_watching_and_a_dry_run_exclude_each_other(run):
    code, _, err = run("reindex", "--watch", "--dry-run")
    assert code == 2
    assert "exclude each other" in err


def test_ctrl_c_stops_with_130(project):
    project.write("long.txt", "\n\n".join(f"Line {n} of a long report." for n in range(60_000)))
    folders = ["--documents", str(project.documents), "--index", str(project.index)]
    process = _start("reindex", *folders, stdout=subprocess.PIPE)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("parse"):
            break
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped." in err
    assert "Traceback" not in err


def test_a_page_that_is_open_when_the_server_stops_leaves_no_stack_trace(project):
    folders = ["--documents", str(project.documents), "--index", str(project.index)]
    process = _start("serve", "--port", "0", *folders, stdout=subprocess.PIPE)
    assert process.stdout is not None
    address = next(filter(None, (re.search(r"http\S+", line) for line in process.stdout))).group(0)
    with httpx.stream("GET", f"{address}gradio_api/heartbeat/visitor", timeout=30) as page:
        assert page.status_code == 200
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "Stopped. The index is as it was before.\n"
