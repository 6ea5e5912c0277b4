"""Counts what the proof shows wrongly and what it rejects wrongly, and writes PROOF.md.

python -m benchmarks.statements           prints the figures
python -m benchmarks.statements --record  and writes benchmarks/PROOF.md
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.results import replace_section, table
from briefwell.types import Statement
from briefwell.verification.alignment import Places
from briefwell.verification.cited import Unit, look_up
from briefwell.verification.evidence import read, read_sentences
from briefwell.verification.guards import check_all
from briefwell.verification.quotes import cite
from briefwell.verification.tokens import tokens

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("mutations", "statements")]

from generate import EXACT, LOOSE, PARAPHRASE, STRICT, Case  # noqa: E402
from judging import judge_all  # noqa: E402
from statement_set import HALVES, Labelled, prove, read_statements  # noqa: E402

Proven = Sequence[tuple[Labelled, Statement]]


def main() -> None:
    """Print the figures of both sets; with `--record` write them down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--record", action="store_true")
    is_recorded = parser.parse_args().record
    proven = [(each, prove(each)) for each in read_statements()]
    told = {
        "Written by two models": _models(proven),
        "What was wrong with the false ones": _faults(proven),
        "Why true ones are rejected": _causes(proven),
        "How far word lists can go": _ceiling([each for each, _ in proven]),
        "The mutation set": _mutations(judge_all()),
    }
    for title, body in told.items():
        print(f"## {title}\n\n{body}\n")
        if is_recorded:
            replace_section(ROOT / "benchmarks" / "PROOF.md", title, body)


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else "0"


def _models(proven: Proven) -> str:
    rows = []
    for model in dict.fromkeys(each.model for each, _ in proven):
        for half in HALVES:
            mine = [
                (e, f.verdict.is_shown) for e, f in proven if (e.model, e.half) == (model, half)
            ]
            true = [shown for each, shown in mine if each.is_true]
            false = [shown for each, shown in mine if not each.is_true]
            lost = true.count(False)
            cells = (str(len(false)), str(sum(false)), str(len(true)), _share(lost, len(true)))
            rows.append((model, half, *cells))
    return table(("model", "half", "false", "false-shown", "true", "false-rejected"), rows)


def _faults(proven: Proven) -> str:
    found = Counter(each.wrong for each, _ in proven if not each.is_true)
    shown = Counter(e.wrong for e, f in proven if not e.is_true and f.verdict.is_shown)
    rows = [(wrong, str(count), str(shown[wrong])) for wrong, count in found.most_common()]
    return table(("wrong", "statements", "shown"), rows)


def _causes(proven: Proven) -> str:
    """Count the rejected true statements by how many of their words the passage lacks."""
    lost = [each for each, found in proven if each.is_true and not found.verdict.is_shown]
    counts = Counter(min(3, _lacking(each)) for each in lost)
    names = {
        0: "every word is there; order, voice, a merger of sentences or a pronoun is not followed",
        1: "one word is in no passage, nor a synonym the tables hold",
        2: "two such words",
        3: "three or more",
    }
    rows = [(name, _share(counts[key], len(lost))) for key, name in names.items()]
    return table(("cause", "of the false-rejected"), rows)


def _lacking(each: Labelled) -> int:
    around = " ".join(_near(each))
    known = Places(tokens(around, today=each.document.metadata.date), any_form=True)
    mine = tokens(each.statement, today=each.document.metadata.date)
    return sum(not known.of(token) for token in mine if token.is_content)


def _near(each: Labelled) -> Iterable[str]:
    """Yield the cited passages with about a sentence on either side, and the title."""
    text = each.document.text
    yield each.document.title
    for span in each.spans:
        yield text[max(0, span.start - 160) : span.end + 160]


def _ceiling(statements: Sequence[Labelled]) -> str:
    """Count what the loosest rule of words would show: any order, any form, guards alone."""
    rows = []
    for model in dict.fromkeys(each.model for each in statements):
        mine = [(each, _is_worded(each)) for each in statements if each.model == model]
        true = [shown for each, shown in mine if each.is_true]
        false = [shown for each, shown in mine if not each.is_true]
        rows.append((model, _share(sum(true), len(true)), _share(sum(false), len(false))))
    told = table(("model", "true that it shows", "false that it shows"), rows)
    return (
        "The loosest rule that word lists allow: every content word of the statement, in any "
        "order and form, has its like in one cited sentence, and no guard objects.\n\n"
        f"{told}"
    )


def _is_worded(each: Labelled) -> bool:
    return any(
        _has_all(each.statement, unit) and not check_all(each.statement, unit.evidence)
        for span in each.spans
        for unit in look_up(
            cite(each.document, span, proposed=span.cut(each.document.text), number=1),
            each.document,
        ).units
    )


def _has_all(statement: str, unit: Unit) -> bool:
    (sentence,) = read_sentences(unit.evidence)
    known = Places(sentence, any_form=True)
    return all(known.of(token) for token in read(statement, unit.evidence) if token.is_content)


def _mutations(judged: Sequence[tuple[Case, Statement]]) -> str:
    total = Counter(case.kind for case, _ in judged)
    shown = Counter(case.kind for case, found in judged if found.verdict.is_shown)
    rows = [
        (kind, str(total[kind]), str(shown[kind]), bar)
        for kinds, bar in (
            (STRICT, "0"),
            (LOOSE, "at most 1 in 100"),
            ((EXACT,), "at least 97 in 100"),
            ((PARAPHRASE,), "at least 90 in 100"),
        )
        for kind in kinds
    ]
    return table(("kind", "statements", "shown", "bar"), rows)


if __name__ == "__main__":
    main()
