"""Questions the page offers: made from the indexed documents, tried before they are shown."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from briefwell.assistant import Assistant
from briefwell.errors import BriefingError
from briefwell.types import Document, SourceInfo, Span
from briefwell.web.question_forms import KINDS, Offer, is_whole, offers, sections

_log = logging.getLogger(__name__)

EXAMPLES = 4
NEXT = 3
LOOKED_AT = 12
"""Documents that are read in search of questions."""

SECONDS = 6.0
"""Longest time spent on trying questions before what was found is shown."""

PATIENCE = 1.0
"""Longest wait before one try while people's own questions are being answered."""

_RANK = (*KINDS, "section")
_GENERAL = frozenset(
    "introduction conclusion conclusions summary background overview notes references contents "
    "sources acknowledgements appendix abstract disclaimer about sample date author "
    "assessment points how what why where when who since from".split()
)
_OPENING = frozenset("The A An".split())


class Suggestions:
    """Finds questions that the assistant answers from the place they were made from.

    Attributes:
        is_busy: Tells whether a person's question is being answered; tries make way for it.
    """

    def __init__(
        self, assistant: Assistant, *, is_busy: Callable[[], bool] = lambda: False
    ) -> None:
        self.is_busy = is_busy
        self._assistant = assistant
        self._lock = threading.Lock()
        self._made_for: list[SourceInfo] = []
        self._examples: list[str] = []

    def examples(self) -> list[str]:
        """Return up to four questions for an empty page, the newest documents first.

        They are looked for once for each state of the index. No index, no questions.
        """
        with self._lock:
            try:
                sources = self._assistant.sources()
                if sources != self._made_for:
                    self._examples = self._kept(self._mixed(sources), EXAMPLES)
                    self._made_for = sources
            except BriefingError as error:
                _log.info("no example questions: %s", error)
                return []
            return self._examples

    def after(
        self,
        answer: Mapping[str, Any],
        asked: Sequence[str],
        *,
        is_over: Callable[[], bool] = lambda: False,
    ) -> list[str]:
        """Return up to three questions that lead on from an answer.

        Args:
            answer: `Answer.to_dict()`.
            asked: The questions of the conversation, which are not offered again.
            is_over: Tells whether nobody will see them any more; then the search is left off.
        """
        told = {question.casefold() for question in asked}
        wanted = (
            (source, offer)
            for source, offer in self._near(answer)
            if offer.question.casefold() not in told
        )
        try:
            return self._kept(wanted, NEXT, is_over=is_over)
        except BriefingError as error:
            _log.info("no next questions: %s", error)
            return []

    def _mixed(self, sources: Sequence[SourceInfo]) -> Iterator[tuple[str, Offer]]:
        """Yield offers of the newest documents, those of their sentences first, kinds mixed."""
        ready = [item for item in sources if item.state == "ready"]
        newest = sorted(ready, key=lambda item: (item.date or "", item.source), reverse=True)
        waiting = [
            (info.source, _best_first(document))
            for info in newest[:LOOKED_AT]
            if (document := self._assistant.document(info.source))
        ]
        for is_section in (False, True):
            left = [
                (source, [offer for offer in made if (offer.kind == "section") == is_section])
                for source, made in waiting
            ]
            yield from _in_turn(left)

    def _near(self, answer: Mapping[str, Any]) -> Iterator[tuple[str, Offer]]:
        """Yield offers from what was found for an answer and does not stand in it."""
        cited = [
            (item["source"], Span(**item["span"]))
            for line in answer.get("statements", ())
            for item in line["citations"]
        ]
        found = [(item["source"], Span(**item["span"])) for item in answer.get("passages", ())]
        whole = [(source, None) for source in dict.fromkeys(source for source, _ in cited)]
        for source, within in [*found, *whole]:
            document = self._assistant.document(source)
            for offer in _best_first(document, within=within) if document else ():
                said = (at for where, at in cited if where == source)
                if not any(at.is_overlapping(offer.span) for at in said):
                    yield source, offer

    def _kept(
        self,
        wanted: Iterable[tuple[str, Offer]],
        most: int,
        *,
        is_over: Callable[[], bool] = lambda: False,
    ) -> list[str]:
        """Return the first questions that are answered from where they come from."""
        until = time.monotonic() + SECONDS
        kept: dict[str, str] = {}
        for source, offer in wanted:
            until += self._make_way()
            if is_over():
                break
            if offer.question not in kept and self._is_answered(offer, source):
                kept[offer.question] = offer.kind
            if len(kept) >= most or time.monotonic() > until:
                break
        return list(kept)

    def _make_way(self) -> float:
        """Let people's questions go first, for a while; return the seconds that took."""
        began = time.monotonic()
        while self.is_busy() and time.monotonic() - began < PATIENCE:
            time.sleep(0.02)
        return time.monotonic() - began

    def _is_answered(self, offer: Offer, source: str) -> bool:
        answer = self._assistant.evidence(offer.question)
        return any(
            citation.source == source and citation.span.is_overlapping(offer.span)
            for citation in answer.citations
        )


def _in_turn(left: Sequence[tuple[str, list[Offer]]]) -> Iterator[tuple[str, Offer]]:
    """Yield one offer of each document, the most telling kinds first, then a second of each."""
    while any(made for _, made in left):
        seen: set[str] = set()
        for kind in _RANK:
            for source, made in left:
                found = next((offer for offer in made if offer.kind == kind), None)
                if found and source not in seen:
                    made.remove(found)
                    seen.add(source)
                    yield source, found
                    break


def _best_first(document: Document, *, within: Span | None = None) -> list[Offer]:
    made = sorted(offers(document, within=within), key=lambda offer: _RANK.index(offer.kind))
    return [*made, *_of_sections(document, within)]


def _of_sections(document: Document, within: Span | None) -> Iterator[Offer]:
    """Yield what can be asked of every document with headings, however its sentences run."""
    title = " ".join(document.title.split())
    for section, heading in sections(document):
        if (within is None or within.is_overlapping(section)) and _is_telling(heading, title):
            is_asking = heading.endswith("?")
            asked = heading if is_asking else f"What is said about {_topic(heading)}?"
            if is_whole(asked):
                yield Offer(question=asked, kind="section", span=section)


def _is_telling(heading: str, title: str) -> bool:
    words = re.findall(r"[^\W\d_]+", heading)
    return (
        heading.casefold() != title.casefold()
        and (3 <= len(words) <= 9 or heading.endswith("?") or heading.istitle())
        and len(heading) <= 70
        and words[0].casefold() not in _GENERAL
    )


def _topic(heading: str) -> str:
    """Return a heading as the object of a sentence: the part before a colon, not shouted."""
    topic = re.sub(r"^(?:\d+|[IVXLC]+)[.)]\s+", "", heading.split(":")[0].strip(" .–—-"))
    if topic.isupper():
        return topic.title() if len(topic) > 6 else topic
    first, space, rest = topic.partition(" ")
    is_name = any(word[0].isupper() for word in rest.split()) and first not in _OPENING
    return topic if is_name or not first.istitle() else f"{first.lower()}{space}{rest}"
