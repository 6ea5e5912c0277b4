"""The same cases through Python, the command line and the web page."""

from __future__ import annotations

import json
import subprocess
import sys
from operator import attrgetter
from pathlib import Path

import pytest
from gradio_client import Client

import briefwell
from briefwell.cli import main
from journey.cases import OWN_CASES, Case, find_place, find_problems, read_seed

pytestmark = [pytest.mark.model]

SHARED = Path(__file__).resolve().parents[3] / "shared"
CASES = (*(read_seed(SHARED) if SHARED.is_dir() else ()), *OWN_CASES)
every_case = pytest.mark.parametrize("case", CASES, ids=attrgetter("id"))


def test_every_case_names_words_of_the_article(journey):
    assert len(OWN_CASES) == 20
    for case in CASES:
        for words in case.evidence:
            start, end = find_place(journey.article, words)
            assert journey.article[start:end] == words


@every_case
def test_python(case: Case, asked: briefwell.Assistant, journey):
    answer = asked.ask(case.question, history=case.turns)
    assert find_problems(answer.to_dict(), case, journey.article) == []


@every_case
def test_command_line(case: Case, journey, tmp_path, capsys):
    history = tmp_path / "history.json"
    history.write_text(json.dumps(case.turns), encoding="utf-8")
    folders = ["--documents", str(journey.documents), "--index", str(journey.index)]
    code = main(["ask", case.question, "--json", "--history", str(history), *folders])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert find_problems(json.loads(out), case, journey.article) == []


@pytest.fixture(scope="module")
def client(page: str) -> Client:
    return Client(page, verbose=False)


@every_case
def test_web_page(case: Case, client: Client, journey):
    answer = client.predict(case.question, case.turns, api_name="/ask")
    assert find_problems(answer, case, journey.article) == []


def test_the_command_itself_answers_in_a_process_of_its_own(journey):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "briefwell", "ask", "What replaced the Merida Initiative?"),
            *("--documents", str(journey.documents), "--index", str(journey.index)),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "[1] Mexico: Highest U.S. Priority in the Western Hemisphere" in done.stdout
    assert "Public Security" in done.stdout
    assert done.stderr == ""
