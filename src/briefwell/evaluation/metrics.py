"""The figures of an evaluation, one function each, pure, with where each was defined.

Places are `(source, span)` pairs. A passage or citation *touches* a gold place when the two
share at least one code point of the same source.
"""

from __future__ import annotations

import math
import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence

from briefwell.types import Span

Place = tuple[str, Span]

# --- retrieval: characters -----------------------------------------------------------------


def union(places: Iterable[Place]) -> list[Place]:
    """Return the places with overlapping and adjoining spans of one source merged, in order."""
    merged: list[Place] = []
    for source, span in sorted(places, key=lambda item: (item[0], item[1].start, item[1].end)):
        if merged and merged[-1][0] == source and span.start <= merged[-1][1].end:
            last = merged.pop()[1]
            span = Span(start=last.start, end=max(last.end, span.end))
        merged.append((source, span))
    return merged


def _length(places: Iterable[Place]) -> int:
    return sum(len(span) for _, span in places)


def covered(gold: Sequence[Place], retrieved: Sequence[Place]) -> int:
    """Return how many gold characters the retrieved places hold, each counted once."""
    return sum(
        max(0, min(mine.end, other.end) - max(mine.start, other.start))
        for source, mine in union(gold)
        for name, other in union(retrieved)
        if name == source
    )


def span_recall(gold: Sequence[Place], retrieved: Sequence[Place]) -> float:
    """Return covered gold / gold, in characters.

    Smith and Troynikov, Evaluating Chunking Strategies for Retrieval, Chroma 2024.
    """
    return covered(gold, retrieved) / _length(union(gold))


def span_precision(gold: Sequence[Place], retrieved: Sequence[Place]) -> float:
    """Return covered gold / the union of the retrieved places, in characters; 0 for none.

    Smith and Troynikov, Evaluating Chunking Strategies for Retrieval, Chroma 2024.
    """
    size = _length(union(retrieved))
    return covered(gold, retrieved) / size if size else 0.0


def span_iou(gold: Sequence[Place], retrieved: Sequence[Place]) -> float:
    """Return covered gold / (union of the retrieved + gold not covered), in characters.

    Smith and Troynikov, Evaluating Chunking Strategies for Retrieval, Chroma 2024.
    """
    both = covered(gold, retrieved)
    return both / (_length(union(retrieved)) + _length(union(gold)) - both)


# --- retrieval: ranks ----------------------------------------------------------------------


def touched(gold: Sequence[Place], place: Place) -> set[int]:
    """Return the positions of the gold places that `place` touches."""
    source, span = place
    return {
        index
        for index, (name, mine) in enumerate(gold)
        if name == source and mine.is_overlapping(span)
    }


def hit(gold: Sequence[Place], retrieved: Sequence[Place], *, k: int) -> float:
    """Return 1 when one of the first `k` places touches a gold place, else 0.

    Success@k; Voorhees, TREC-8 Question Answering Track, 1999.
    """
    return float(any(touched(gold, place) for place in retrieved[:k]))


def span_hit(gold: Sequence[Place], retrieved: Sequence[Place], *, k: int) -> float:
    """Return 1 when a gold place lies wholly inside one of the first `k` places, else 0.

    Karpukhin et al., Dense Passage Retrieval, 2020 (top-k accuracy: a passage that contains
    the answer), with the place in the stead of the answer's words.
    """
    return float(
        any(
            name == source and span.is_containing(mine)
            for source, span in retrieved[:k]
            for name, mine in gold
        )
    )


def reciprocal_rank(gold: Sequence[Place], retrieved: Sequence[Place]) -> float:
    """Return 1 / rank of the first place that touches a gold place, 0 for none.

    Voorhees, TREC-8 Question Answering Track, 1999; its mean is MRR.
    """
    ranks = (rank for rank, place in enumerate(retrieved, start=1) if touched(gold, place))
    return next((1 / rank for rank in ranks), 0.0)


def ndcg(gold: Sequence[Place], retrieved: Sequence[Place], *, k: int = 10) -> float:
    """Return the discounted gain of the first `k` places over the best possible one.

    Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002, with the
    discount 1 / log2(rank + 1). A place gains 1 when it touches a gold place that no better
    ranked one touched. Best possible: one gain at each rank from 1, for as many ranks as
    there are gold places, those first touched together counting as one.
    """
    found: set[int] = set()
    gain, items = 0.0, len(gold)
    for rank, place in enumerate(retrieved[:k], start=1):
        new = touched(gold, place) - found
        if new:
            gain += 1 / math.log2(rank + 1)
            items -= len(new) - 1
            found |= new
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(items, k) + 1))


def all_documents(gold: Sequence[str], retrieved: Sequence[str], *, k: int) -> float:
    """Return 1 when every gold source is among the first `k` sources retrieved, else 0.

    The benchmark of fast-graphrag (circlemind-ai, 2024) counts this share of questions.
    """
    return float(set(gold) <= set(retrieved[:k]))


# --- answers -------------------------------------------------------------------------------

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation + "“”‘’«»–—…")
ALTERNATIVES_KINDS = frozenset({"extractive", "long_answer"})
"""Kinds of question whose `answers` are several people's wording of one answer."""


def plain_words(text: str) -> list[str]:
    """Return the words as SQuAD compares them: small letters, no punctuation, no articles.

    Rajpurkar et al., SQuAD, 2016 (the official script's `normalize_answer`), with typographic
    quotation marks and dashes as punctuation too.
    """
    bare = text.lower().translate(_PUNCTUATION)
    return _ARTICLES.sub(" ", bare).split()


def evidence_touched(gold: Sequence[Place], cited: Sequence[Place]) -> float:
    """Return 1 when a citation touches a gold place, else 0; this project's own figure."""
    return float(any(touched(gold, place) for place in cited))


def is_answer_contained(text: str, answers: Sequence[str], *, kind: str) -> bool:
    """Tell whether `text` says the answer, word for word after `plain_words`.

    `|` separates alternatives within one entry. For `ALTERNATIVES_KINDS` one entry is enough;
    for every other kind each entry must be said. Follows "exact match of the substring" of
    Gao et al., ALCE, 2023 (EM recall), made strict.
    """
    said = plain_words(text)
    found = (
        any(_is_within(plain_words(option), said) for option in entry.split("|"))
        for entry in answers
    )
    return bool(answers) and (any(found) if kind in ALTERNATIVES_KINDS else all(found))


def _is_within(part: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(part)
    return bool(part) and any(
        whole[start : start + size] == part for start in range(len(whole) - size + 1)
    )


def token_f1(text: str, answers: Sequence[str]) -> float:
    """Return the best F1 of the bags of `plain_words` of `text` and of one answer.

    Rajpurkar et al., SQuAD, 2016.
    """
    said = Counter(plain_words(text))
    return max((_bag_f1(said, Counter(plain_words(answer))) for answer in answers), default=0.0)


def _bag_f1(said: Counter[str], gold: Counter[str]) -> float:
    return _f1((said & gold).total(), said.total(), gold.total())


def _f1(same: int, said: int, gold: int) -> float:
    return 2 * same / (said + gold) if same else 0.0


def rouge_l(text: str, answers: Sequence[str]) -> float:
    """Return the best ROUGE-L F of `text` and of one answer.

    Lin, ROUGE, 2004, with equal weight for recall and precision, over runs of letters and
    digits in small letters, no stemming.
    """
    said = re.findall(r"[^\W_]+", text.lower())
    golds = (re.findall(r"[^\W_]+", answer.lower()) for answer in answers)
    return max((_f1(_common(said, gold), len(said), len(gold)) for gold in golds), default=0.0)


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for word in left:
        diagonal = 0
        for column, other in enumerate(right, start=1):
            above = row[column]
            row[column] = diagonal + 1 if word == other else max(above, row[column - 1])
            diagonal = above
    return row[-1]


def avna(*, is_answered: bool, is_answerable: bool) -> float:
    """Return 1 when a question was answered exactly if it can be, else 0.

    "Answer vs. no answer" of the CS224n SQuAD 2.0 project (Stanford); Rajpurkar et al., Know
    What You Don't Know, 2018, define the task.
    """
    return float(is_answered == is_answerable)
