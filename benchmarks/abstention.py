"""The curve of refusing: how often it refuses rightly and wrongly at each threshold.

    python -m benchmarks.abstention SET [SET …]

Each SET is a folder in the format of `tests/eval/samples`. It is indexed in a temporary place and
every question asked once with the threshold at 0; what would have been refused at each threshold
follows from `Answer.confidence`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from briefwell import Assistant, Settings
from briefwell.evaluation.cases import read_set

THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


def confidences(folder: Path) -> Iterator[tuple[bool, float]]:
    """Yield, for each question, whether it can be answered and the evidence's confidence."""
    questions = read_set(folder)
    settings = Settings(evidence_threshold=0.0)
    with (
        tempfile.TemporaryDirectory() as index,
        Assistant.open(documents=folder / "docs", index=index, settings=settings) as assistant,
    ):
        assistant.reindex()
        for case in questions.cases:
            answer = assistant.ask(
                case.question, history=list(case.history), sources=case.scope or None
            )
            yield case.is_answerable, answer.confidence


def rows(found: list[tuple[bool, float]]) -> Iterator[str]:
    """Yield one table row for each threshold."""
    answerable = sum(can for can, _ in found)
    unanswerable = len(found) - answerable
    for threshold in THRESHOLDS:
        refused = [can for can, share in found if share < threshold]
        right = sum(not can for can in refused)
        answered = answerable - (len(refused) - right)
        yield (
            f"| {threshold} | {right / max(1, len(refused)):.2f} | {right / unanswerable:.2f} "
            f"| {answered / answerable:.2f} | {(right + answered) / len(found):.2f} |"
        )


def main() -> None:
    """Print a table for each set named on the command line."""
    for name in sys.argv[1:]:
        print(f"\n{name}\n")
        print("| threshold | refusal precision | refusal recall | answered | right (AvNA) |")
        print("| --- | --- | --- | --- | --- |")
        for row in rows(list(confidences(Path(name)))):
            print(row)


if __name__ == "__main__":
    main()
