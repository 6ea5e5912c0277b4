from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from briefwell import Assistant, Settings
from briefwell.errors import ConfigError
from briefwell.evaluation import Report, run_set
from briefwell.recipe import index_fingerprint
from doubles import HashEmbedder

FERRY = "# Ferry\n\nThe ferry to Norholm carries 12 cars. It sails in the morning.\n"
BEES = "# Bees\n\nThe beekeepers of Linden sold 300 jars of honey. Wax was given away.\n"
LINES: list[dict[str, Any]] = [
    {
        "id": "cars",
        "question": "How many cars does the ferry to Norholm carry?",
        "answerable": True,
        "answers": ["12 cars"],
        "evidence": [{"doc": "ferry.md", "text": "The ferry to Norholm carries 12 cars."}],
        "kind": "number",
    },
    {
        "id": "honey",
        "question": "How many jars of honey were sold?",
        "answerable": True,
        "answers": ["300"],
        "evidence": [
            {"doc": "bees.md", "text": "The beekeepers of Linden sold 300 jars of honey."}
        ],
        "kind": "number",
        "scope": ["bees.md"],
        "history": ["Who keeps bees?"],
    },
    {
        "id": "submarine",
        "question": "Which admiral commanded the submarine squadron?",
        "answerable": False,
        "answers": [],
        "evidence": [],
        "kind": "unanswerable",
    },
    {
        "id": "gone",
        "question": "What is not there?",
        "answerable": True,
        "answers": [],
        "evidence": [{"doc": "ferry.md", "text": "Words that stand nowhere."}],
        "kind": "fact",
    },
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    folder = tmp_path / "boats"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "ferry.md").write_text(FERRY, encoding="utf-8")
    (folder / "docs" / "bees.md").write_text(BEES, encoding="utf-8")
    (folder / "docs" / "empty.txt").write_text("", encoding="utf-8")
    lines = [json.dumps(line) for line in LINES]
    (folder / "questions.jsonl").write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    return folder


def evaluate(folder: Path, **given: Any) -> Report:
    opened = partial(Assistant.open, settings=Settings(max_statements=3), embedder=HashEmbedder())
    return run_set(folder, open_assistant=opened, **given)


def test_a_set_is_evaluated_and_what_is_wrong_with_it_is_listed(labelled: Path) -> None:
    report = evaluate(labelled, k=2, compare="naive")
    assert report.exit_code == 1
    assert [problem.line for problem in report.problems] == [0, 4, 5]
    assert report.problems[0].message.startswith("empty.txt: ")
    assert (report.questions, report.answerable, report.documents) == (3, 2, 2)
    assert report.fingerprint == "hash-embedder-1"
    assert report.recipe == index_fingerprint(Settings(), HashEmbedder())
    assert report.chosen == ("max_statements",)
    assert report.settings["max_statements"] == "3"

    ours, copied, naive, naive_copied = report.stacks
    assert ours.retrieval["recall"].value == 1
    assert ours.retrieval["MRR"].value == 1
    assert ours.retrieval["all documents@2"].value == 1
    assert ours.retrieval["recall"].cases == 2
    assert ours.answers["AvNA"].cases == 3
    assert ours.answers["span validity"].value == 1
    # The baseline refuses nothing, so no refusal is there to be right.
    assert "refusal precision" not in copied.answers
    assert copied.answers["refusal recall"].value == 0
    assert copied.answers["AvNA"].value == 2 / 3
    assert copied.answers["answer contained"].value == 1
    # Each document is one piece for the splitter: all of the evidence, and all of the rest.
    assert naive.retrieval["recall"].value == 1
    assert naive.retrieval["hit@2"].value == 1
    assert naive_copied.answers["answer contained"].value == 1


def test_the_table_names_each_figure_and_each_problem(labelled: Path) -> None:
    text = evaluate(labelled).to_text()
    for expected in (
        "boats: 3 questions (2 answerable), 2 documents",
        "Retrieval, k = 5          briefwell",
        "copy the top passage",
        "IoU",
        "nDCG@10",
        "RougeL",
        "Latency, briefwell ask: median",
        "Settings: max_statements = 3",
        "Not evaluated (3):",
        "  documents: empty.txt: ",
        "  line 4: the evidence does not stand in the text read from 'ferry.md'",
        "  line 5: is not JSON",
    ):
        assert expected in text


def test_the_report_is_json(labelled: Path) -> None:
    found = json.loads(json.dumps(evaluate(labelled).to_dict()))
    assert found["set_name"] == "boats"
    assert found["stacks"][0]["retrieval"]["recall"]["value"] == 1.0
    assert found["problems"][1]["line"] == 4


def test_a_set_without_fault_gives_exit_code_0(labelled: Path) -> None:
    (labelled / "docs" / "empty.txt").unlink()
    line = json.dumps(LINES[2])
    (labelled / "questions.jsonl").write_text(line, encoding="utf-8")
    report = evaluate(labelled)
    assert report.exit_code == 0
    # No case has evidence, so there is nothing to say about retrieval.
    assert report.stacks[0].retrieval == {}


def test_wrong_use_is_refused(labelled: Path) -> None:
    with pytest.raises(ConfigError, match="Look at one passage at least"):
        evaluate(labelled, k=0)
    with pytest.raises(ConfigError, match="Name 'naive'"):
        evaluate(labelled, compare="best")
