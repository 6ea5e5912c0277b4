"""Scores the labelled questions about the sample documents and writes the figures to the README.

python -m benchmarks.samples
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.results import table

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SET = ROOT / "tests" / "eval" / "samples"
ROWS = {
    "gold span@5": "answerable: a place that answers is among the first five passages",
    "evidence touched": "answerable: the answer cites a place that answers",
    "answer contained": "answerable: the answer says what it had to say",
    "refusal precision": "of the refusals: the documents do not answer",
    "refusal recall": "unanswerable: refused",
    "span validity": "citations whose words stand where they are said to stand",
}
"""Names of the figures in the report, and what they mean to a reader."""

_BLOCK = re.compile(r"(<!-- samples:begin -->\n).*?(<!-- samples:end -->)", re.DOTALL)


def measure(*options: str) -> dict[str, Any]:
    """Return the report of `briefwell eval` for the set."""
    report: dict[str, Any] = json.loads(printed("--json", *options))
    return report


def printed(*options: str) -> str:
    """Return what `briefwell eval` prints for the set, as `make eval` calls it."""
    command = [sys.executable, "-m", "briefwell", "eval", str(SET), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout


def figures(report: Mapping[str, Any]) -> dict[str, float]:
    """Return the named figures of our own answers."""
    ours = next(stack for stack in report["stacks"] if stack["name"] == "briefwell")
    found = {**ours["retrieval"], **ours["answers"]}
    return {name: float(found[name]["value"]) for name in ROWS}


def block(report: Mapping[str, Any], whole: str) -> str:
    """Return the Markdown that stands between the README's markers.

    Args:
        report: As `briefwell eval` gives it with `--json`.
        whole: As it prints it for people.
    """
    answerable, asked = report["answerable"], report["questions"]
    told = (
        f"{asked} questions about {report['documents']} documents, of which the documents "
        f"answer {answerable} and {asked - answerable} cannot be answered:"
    )
    rows = [(ROWS[name], f"{value:.1%}") for name, value in figures(report).items()]
    shares = table(("what", "share"), rows)
    return (
        f"\n{told}\n\n{shares}\n\nAll that `make eval` prints:\n\n```text\n{whole.strip()}\n```\n\n"
    )


def written() -> dict[str, float]:
    """Return the figures that stand in the README."""
    found = _BLOCK.search(README.read_text(encoding="utf-8"))
    rows = dict(re.findall(r"^\| (.+?) \| ([\d.]+)% \|$", found[0] if found else "", re.MULTILINE))
    return {name: float(rows[told]) / 100 for name, told in ROWS.items() if told in rows}


def main() -> None:
    """Measure, and put the figures into the README."""
    made = block(measure(), printed())
    old = README.read_text(encoding="utf-8")
    README.write_text(_BLOCK.sub(lambda found: found[1] + made + found[2], old), encoding="utf-8")
    print(made.strip())


if __name__ == "__main__":
    main()
