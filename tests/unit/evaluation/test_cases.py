from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefwell.errors import ConfigError
from briefwell.evaluation.cases import Case, CaseSet, Evidence, read_set
from briefwell.types import Span

TEXT = "The ferry runs daily.\r\nIt carries 12 cars – no lorries."


def make_set(folder: Path, lines: list[bytes]) -> CaseSet:
    (folder / "docs").mkdir()
    (folder / "docs" / "ferry.txt").write_bytes(TEXT.encode())
    (folder / "docs" / "scan.pdf").write_bytes(b"%PDF-1.4")
    (folder / "questions.jsonl").write_bytes(b"\n".join(lines))
    return read_set(folder)


def row(**fields: Any) -> bytes:
    return json.dumps({"id": "a", "question": "How many?", "answerable": True} | fields).encode()


def test_a_whole_case_is_read(tmp_path: Path) -> None:
    line = row(
        answers=["12 cars"],
        evidence=[{"doc": "ferry.txt", "start": 34, "end": 41, "text": "12 cars"}],
        kind="number",
        scope=["ferry.txt"],
        history=["Is there a ferry?", {"role": "assistant", "content": "Yes."}],
        near=[{"anything": 1}],
    )
    found = make_set(tmp_path, [line])
    assert found.problems == ()
    assert found.cases == (
        Case(
            line=1,
            id="a",
            question="How many?",
            is_answerable=True,
            kind="number",
            answers=("12 cars",),
            evidence=(Evidence(source="ferry.txt", span=Span(start=34, end=41), text="12 cars"),),
            scope=("ferry.txt",),
            history=(
                {"role": "user", "content": "Is there a ferry?"},
                {"role": "assistant", "content": "Yes."},
            ),
        ),
    )


def test_a_page_may_stand_for_offsets(tmp_path: Path) -> None:
    found = make_set(tmp_path, [row(evidence=[{"doc": "scan.pdf", "page": 2}])])
    assert found.cases[0].evidence == (Evidence(source="scan.pdf", page=2),)


BROKEN = [
    (b"{not json", "is not JSON"),
    (b"\xff\xfe", "is not JSON"),
    (b"[" * 100_000, "is not JSON"),
    (b"[1]", "is not a JSON object"),
    (row(question=None), "has no 'question'"),
    (row(question="  "), "'question' is empty"),
    (row(question=7), "'question' is 7, not a str"),
    (row(answerable="yes"), "'answerable' is 'yes', not a bool"),
    (row(answers=[1]), "'answers' holds something that is not text"),
    (row(history=[{"role": "system", "content": "x"}]), "which is not a turn"),
    (row(evidence=["ferry.txt"]), "which names no document"),
    (row(evidence=[{"doc": "gone.txt", "start": 0, "end": 3}]), "'gone.txt' is missing"),
    (row(scope=["gone.txt"]), "'gone.txt' is missing"),
    (row(evidence=[{"doc": "ferry.txt", "start": 5, "end": 5}]), "is not a span"),
    (row(evidence=[{"doc": "ferry.txt", "start": True, "end": 5}]), "is not a span"),
    (row(evidence=[{"doc": "ferry.txt", "page": "two"}]), "is not a number"),
    (row(evidence=[{"doc": "ferry.txt", "start": 0, "end": 9999}]), "the span [0, 9999)"),
    (
        row(evidence=[{"doc": "ferry.txt", "start": 34, "end": 41, "text": "13 cars"}]),
        "is '12 cars', not '13 cars'",
    ),
]


@pytest.mark.parametrize(("line", "message"), BROKEN)
def test_a_broken_line_is_listed_and_the_rest_is_kept(
    tmp_path: Path, line: bytes, message: str
) -> None:
    found = make_set(tmp_path, [row(id="before"), b"", line, row(id="after")])
    assert [case.id for case in found.cases] == ["before", "after"]
    assert [problem.line for problem in found.problems] == [3]
    assert message in found.problems[0].message


def test_a_repeated_id_is_listed(tmp_path: Path) -> None:
    found = make_set(tmp_path, [row(), row()])
    assert len(found.cases) == 1
    assert found.problems[0].message == "the id 'a' was used before"


def test_a_folder_that_is_no_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no file 'questions.jsonl'.*Name a folder"):
        read_set(tmp_path)
    (tmp_path / "questions.jsonl").write_text("")
    with pytest.raises(ConfigError, match=r"no folder 'docs'.*Name a folder"):
        read_set(tmp_path)
