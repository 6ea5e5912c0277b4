"""Questions for a part of a document that a heading names: "What does the brief recommend?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from briefwell.answering.candidates import Candidate, Scorer
from briefwell.answering.matching import Corpus, Stems, is_family, stems_of
from briefwell.answering.questions import Kind, Question
from briefwell.structure import sentences
from briefwell.text import stem
from briefwell.types import Document, Passage

_PARTS = frozenset(
    map(
        stem,
        "recommendations conclusions options findings proposals implications takeaways".split(),
    )
)
"""Parts that papers are divided into and that readers ask for by name."""

_QUALIFIERS = frozenset(map(stem, "policy key main final summary next steps our".split()))
"""What a heading may say beside the part's name and still be that part as a whole."""

_LONGEST = 40
"""Most sentences of a part that are looked at."""

_KINDS = frozenset({Kind.LIST, Kind.POSITION, Kind.DEFINITION, Kind.OTHER})


def asked_part(scorer: Scorer, passages: Sequence[Passage], corpus: Corpus) -> Iterator[Candidate]:
    """Yield the sentences of the part a question asks for by its heading, in order.

    Asked for is a part as a whole: a question with further content of its own ("What does the
    brief recommend on ports?") must have it met by the document's title or author.

    Args:
        scorer: Measures the sentences.
        passages: What was retrieved, best first; the first that lies in such a part counts.
        corpus: Gives their documents.
    """
    question = scorer.question
    if question.kind not in _KINDS or not _close(question.terms, _PARTS):
        return
    for passage in passages:
        document = corpus.document(passage.document_id)
        for depth in range(1, len(passage.heading_path) + 1):
            path = passage.heading_path[:depth]
            if _is_asked(question, path[-1], document):
                yield from _under(scorer, document, path, passage)
                return


def _is_asked(question: Question, heading: str, document: Document) -> bool:
    named = stems_of(heading)
    parts = _PARTS & named
    if not parts or not named <= _PARTS | _QUALIFIERS | set(question.terms):
        return False
    known = stems_of(f"{document.title} {document.metadata.author or ''}") | _QUALIFIERS
    left = [term for term in question.terms if not _close([term], parts)]
    return len(left) < len(question.terms) and known.issuperset(left)


def _close(terms: Sequence[str], parts: Stems) -> set[str]:
    """Return the parts whose name is of one family with a term ("recommend", "conclude")."""
    return {part for part in parts if any(is_family(term, part) for term in terms)}


def _under(
    scorer: Scorer, document: Document, path: tuple[str, ...], passage: Passage
) -> Iterator[Candidate]:
    inside = (
        index
        for index, item in enumerate(sentences(document))
        if item.heading_path[: len(path)] == path
    )
    for place, index in enumerate(islice(inside, _LONGEST)):
        yield replace(scorer.at(document, index, passage), is_headed=place == 0)
