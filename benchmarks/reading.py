"""Prints the mutations that are read by eye: 50 of each kind, drawn by a seeded lot.

python -m benchmarks.reading               all kinds
python -m benchmarks.reading number date   these kinds
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "mutations"))

from cases import Case  # noqa: E402
from judging import make_all  # noqa: E402

READ = 50


def main(kinds: Sequence[str]) -> None:
    """Print every drawn case: what was changed, its source and the statement."""
    for case in drawn(case for case in make_all() if not kinds or case.kind in kinds):
        print(f"[{case.kind}] {case.change}")
        for document, sentence in case.cited:
            print(f"  source: {' '.join(sentence.span.cut(document.text).split())}")
        print(f"  states: {case.text}")


def drawn(cases: Iterable[Case]) -> list[Case]:
    """Return `READ` cases of each kind; a case that stays as it was is drawn again."""
    kinds: dict[str, list[Case]] = {}
    for case in cases:
        kinds.setdefault(case.kind, []).append(case)
    return [case for found in kinds.values() for case in sorted(found, key=_lot)[:READ]]


def _lot(case: Case) -> float:
    return random.Random(f"{case.kind} {case.text}").random()


if __name__ == "__main__":
    main(sys.argv[1:])
