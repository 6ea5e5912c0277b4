"""Which of a question's terms a sentence speaks of, and how much each term weighs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from briefwell.answering.likeness import Reading, Sight
from briefwell.structure import PerDocument
from briefwell.text import STOP_WORDS, content_stems, stem, words
from briefwell.types import Document, Span

Stems = set[str] | frozenset[str]

SOFT = 0.6
"""What a term counts for when only a word of the same family stands there."""

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "us": ("unit", "state"),
    "usa": ("unit", "state"),
    "uk": ("unit", "kingdom"),
    "eu": ("european", "union"),
    "un": ("unit", "nation"),
}
_AMERICA = frozenset({"us", "usa", "america", "american"})
_BRITAIN = frozenset({"uk", "britain", "british", "england", "english"})
_EUROPE = frozenset({"eu", "european"})
_SAME = {word: group for group in (_AMERICA, _BRITAIN, _EUROPE) for word in group}
"""Ways to speak of one thing that no document explains: each with all of its group."""

_KIN = 4
"""Stems of one family begin with the same letters, as many as these."""

_ACRONYM = re.compile(r"\(\s*[\"“']?(?P<acronym>[A-Z][A-Za-z&]{1,9}?)s?[\"”']?\s*\)")
_LINKS = frozenset({"of", "the", "for", "and", "on", "in", "to", "de", "&"})


@dataclass(frozen=True, slots=True)
class Corpus:
    """What answering needs of the index.

    Attributes:
        document: Gives the document with an id.
        frequency: Gives, for stems, in how many chunks each occurs.
        compare: Gives, for a question and sentences, how close each is to it by meaning.
        size: Number of chunks.
    """

    document: Callable[[str], Document]
    frequency: Callable[[Sequence[str]], Mapping[str, int]]
    compare: Callable[[str, Sequence[Sight]], Sequence[Reading]]
    size: int


def weigh(seen: Mapping[str, int], *, size: int) -> dict[str, float]:
    """Return a weight for each term, larger for rarer ones (BM25's idf, floored).

    Args:
        seen: In how many chunks each term occurs.
        size: Number of chunks.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009.
    """
    size, weights = max(size, 1), {}
    for term, often in seen.items():
        count = min(often, size)
        weights[term] = max(0.15, math.log(1 + (size - count + 0.5) / (count + 0.5)))
    return weights


def is_family(one: str, other: str) -> bool:
    """Tell whether two stems look like one word family ("recogn", "recognit")."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < _KIN or one[:_KIN] != other[:_KIN]:
        return False
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return (
        shared >= 5
        and shared >= 0.62 * max(len(one), len(other))
        or (shared == shorter and max(len(one), len(other)) - shorter <= 3)
    )


@PerDocument
def _acronyms(document: Document) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = dict(_ALIASES)
    for match in _ACRONYM.finditer(document.text):
        letters = match.group("acronym").upper()
        before = words(document.text, Span(start=max(0, match.start() - 160), end=match.start()))
        expansion = _expansion(letters, [word.text for word in before])
        if expansion:
            found[stem(match.group("acronym"))] = tuple(
                stem(word) for word in expansion if word.lower() not in STOP_WORDS
            )
    return found


def _expansion(letters: str, before: list[str]) -> list[str]:
    """Return the words just before an acronym whose initials spell it; empty when none do."""
    taken: list[str] = []
    left = list(letters.replace("&", ""))
    for word in reversed(before):
        parts = [part for part in re.split(r"[-–]", word) if part]
        if left and parts and parts[0][0].upper() == left[-1]:
            taken.insert(0, word)
            left.pop()
        elif word.lower() in _LINKS and taken:
            taken.insert(0, word)
        else:
            break
        if not left:
            return taken
    return []


_RUN = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*(?:\s+(?:(?:of|the|for|and|on|in|to|de|&)\s+){0,2}[A-ZÀ-Þ][\w’'-]*){1,7}"
)
_SHORTEST_ACRONYM = 3
_MIXED_CAPITALS = 4
"""Fewer capitals among small letters are more often a name: "McDonald", "YouTube"."""


@PerDocument
def _initials(document: Document) -> dict[str, tuple[str, ...]]:
    """Return what the initials of the names in a document may stand for, by their stem."""
    found: dict[str, tuple[str, ...]] = {}
    for name in {match.group(0) for match in _RUN.finditer(document.text)}:
        parts = [part for part in re.split(r"[\s-]+", name) if part and part[0].isupper()]
        for start in range(len(parts) - _SHORTEST_ACRONYM + 1):
            for end in range(start + _SHORTEST_ACRONYM, len(parts) + 1):
                short = "".join(part[0] for part in parts[start:end])
                found.setdefault(stem(short), tuple(map(stem, parts[start:end])))
    return found


def spelled_out(question: str, documents: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """Return what a question's acronyms may stand for that no document explains.

    "HLED" stands for a name with these initials, "High Level Economic Dialogue", where one of
    the documents has such a name; the first of them counts. Of "AfCFTA" the capitals count.
    """
    asked = {word.stem: short for word in words(question) if (short := _capitals(word.text))}
    found: dict[str, tuple[str, ...]] = {}
    for document in documents:
        initials = _initials(document) if asked else {}
        found = {
            term: initials[short] for term, short in asked.items() if short in initials
        } | found
    return found


def _capitals(word: str) -> str:
    """Return the stem of an acronym, of one in mixed case its capitals; empty for none."""
    if word.isupper():
        return stem(word)
    capitals = "".join(letter for letter in word if letter.isupper())
    return stem(capitals) if word.isalpha() and len(capitals) >= _MIXED_CAPITALS else ""


def acronyms(document: Document) -> Mapping[str, tuple[str, ...]]:
    """Return the stems each acronym of a document stands for, as the document explains it."""
    return _acronyms(document)


def matched(
    terms: Sequence[str], text: str, short_forms: Mapping[str, tuple[str, ...]]
) -> dict[str, float]:
    """Return how far each term is met by `text`: 1 in full, `SOFT` by family, else absent."""
    return matched_stems(terms, stems_of(text), short_forms)


def stems_of(text: str) -> set[str]:
    """Return the stems of the content words of `text`; parts of compounds count as well."""
    return set(content_stems(text))


def matched_stems(
    terms: Sequence[str], stems: Stems, short_forms: Mapping[str, tuple[str, ...]]
) -> dict[str, float]:
    """Return how far each term is met by a set of stems; see `matched`."""
    found: dict[str, float] = {}
    beginnings = {stem[:_KIN] for stem in stems}
    for term in terms:
        if term in stems or (term in short_forms and stems.issuperset(short_forms[term])):
            found[term] = 1.0
        elif (term[:_KIN] in beginnings and _has_family(term, stems)) or _is_same(term, stems):
            found[term] = SOFT
    for short, expansion in short_forms.items():
        if short in stems and len(expansion) > 1 and set(terms).issuperset(expansion):
            found.update(dict.fromkeys(expansion, 1.0))
    return found


def _has_family(term: str, stems: Stems) -> bool:
    start = term[:_KIN]
    return any(other.startswith(start) and is_family(term, other) for other in stems)


def _is_same(term: str, stems: Stems) -> bool:
    group = _SAME.get(term)
    if group is None:
        return False
    if not stems.isdisjoint(group):
        return True
    return group is _AMERICA and stems.issuperset(_ALIASES["us"])


def coverage(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the share of the terms' weight that is met, 0 to 1."""
    total = sum(weights.values())
    return sum(weights[term] * share for term, share in found.items()) / total if total else 0.0
