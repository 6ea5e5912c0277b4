"""The labelled statements are what their README says, and their passages stand."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "statements"))

from statement_set import HALVES, WRONG, read_statements

LARGE, SMALL = "a large language model", "SmolLM2-135M-Instruct"


def test_passages_stand_and_labels_are_known() -> None:
    statements = read_statements()

    assert len({each.id for each in statements}) == len(statements) >= 300
    for each in statements:
        assert each.spans, each.id
        for span in each.spans:
            assert each.document.text[span.start : span.end].strip(), each.id
        assert bool(each.wrong) != each.is_true, each.id
        assert not each.wrong or each.wrong in WRONG, each.id
        assert re.search(r"[.!?][\"”]?$", each.statement), each.id


def test_both_models_are_there_and_the_halves_are_alike() -> None:
    statements = read_statements()

    models = Counter(each.model for each in statements)
    assert models.keys() == {LARGE, SMALL}
    assert min(models.values()) >= 60
    assert sum(models.values()) >= 150
    assert sum(each.is_true for each in statements if each.model == LARGE) >= 90
    for model in models:
        for is_true in (True, False):
            parts = Counter(
                each.half for each in statements if (each.model, each.is_true) == (model, is_true)
            )
            assert abs(parts[HALVES[0]] - parts[HALVES[1]]) <= 3, (model, is_true, parts)


def test_readme_tells_the_counts() -> None:
    folder = Path(__file__).resolve().parents[1] / "statements"
    lines = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    told = (folder / "README.md").read_text(encoding="utf-8")

    assert told.count(str(len(lines))) >= 1
    for model in (LARGE, SMALL):
        mine = [line for line in lines if f'"model": "{model}"' in line]
        assert f"**{model}** ({len(mine)})" in told
        true = sum('"label": "true"' in line for line in mine)
        assert f"{true} are true" in told
