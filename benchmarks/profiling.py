"""Profiles `reindex` and `ask` on the documents of the checkout, with the real model.

    python -m benchmarks.profiling        writes the section "Profile" of benchmarks/RESULTS.md

The profiler slows small functions more than large ones: read shares, not times.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.results import machine, replace_section, table
from briefwell import Assistant

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 12
QUESTIONS = 60


def profiled(work: Callable[[], object]) -> tuple[float, list[list[str]]]:
    """Return the profiled seconds and a row for each function that took most of its own."""
    profile = cProfile.Profile()
    profile.runcall(work)
    stats = pstats.Stats(profile)
    total = stats.total_tt  # type: ignore[attr-defined]
    functions = stats.stats  # type: ignore[attr-defined]
    most = sorted(functions.items(), key=lambda item: -item[1][2])[:SHOWN]
    rows = [
        [f"`{_name(*place)}`", f"{calls:,}", f"{own / total:.1%}"]
        for place, (_, calls, own, _, _) in most
    ]
    return total, rows


def _name(file: str, line: int, function: str) -> str:
    if file == "~":
        return function.strip("<>").replace("built-in method ", "").replace("|", "")
    path = Path(file)
    return f"{path.parent.name}/{path.name}:{line} {function}"


def main() -> None:
    """Profile both and write the section."""
    questions = [
        json.loads(line)["question"]
        for line in (ROOT / "tests/eval/samples/questions.jsonl").read_text().splitlines()
    ][:QUESTIONS]
    head = ["function", "calls", "share of own time"]
    parts = [machine()]
    with tempfile.TemporaryDirectory() as place:
        index = Path(place) / "index"
        with Assistant.open(documents=ROOT / "documents", index=index) as assistant:
            assistant.reindex()  # compiles the model
            shutil.rmtree(index / "chroma")
            (index / "manifest.sqlite").unlink()
        with Assistant.open(documents=ROOT / "documents", index=index) as assistant:
            seconds, rows = profiled(assistant.reindex)
            parts += [f"`reindex` of the sample documents, {seconds:.1f} s:", table(head, rows)]
            assistant.ask(questions[0])
            seconds, rows = profiled(lambda: [assistant.ask(question) for question in questions])
            parts += [
                f"`ask`, {len(questions)} questions once each, {seconds:.1f} s:",
                table(head, rows),
            ]
    replace_section(ROOT / "benchmarks" / "RESULTS.md", "Profile", "\n\n".join(parts))


if __name__ == "__main__":
    main()
