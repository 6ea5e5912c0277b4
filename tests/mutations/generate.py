"""A seeded set of statements about real sentences, each with exactly one thing broken.

The set is made without the product's verification: it must not share its mistakes. Every
statement comes from one sentence of a document, or a light paraphrase of it that is still true,
and cites that sentence. `exact` and `paraphrase` are left true; every other kind has one change
that makes the statement one which its cited sentence does not bear out. `sample.py` prints the
cases that are read by eye.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from cases import Base, Case
from joined import attribution, merged, swapped_actors, swapped_source
from truths import capital, paraphrases
from turned import exchanged, negation
from values import date, name, number
from wordlists import COMPARED, HARDENED, QUANTIFIED, REVERSED, UNITS

from briefwell.structure import sentences
from briefwell.types import Document

EXACT, PARAPHRASE = "exact", "paraphrase"
STRICT = ("number", "unit", "date", "name", "negation", "swapped source")
LOOSE = (
    "swapped actors",
    "reversal",
    "comparison",
    "modality",
    "attribution",
    "quantifier",
    "merged",
)


def generate(documents: Sequence[Document], *, each: int, seed: int = 20) -> list[Case]:
    """Return up to `each` cases of every kind, the same for the same documents and seed."""
    bases = list(_bases(documents))
    found: list[Case] = []
    for kind, make in _MAKERS.items():
        mixed = sorted(bases, key=lambda base: _place(f"{seed} {kind} {base.original}"))
        found.extend(_some(make(kind, mixed), each))
    return found


def _place(told: str) -> float:
    return random.Random(told).random()


def _some(cases: Iterator[Case], each: int) -> list[Case]:
    kept: dict[str, Case] = {}
    for case in cases:
        if case.text not in kept:
            kept[case.text] = case
        if len(kept) >= each:
            break
    return list(kept.values())


_PLAIN = re.compile(r"(?!Please |See |Sources?:|Whether |Which )[A-Z].*[a-z0-9)”\"]\.$", re.DOTALL)


def _bases(documents: Sequence[Document]) -> Iterator[Base]:
    seen: set[str] = set()
    for document in documents:
        for sentence in sentences(document):
            text = " ".join(sentence.span.cut(document.text).split())
            if not (40 <= len(text) <= 320 and _PLAIN.fullmatch(text)) or text in seen:
                continue
            seen.add(text)
            told = [capital(said) for said in paraphrases(text)]
            yield Base(document, sentence, random.Random(text).choice([text, *told][:3]), text)


def _exact(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    for base in bases:
        yield base.case(kind, base.original, "nothing")


def _paraphrase(kind: str, bases: Sequence[Base]) -> Iterator[Case]:
    for base in bases:
        told = [text for text in paraphrases(base.original) if text != base.original]
        if told:
            text = capital(base.lot(kind).choice(told))
            yield base.case(kind, text, "a light paraphrase")


_MAKERS: dict[str, Callable[[str, Sequence[Base]], Iterator[Case]]] = {
    EXACT: _exact,
    PARAPHRASE: _paraphrase,
    "number": number,
    "unit": exchanged(UNITS),
    "date": date,
    "name": name,
    "swapped actors": swapped_actors,
    "negation": negation,
    "reversal": exchanged(REVERSED),
    "comparison": exchanged(COMPARED),
    "modality": exchanged(HARDENED),
    "attribution": attribution,
    "quantifier": exchanged(QUANTIFIED),
    "swapped source": swapped_source,
    "merged": merged,
}


def tally(cases: Iterable[Case]) -> dict[str, int]:
    """Return how many cases there are of each kind."""
    counted: dict[str, int] = {}
    for case in cases:
        counted[case.kind] = counted.get(case.kind, 0) + 1
    return counted
