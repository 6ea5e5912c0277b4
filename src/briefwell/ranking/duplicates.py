"""Texts that say the same in the same words, whatever the layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

SHINGLE = 3
"""Words of one shingle."""

LEAST_SHARED = 0.85
"""Share of the shorter text's shingles that the other must have."""

LEAST_LENGTHS = 0.7
"""Least length of the shorter text as a share of the longer one's, in words."""


def is_near_duplicate(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether two texts, given as stems, are the same but for trifles.

    Shingles and their containment: Broder, On the resemblance and containment of documents,
    1997. Texts whose numbers differ are never the same, however much else they share: in
    tables and reports the number is the message.
    """
    short, long = sorted((left, right), key=len)
    if len(short) < LEAST_LENGTHS * len(long) or _numbers(short) != _numbers(long):
        return False
    few, many = _shingles(short), _shingles(long)
    if not few:
        return False
    return len(few & many) >= LEAST_SHARED * len(few)


def _numbers(words: Sequence[str]) -> Counter[str]:
    return Counter(word for word in words if any(char.isdigit() for char in word))


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    size = min(SHINGLE, len(words))
    if not size:
        return set()
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}
