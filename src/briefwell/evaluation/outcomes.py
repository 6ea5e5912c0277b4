"""What one case gave, as places and words, and the figures of many such outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from briefwell.evaluation import metrics
from briefwell.evaluation.cases import Case
from briefwell.evaluation.intervals import Score, Share, score
from briefwell.evaluation.metrics import Place
from briefwell.types import Answer, Verdict

NDCG_DEPTH = 10

Figures = Mapping[str, Score]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was retrieved for one case: the first `k` places, and those to `NDCG_DEPTH`."""

    case: Case
    gold: tuple[Place, ...]
    places: tuple[Place, ...]
    deep: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer reduced to what is scored.

    Attributes:
        first: The first statement that is not framing.
        whole: All statements, joined by blanks.
        cited: The places the citations name.
        valid: How many citations are the source's own slice at their span.
        checked: How many citations were compared with their source.
    """

    is_answered: bool
    first: str = ""
    whole: str = ""
    cited: tuple[Place, ...] = ()
    valid: int = 0
    checked: int = 0


def said_by(answer: Answer, text_of: Callable[[str], str | None]) -> Said:
    """Reduce an answer; `text_of` gives the canonical text of a source."""
    claims = [line.text for line in answer.statements if line.verdict is not Verdict.FRAMING]
    citations = [item for line in answer.statements for item in line.citations]
    return Said(
        is_answered=answer.abstention is None,
        first=claims[0] if claims else "",
        whole=" ".join(line.text for line in answer.statements),
        cited=tuple((item.source, item.span) for item in citations),
        valid=sum(item.span.cut(text_of(item.source) or "") == item.quote for item in citations),
        checked=len(citations),
    )


def retrieval_figures(found: Sequence[Found], *, k: int) -> dict[str, Score]:
    """Return the retrieval figures over the cases that have gold places."""
    shares: dict[str, list[Share | None]] = {}
    for item in (one for one in found if one.gold):
        gold, places = item.gold, item.places
        documents = [name for name, _ in gold]
        row = {
            "recall": metrics.span_recall(gold, places),
            "precision": metrics.span_precision(gold, places),
            "IoU": metrics.span_iou(gold, places),
            f"hit@{k}": metrics.hit(gold, places, k=k),
            f"gold span@{k}": metrics.span_hit(gold, places, k=k),
            "MRR": metrics.reciprocal_rank(gold, places),
            f"nDCG@{NDCG_DEPTH}": metrics.ndcg(gold, item.deep, k=NDCG_DEPTH),
            f"all documents@{k}": metrics.all_documents(
                documents, [name for name, _ in places], k=k
            ),
        }
        for name, value in row.items():
            shares.setdefault(name, []).append(Share(value))
    return {name: score(values) for name, values in shares.items()}


def answer_figures(
    outcomes: Sequence[tuple[Case, tuple[Place, ...], Said]],
) -> dict[str, Score]:
    """Return the answer figures over pairs of case (with its gold places) and answer."""
    shares: dict[str, list[Share | None]] = {}
    for case, gold, said in outcomes:
        for name, share in (_content(case, gold, said) | _refusal(case, said)).items():
            shares.setdefault(name, []).append(share)
    figures = {name: score(values) for name, values in shares.items()}
    return {name: figure for name, figure in figures.items() if figure.cases}


def _content(case: Case, gold: tuple[Place, ...], said: Said) -> dict[str, Share | None]:
    """Score what was said; an answerable question that was refused scores 0 everywhere."""
    is_scored = case.is_answerable
    has_words = is_scored and bool(case.answers)
    contained = metrics.is_answer_contained
    return {
        "evidence touched": _mean(is_scored and gold, metrics.evidence_touched(gold, said.cited)),
        "answer in first statement": _mean(
            has_words, contained(said.first, case.answers, kind=case.kind)
        ),
        "answer contained": _mean(has_words, contained(said.whole, case.answers, kind=case.kind)),
        "token F1": _mean(has_words, metrics.token_f1(said.whole, case.answers)),
        "RougeL": _mean(has_words, metrics.rouge_l(said.whole, case.answers)),
        "span validity": Share(said.valid, said.checked) if said.checked else None,
    }


def _refusal(case: Case, said: Said) -> dict[str, Share | None]:
    """Score the decision to answer.

    Refusal precision is right refusals / refusals, refusal recall right refusals / questions
    that cannot be answered (precision and recall of the class "unanswerable", as in
    Rajpurkar et al., Know What You Don't Know, 2018).
    """
    is_right = not said.is_answered and not case.is_answerable
    decision = metrics.avna(is_answered=said.is_answered, is_answerable=case.is_answerable)
    return {
        "refusal precision": Share(is_right, not said.is_answered),
        "refusal recall": Share(is_right, not case.is_answerable),
        "AvNA": Share(decision),
    }


def _mean(is_counted: object, value: float) -> Share | None:
    return Share(float(value)) if is_counted else None
