"""A question as the retrievers see it: its stems, weighed by what the corpus says of them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from briefwell.ranking.relevance import Query
from briefwell.storage.lexical import LexicalTerm
from briefwell.storage.reader import IndexReader
from briefwell.text import content_stems

MOST_TERMS = 64
"""A question may be a pasted page; of more terms than this the rarest are looked for."""

ALSO = 0.25
"""Weight of a stem that the question does not have, but that means the same."""

_MOST_BM25 = 2.2
"""BM25 gives a term at most its inverse document frequency times k1 + 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, analysed.

    Attributes:
        query: Its terms and their weights.
        frequencies: For each of its terms, in how many chunks it stands.
        lexical_ceiling: The BM25 a chunk could reach at most.
    """

    query: Query
    frequencies: tuple[int, ...]
    lexical_ceiling: float

    @property
    def lexical_terms(self) -> list[LexicalTerm]:
        """The terms as the lexical retriever takes them."""
        return [LexicalTerm(stems=(stem,)) for stem in self.query.terms]


def analyse(question: str, reader: IndexReader, *, also: Collection[str] = ()) -> Asked:
    """Weigh the stems of a question by their inverse document frequency (Robertson 2004).

    Args:
        question: Any string.
        reader: Knows how often each stem stands in the index.
        also: Stems that say the same in another form; they count less than those asked for.
    """
    sequence = content_stems(question)
    factors = dict.fromkeys(sequence, 1.0) | dict.fromkeys(sorted(also), ALSO)
    counts = reader.frequencies(factors)
    rarest = set(sorted(counts, key=lambda stem: counts[stem])[:MOST_TERMS])
    kept = [stem for stem in counts if stem in rarest]
    size = reader.chunk_count()
    information = [inverse_frequency(counts[stem], size) * factors[stem] for stem in kept]
    total = sum(information) or 1.0
    return Asked(
        query=Query(
            terms=tuple(kept),
            weights=tuple(value / total for value in information),
            pairs=_pairs(sequence, {stem: at for at, stem in enumerate(kept)}),
        ),
        frequencies=tuple(counts[stem] for stem in kept),
        lexical_ceiling=_MOST_BM25 * total,
    )


def inverse_frequency(count: int, size: int) -> float:
    """Return BM25's inverse document frequency of a term in `count` of `size` chunks."""
    return math.log(1 + (max(0, size - count) + 0.5) / (count + 0.5))


def _pairs(sequence: Sequence[str], places: dict[str, int]) -> tuple[tuple[int, int], ...]:
    found = (
        (places[left], places[right])
        for left, right in itertools.pairwise(sequence)
        if left in places and right in places and left != right
    )
    return tuple(dict.fromkeys(found))
