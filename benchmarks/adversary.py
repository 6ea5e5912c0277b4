"""Lets a small chat model that invents freely write the answers, and counts what gets through.

    python -m benchmarks.adversary                             100 questions on `documents/`
    python -m benchmarks.adversary --questions 20 --print      and shows what was written
    python -m benchmarks.adversary --set FOLDER                another labelled set

A statement that is shown is proven a second time, by means of their own (`tests/reproof.py`). The
figures go to `benchmarks/RESULTS.md` with `--record`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.results import machine, replace_section, table
from briefwell import Assistant
from briefwell.evaluation.cases import Case, read_set
from briefwell.types import Answer

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))

import small_model  # noqa: E402 - it lies among the tests, which use it too
from reproof import find_unproven  # noqa: E402

SECONDS_A_QUESTION = 90
TOKENS = 96


def main() -> int:
    """Ask, print the figures, and return 1 when anything unproven was shown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--set", type=Path, default=ROOT / "tests" / "eval" / "samples")
    parser.add_argument("--print", action="store_true", help="print every statement")
    parser.add_argument("--record", action="store_true", help="write benchmarks/RESULTS.md")
    given = parser.parse_args()
    cases = read_set(given.set).cases[: given.questions]
    limit = SECONDS_A_QUESTION * len(cases) + 120
    with (
        tempfile.TemporaryDirectory() as folder,
        small_model.serve(seconds=limit, tokens=TOKENS) as address,
        Assistant.open(
            documents=given.set / "docs",
            index=Path(folder) / "index",
            settings=small_model.settings(address),
        ) as assistant,
    ):
        assistant.reindex()
        counts = _ask_all(assistant, cases, is_printing=given.print)
    told = _told(counts)
    print(told)
    if given.record:
        body = f"{machine()}\n\n{told}"
        replace_section(ROOT / "benchmarks" / "RESULTS.md", "A model that invents", body)
    return 1 if counts["unproven shown"] else 0


def _ask_all(assistant: Assistant, cases: list[Case], *, is_printing: bool) -> Counter[str]:
    texts: dict[str, str] = {}

    def text_of(source: str) -> str:
        if source not in texts:
            document = assistant.document(source)
            texts[source] = document.text if document else ""
        return texts[source]

    counts: Counter[str] = Counter()
    for number, case in enumerate(cases, start=1):
        started = time.perf_counter()
        answer = assistant.ask(case.question, history=case.history)
        wrong = find_unproven(answer, text_of)
        _count(counts, case, answer, len(wrong))
        for line in wrong:
            print(f"UNPROVEN {line}")
        if is_printing:
            _print(case, answer)
        took = time.perf_counter() - started
        print(f"{number}/{len(cases)} {took:.0f} s {case.id}", file=sys.stderr, flush=True)
    return counts


def _count(counts: Counter[str], case: Case, answer: Answer, unproven: int) -> None:
    is_asked = answer.usage.output_tokens > 0
    by_model = answer.statements if answer.model else ()
    counts["questions"] += 1
    counts["answerable"] += case.is_answerable
    counts["model asked"] += is_asked
    counts["answered"] += bool(answer.statements)
    counts["answerable answered"] += case.is_answerable and bool(answer.statements)
    counts["answered in the model's words"] += bool(by_model)
    counts["statements written"] += len(by_model) + (len(answer.rejected) if is_asked else 0)
    counts["statements of the model shown"] += len(by_model)
    counts["statements shown"] += len(answer.statements)
    counts["unproven shown"] += unproven
    counts["output tokens"] += answer.usage.output_tokens


def _print(case: Case, answer: Answer) -> None:
    print(f"\n{case.question}  [{answer.model or 'evidence'}]")
    for item in answer.statements:
        quotes = " / ".join(citation.quote for citation in item.citations)
        print(f"  shown     {item.verdict}: {item.text}  <-  {quotes}")
    for item in answer.rejected:
        print(f"  rejected  {item.verdict}: {item.text}  ({item.reason})")
    for notice in answer.notices:
        print(f"  notice    {notice}")


def _told(counts: Counter[str]) -> str:
    shares = (
        ("answered", "questions"),
        ("answerable answered", "answerable"),
        ("model asked", "questions"),
        ("answered in the model's words", "model asked"),
        ("statements of the model shown", "statements written"),
        ("unproven shown", "statements shown"),
    )
    rows = [
        [name, f"{counts[name]} of {counts[of]} {of}", f"{counts[name] / max(counts[of], 1):.1%}"]
        for name, of in shares
    ]
    return table(["what", "count", "share"], rows)


if __name__ == "__main__":
    sys.exit(main())
