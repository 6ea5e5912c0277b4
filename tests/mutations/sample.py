"""Prints the cases that are read by eye: 50 of each kind, drawn by a seeded lot.

python tests/mutations/sample.py               all kinds
python tests/mutations/sample.py number date   these kinds
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence

from generate import Case
from judging import made

READ = 50


def main(kinds: Sequence[str]) -> None:
    """Print every drawn case: what was changed, its source and the statement."""
    for case in drawn(case for case in made() if not kinds or case.kind in kinds):
        print(f"[{case.kind}] {case.change}")
        for document, sentence in case.cited:
            print(f"  SRC {' '.join(sentence.span.cut(document.text).split())}")
        print(f"  SAY {case.text}")


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
