"""One question from the page: asked, streamed, kept; and a conversation opened again."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from briefwell.assistant import Assistant
from briefwell.errors import BriefingError, ConfigError
from briefwell.types import Answer, AnswerEvent, Document, Turn
from briefwell.web.conversations import Conversations, SavedTurn
from briefwell.web.filters import Filters
from briefwell.web.limits import Client, Limits
from briefwell.web.views import TurnState, TurnView

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One state of the page while a question is answered: the turns before, and the turn."""

    conversation: str
    before: Sequence[TurnView]
    turn: TurnView


@dataclass(slots=True)
class _Live:
    """An answer that is being made, and the page that waits for it."""

    page: str
    turn: SavedTurn


class Desk:
    """Answers the questions of the page and keeps the conversations.

    Attributes:
        assistant: The one behind the page.
        conversations: Where turns are kept.
        limits: How much one client may ask for.
    """

    def __init__(
        self, assistant: Assistant, *, conversations: Conversations, limits: Limits
    ) -> None:
        self.assistant = assistant
        self.conversations = conversations
        self.limits = limits
        self._live: dict[str, _Live] = {}

    def ask(
        self,
        question: str,
        *,
        owner: str,
        client: Client,
        conversation: str = "",
        instead_of: int = 0,
        filters: Filters | None = None,
    ) -> Iterator[Step]:
        """Answer a question in a conversation, step by step.

        Args:
            question: As it was typed.
            owner: Whose conversation it is.
            client: Who asks, for the limits.
            conversation: Its id; an unknown one begins a new conversation.
            instead_of: Number of the turn this question replaces; 0 adds a turn.
            filters: What to search; None searches everything.

        Yields:
            The page's state after each step; the last one is not `working`, unless it was stopped.

        Raises:
            ConfigError: This client asks too much at once, or while an answer is being made.
        """
        chosen = filters or Filters()
        self._make_way(owner, conversation, client)
        with self.limits.asking(client):
            if not self.conversations.is_known(owner, conversation):
                conversation = self.conversations.start(owner, title=question)
            kept = self.conversations.turns(owner, conversation)
            kept = [turn for turn in kept if not instead_of or turn.number < instead_of]
            saved = self.conversations.begin(
                owner,
                conversation,
                question=question,
                filters=chosen.to_dict(),
                number=kept[-1].number + 1 if kept else 1,
            )
            before = [self.view(conversation, turn) for turn in kept]
            live = self._live[conversation] = _Live(page=client.page, turn=saved)
            try:
                for now in self._steps(saved, kept, chosen):
                    if self._live.get(conversation) is not live:
                        return  # stopped; the page shows that, or something else by now
                    live.turn = now
                    if now.state is not TurnState.WORKING:
                        self.conversations.finish(owner, conversation, now)
                    shown = self.view(conversation, now)
                    yield Step(conversation=conversation, before=before, turn=shown)
            finally:
                self._end(owner, conversation, live)

    def is_answering(self, conversation: str) -> bool:
        """Tell whether a question of this conversation is being answered."""
        return conversation in self._live

    def stop(self, owner: str, conversation: str) -> None:
        """Stop what is being answered in a conversation; what was proven so far is kept."""
        live = self._live.get(conversation)
        if live is not None:
            self._end(owner, conversation, live)

    def leave(self, owner: str, client: Client) -> None:
        """Stop what a page is waiting for that opens another conversation."""
        for conversation, live in list(self._live.items()):
            if live.page == client.page:
                self._end(owner, conversation, live)

    def _end(self, owner: str, conversation: str, live: _Live) -> None:
        if live.turn.state is TurnState.WORKING:
            stopped = replace(live.turn, state=TurnState.STOPPED)
            self.conversations.finish(owner, conversation, stopped)
        if self._live.get(conversation) is live:
            del self._live[conversation]

    def _make_way(self, owner: str, conversation: str, client: Client) -> None:
        """See that nothing else is being answered in a conversation.

        An answer that a page which was loaded anew left behind is stopped.
        """
        live = self._live.get(conversation)
        if live is not None and live.page == client.page:
            raise ConfigError(
                "The last question is still being answered.",
                "Wait for it, or stop it with the escape key.",
            )
        self.stop(owner, conversation)

    def _steps(
        self, turn: SavedTurn, kept: Sequence[SavedTurn], filters: Filters
    ) -> Iterator[SavedTurn]:
        yield turn
        partial: dict[str, Any] = {"statements": [], "passages": [], "notices": []}
        try:
            for event in self._events(turn.question, kept, filters):
                if event.answer is not None:
                    yield replace(turn, answer=event.answer.to_dict(), state=TurnState.DONE)
                    return
                partial = _grown(partial, event)
                yield replace(turn, answer=partial)
            raise RuntimeError("the assistant's events ended without an answer")
        except BriefingError as error:
            yield replace(turn, state=TurnState.FAILED, problem=error.problem, remedy=error.remedy)
        except Exception:  # noqa: BLE001 - a person watches: they get words, the log the trace
            _log.exception("a question from the page could not be answered")
            yield replace(
                turn,
                state=TurnState.FAILED,
                problem="Something went wrong inside Briefwell.",
                remedy="Ask again; the server's log has the details.",
            )

    def _events(
        self, question: str, kept: Sequence[SavedTurn], filters: Filters
    ) -> Iterator[AnswerEvent]:
        return self.assistant.stream(
            question,
            history=history(kept),
            sources=filters.sources or None,
            since=filters.since or None,
            until=filters.until or None,
        )

    def answer(self, question: str, *, history: Sequence[Turn], client: Client) -> Answer:
        """Answer a question of another program, outside any conversation.

        Raises:
            BriefingError: It cannot be answered, or this client asks too much at once.
        """
        with self.limits.asking(client):
            return self.assistant.ask(question, history=history)

    def reopened(self, owner: str, conversation: str) -> list[TurnView]:
        """Return the turns of a kept conversation, each citation checked again."""
        cache: dict[str, Document | None] = {}

        def find(source: str) -> Document | None:
            if source not in cache:
                cache[source] = self.assistant.document(source)
            return cache[source]

        live = self._live.get(conversation)
        kept = [
            _interrupted(live.turn if live and live.turn.number == turn.number else turn)
            for turn in self.conversations.turns(owner, conversation)
        ]
        try:
            return [
                self.view(conversation, turn, sources_now=_sources_now(turn.answer, find))
                for turn in kept
            ]
        except BriefingError:
            # Without an index nothing can be checked; the words that were kept still help.
            return [self.view(conversation, turn) for turn in kept]

    def view(
        self,
        conversation: str,
        turn: SavedTurn,
        *,
        sources_now: Mapping[int, str] | None = None,
    ) -> TurnView:
        """Return what the page shows of a kept turn."""
        return TurnView(
            conversation=conversation,
            number=turn.number,
            question=turn.question,
            filters=turn.filters,
            answer=turn.answer,
            state=turn.state,
            problem=turn.problem,
            remedy=turn.remedy,
            sources_now=sources_now or {},
            rating=turn.rating,
            note=turn.note,
        )


def history(kept: Sequence[SavedTurn]) -> list[Turn]:
    """Return kept turns as `Assistant.ask` takes them; unanswered ones are left out."""
    turns: list[Turn] = []
    for turn in kept:
        if turn.state is TurnState.DONE:
            turns.append({"role": "user", "content": turn.question})
            turns.append({"role": "assistant", "content": str(turn.answer.get("text", ""))})
    return turns


def _interrupted(turn: SavedTurn) -> SavedTurn:
    """Return a turn as a page that was loaded anew shows it: nothing streams there any more."""
    working = turn.state is TurnState.WORKING
    return replace(turn, state=TurnState.STOPPED) if working else turn


def _grown(partial: Mapping[str, Any], event: AnswerEvent) -> dict[str, Any]:
    grown = dict(partial)
    if event.searched_for:
        grown["searched_for"] = event.searched_for
    if event.passages:
        grown["passages"] = [passage.to_dict() for passage in event.passages]
    if event.statement is not None:
        grown["statements"] = [*partial["statements"], event.statement.to_dict()]
    if event.notice:
        grown["notices"] = [*partial["notices"], event.notice]
    return grown


def _sources_now(answer: Mapping[str, Any], find: Any) -> dict[int, str]:
    """Return what became of each citation's source, for those that are not as they were."""
    found: dict[int, str] = {}
    for line in answer.get("statements", ()):
        for citation in line["citations"]:
            document = find(citation["source"])
            span = citation["span"]
            if document is None:
                found[citation["number"]] = "removed"
            elif document.text[span["start"] : span["end"]] != citation["quote"]:
                stands = citation["quote"] in document.text
                found[citation["number"]] = "moved_words" if stands else "changed"
            elif document.source.sha256 != citation["document_sha256"]:
                found[citation["number"]] = "moved_words"
    return found
