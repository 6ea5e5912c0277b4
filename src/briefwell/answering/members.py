"""Questions for one of several numbered parts by its subject: "Which pillar is about ports?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from operator import attrgetter

from briefwell.answering.candidates import Candidate, Scorer, all_stems, stems_at
from briefwell.answering.likeness import Sight
from briefwell.answering.matching import Corpus, matched_stems, stems_of
from briefwell.answering.phrases import ORDINALS
from briefwell.structure import PerDocument, sentences
from briefwell.text import stem
from briefwell.types import Document, Passage

CLOSE = 0.35
"""Least closeness by words of the subject and a sentence of the part that is about it.

Of 42 subjects written before it was chosen (`tests/model/test_members.py`), 19 of 21 that a part
is about reach it, all by the right part, and 2 of 21 that no part is about.
"""

_LONGEST = 4
"""Most sentences of a part that are looked at."""

_MOST = 40
"""Most sentences of all parts together: one batch."""

_NOUNS = (
    "pillar|part|section|chapter|phase|stage|step|component|element|goal|objective|priority|track|"
    "strand|axis|area|measure|workstream|tier|aim|task|article|title|option|proposal"
)
_GENERIC = frozenset({"part", "element", "area", "component", "section", "strand"})
"""Nouns that a reader may use for whatever a paper calls its parts."""

_ASKS = re.compile(
    rf"^(?:in\s+)?(?:what|which)\s+(?P<noun>{_NOUNS})\s+(?:of|in|under)\s+(?P<whole>.+?)\s+"
    r"(?:(?:is|was)\s+(?:all\s+)?(?:about|on|for|devoted\s+to|dedicated\s+to|concerned\s+with|"
    r"meant\s+to\s+help\s+with)|deals?\s+with|dealt\s+with|covers?|covered|concerns?|concerned|"
    r"addresses|addressed|discusses|discussed|looks?\s+at|focus(?:es|ed)\s+on|has\s+to\s+do\s+with|"
    r"relates?\s+to|speaks?\s+of|treats?|handles?|tackles?)\s+(?P<subject>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
_NUMBER = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)?|[ivx]{{1,4}})"
_LABEL = re.compile(
    rf"^(?:[\w’'.-]+\s+){{0,3}}?(?P<before>{_NUMBER})\s+(?P<noun>{_NOUNS})\b|"
    rf"^(?P<noun2>{_NOUNS})\s+(?P<after>{_NUMBER})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of a numbered part.

    Attributes:
        index: Its place among `sentences(document)`.
        label: The part's noun and number, as `("pillar", "fourth")`.
        is_headed: Whether a heading names the part, not a sentence.
    """

    index: int
    label: tuple[str, str]
    is_headed: bool


def asked_member(
    scorer: Scorer, passages: Sequence[Passage], corpus: Corpus
) -> list[Candidate] | None:
    """Return the sentences of the numbered part that a question asks for by its subject.

    The first is the one that names the part. Compared is the subject alone: the rest of the
    question is as near to each part as to any other.

    Args:
        scorer: Measures the sentences.
        passages: What was retrieved, best first; the first whose document has such parts counts.
        corpus: Gives the documents, and compares.

    Returns:
        Empty when none of the parts is about the subject; None when nothing of the kind is asked,
        no document has several such parts, another sentence names subject and part together, or
        the embedder tells of no words.
    """
    asked = _ASKS.match(scorer.question.text)
    if asked is None:
        return None
    for document, passage in _documents(passages, corpus):
        places = _of_whole(scorer, document, asked)
        if not places:
            continue
        chosen = _chosen(document, places, asked["subject"], corpus)
        if chosen is None:
            return None
        found = [scorer.at(document, place.index, passage) for place in chosen]
        return [
            replace(item, is_headed=place.is_headed)
            for item, place in zip(found, chosen, strict=True)
        ]
    return None


def _documents(passages: Sequence[Passage], corpus: Corpus) -> Iterator[tuple[Document, Passage]]:
    seen = set()
    for passage in passages:
        if passage.document_id not in seen:
            seen.add(passage.document_id)
            yield corpus.document(passage.document_id), passage


def _of_whole(scorer: Scorer, document: Document, asked: re.Match[str]) -> list[_Place]:
    """Return the sentences of the parts of the whole asked for; empty when it has not several."""
    noun = asked["noun"].lower()
    numbers = Counter(called for called, _ in {place.label for place in _places(document)})
    several = {called for called, count in numbers.items() if count > 1}
    wanted = several if noun in _GENERIC else several & {noun}
    places = [place for place in _places(document) if place.label[0] in wanted][:_MOST]
    whole = [term for term in scorer.question.terms if term in stems_of(asked["whole"])]
    known = matched_stems(whole, all_stems(document), scorer.short_forms)
    return places if places and len(known) == len(whole) else []


def _chosen(
    document: Document, places: Sequence[_Place], subject: str, corpus: Corpus
) -> list[_Place] | None:
    """Return the sentence that names the closest part, and the closest one of that part.

    Empty and None are as `asked_member` tells.
    """
    readings = corpus.compare(subject, [Sight(text=_sight(document, place)) for place in places])
    if not any(reading.nearest for reading in readings):
        return None
    pairs = zip(readings, places, strict=True)
    reading, best = max(pairs, key=lambda pair: (pair[0].closeness, pair[0].likeness))
    if reading.closeness < CLOSE:
        return None if _is_told(document, places, subject) else []
    first = next(place for place in places if place.label == best.label)
    return [first] if first == best else [first, best]


def _is_told(document: Document, places: Sequence[_Place], subject: str) -> bool:
    """Tell whether a sentence names the subject and a part: "Ports belong to the first pillar"."""
    wanted = stems_of(subject)
    nouns = {stem(place.label[0]) for place in places}
    return any(
        wanted <= found and not nouns.isdisjoint(found)
        for found in (stems_at(document, index) for index in range(len(sentences(document))))
    )


def _sight(document: Document, place: _Place) -> str:
    item = sentences(document)[place.index]
    text = item.span.cut(document.text)
    return f"{item.heading_path[-1]}. {text}" if place.is_headed else text


@PerDocument
def _places(document: Document) -> list[_Place]:
    """Return the sentences of a document's numbered parts, a few of each, in order."""
    labelled = groupby(_labelled(document), key=attrgetter("label"))
    return [place for _, group in labelled for place in islice(group, _LONGEST)]


def _labelled(document: Document) -> Iterator[_Place]:
    """Yield each sentence that lies in a numbered part, under its heading or after its name."""
    label, block = None, -1
    for index, item in enumerate(sentences(document)):
        headed = next(filter(None, map(_label, reversed(item.heading_path))), None)
        named = _label(item.span.cut(document.text))
        if named:
            label, block = named, item.block
        elif item.block != block:
            label = None
        if found := label or headed:
            yield _Place(index=index, label=found, is_headed=label is None)


def _label(text: str) -> tuple[str, str] | None:
    match = _LABEL.match(text)
    if match is None:
        return None
    return (match["noun"] or match["noun2"]).lower(), (match["before"] or match["after"]).lower()
