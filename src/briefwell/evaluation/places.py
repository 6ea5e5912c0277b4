"""Where a case's evidence stands in the canonical texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from briefwell.evaluation.cases import Case, Evidence, Problem
from briefwell.evaluation.metrics import Place
from briefwell.text import Normalised, normalise, normalise_with_map, words
from briefwell.types import Document, Span

_MOST_BETWEEN = 2
"""Words between two words of an evidence that is looked for word by word."""


@dataclass(slots=True, kw_only=True)
class Places:
    """Finds evidence in documents, each of which is fetched once.

    Attributes:
        fetch: Gives the document of a source, or None when it was not indexed.
    """

    fetch: Callable[[str], Document | None]
    _documents: dict[str, Document | None] = field(default_factory=dict)
    _normalised: dict[str, Normalised] = field(default_factory=dict)

    def text(self, source: str) -> str | None:
        """Return the canonical text of a source."""
        document = self._document(source)
        return document.text if document else None

    def gold(self, case: Case) -> tuple[Place, ...] | Problem:
        """Return the places of the case's evidence, or what is wrong with it."""
        places = []
        for item in case.evidence:
            document = self._document(item.source)
            if document is None:
                message = f"the document {item.source!r} was not indexed"
                return Problem(line=case.line, message=message)
            span = self._find(document, item)
            if span is None:
                message = f"the evidence does not stand in the text read from {item.source!r}"
                return Problem(line=case.line, message=message)
            places.append((item.source, span))
        return tuple(places)

    def _document(self, source: str) -> Document | None:
        if source not in self._documents:
            self._documents[source] = self.fetch(source)
        return self._documents[source]

    def _find(self, document: Document, item: Evidence) -> Span | None:
        if item.span is not None:
            is_there = not item.text or item.span.cut(document.text) == item.text
            return item.span if is_there else None
        within = Span(start=0, end=len(document.text))
        if item.page is not None:
            pages = [page.span for page in document.pages if page.number == item.page]
            if not pages:
                return None
            within = pages[0]
        return self._words(document, normalise(item.text), within) if item.text else within

    def _words(self, document: Document, wanted: str, within: Span) -> Span | None:
        """Find words that begin inside `within`, compared as quotes are, then word by word."""
        if not wanted:
            return None
        path = document.source.path
        if path not in self._normalised:
            self._normalised[path] = normalise_with_map(document.text)
        normal = self._normalised[path]
        at = normal.text.find(wanted)
        while at >= 0:
            span = normal.original(Span(start=at, end=at + len(wanted)))
            if within.start <= span.start < within.end:
                return span
            at = normal.text.find(wanted, at + 1)
        return _in_order(document.text, wanted, within)


def _in_order(text: str, wanted: str, within: Span) -> Span | None:
    """Find words that stand in this order with few others between.

    A set that gives words without offsets cannot know how a loader lays out a table row.
    """
    goal = [word.stem for word in words(wanted)]
    found = words(text, within)
    for first, word in enumerate(found):
        if not goal or word.stem != goal[0]:
            continue
        at = first
        for stem in goal[1:]:
            near = (step for step in range(at + 1, at + 2 + _MOST_BETWEEN) if step < len(found))
            at = next((step for step in near if found[step].stem == stem), -1)
            if at < 0:
                break
        if at >= 0:
            return Span(start=word.span.start, end=found[at].span.end)
    return None
