"""The README promises no more than `briefwell eval` measures on the sample documents."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

pytestmark = [pytest.mark.model, pytest.mark.slow]

ROOM = 0.03
"""How far a figure may have fallen before the README must be written anew."""


def test_the_figures_of_the_readme_are_those_of_the_program(monkeypatch, compiled_models, tmp_path):
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2]))
    samples = importlib.import_module("benchmarks.samples")
    lines = (samples.SET / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "models").symlink_to(compiled_models)
    report = samples.measure("--index", str(tmp_path))
    assert report["questions"] == len(lines)
    assert report["answerable"] == sum(json.loads(line)["answerable"] for line in lines)
    told, measured = samples.written(), samples.figures(report)
    assert list(told) == list(samples.ROWS)
    over = {name: value for name, value in told.items() if value > measured[name] + ROOM}
    assert over == {}, "write the figures anew: python -m benchmarks.samples"
    readme = samples.README.read_text(encoding="utf-8")
    assert f"{len(lines)} questions about {report['documents']} documents" in readme
    whole = readme.partition("All that `make eval` prints:")[2]
    names = [*report["stacks"][0]["retrieval"], *report["stacks"][0]["answers"]]
    assert [name for name in names if f"\n{name} " not in whole] == []
