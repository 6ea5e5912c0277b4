"""What a written statement may rest on, and whether it bears on the question."""

from __future__ import annotations

from dataclasses import dataclass

from briefwell.answering.candidates import Candidate, is_item
from briefwell.answering.evidence import Evidence, indexes_in
from briefwell.answering.matching import acronyms, coverage, matched, stems_of
from briefwell.types import Citation, Proposal, ProposedQuote, Statement

CLOSEST = 3
"""How many sentences a statement without a quote that holds is tried against."""

SHARED = 0.5
"""Least share of a statement's stems that such a sentence must have."""

BEARING = 0.4
"""What a statement must meet of what the best sentence meets of the question's terms.

Measured on 156 questions of two labelled sets: at 0.4, 98% of the gold sentences bear and 24% of
the other sentences of the passages do.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The sentences of the passages, as a place to look for what proves a statement.

    Attributes:
        parts: The evidence for each part of the question that can be answered; at least one.
    """

    parts: tuple[Evidence, ...]

    def quotes_for(self, text: str) -> tuple[ProposedQuote, ...]:
        """Return the sentences that share most words with `text`, closest first; maybe none.

        They are only where the proof looks: a sentence that shares every word may still say
        otherwise.
        """
        wanted = stems_of(text)
        shares = [
            (len(wanted & stems_of(item.text)) / max(len(wanted), 1), item)
            for item in self.parts[0].candidates
        ]
        close = sorted((pair for pair in shares if pair[0] >= SHARED), key=lambda pair: -pair[0])
        return tuple(_quote(item) for _, item in close[:CLOSEST])

    def supplied(self, proposal: Proposal) -> Proposal:
        """Return the proposal with quotes found for it, in place of its own."""
        return Proposal(text=proposal.text, quotes=self.quotes_for(proposal.text))

    def is_bearing(self, statement: Statement) -> bool:
        """Tell whether a proven statement bears on a part of the question.

        True sentences on another matter are no answer. A statement bears on the question when
        it and its cited sentences, with their neighbours and headings, meet at least `BEARING`
        of the weight of the question's terms that the best sentence of the passages meets with
        its own. The bar is relative because a question's words need not all stand in a text;
        neighbours, headings and the line before a list count because a text names its subject
        once and goes on.
        """
        return any(_is_bearing(statement, evidence) for evidence in self.parts)


def _is_bearing(statement: Statement, evidence: Evidence) -> bool:
    weights = evidence.scorer.weights
    cited = [item for citation in statement.citations for item in _cited(citation, evidence)]
    met: dict[str, float] = {}
    for item in cited:
        own = matched(tuple(weights), statement.text, acronyms(item.document))
        leading = _leading(item, evidence).around
        for term, share in (*item.around.items(), *leading.items(), *own.items()):
            met[term] = max(share, met.get(term, 0.0))
    best = max((coverage(item.around, weights) for item in evidence.candidates), default=0.0)
    return any(item.is_asked_for for item in cited) or coverage(met, weights) >= BEARING * best


def _cited(citation: Citation, evidence: Evidence) -> list[Candidate]:
    """Return the sentences a citation touches, those outside the passages as well."""
    near = [item for item in evidence.candidates if item.document.source.path == citation.source]
    inside = [item for item in near if item.span.is_overlapping(citation.span)]
    if inside or not near:
        return inside
    document, passage = near[0].document, near[0].passage
    return [
        evidence.scorer.at(document, index, passage)
        for index in indexes_in(document, citation.span)
    ]


def _leading(item: Candidate, evidence: Evidence) -> Candidate:
    """Return the sentence before the list that an item is of; any other sentence itself."""
    before: Candidate | None = item
    while before is not None and is_item(before):
        item, before = before, evidence.find_beside(before, -1)
    return before or item


def _quote(item: Candidate) -> ProposedQuote:
    return ProposedQuote(quote=item.text, source=item.document.source.path, near=item.span)
