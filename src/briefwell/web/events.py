"""What the page's events do: each takes what the components hold and gives what they show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gradio as gr

from briefwell.errors import BriefingError, ConfigError
from briefwell.types import IndexReport, Turn
from briefwell.web.asking import Desk, Step
from briefwell.web.filters import Filters, checked
from briefwell.web.library import listing, offered, welcome
from briefwell.web.limits import Client
from briefwell.web.markup import escape, trouble
from briefwell.web.reindexing import Reindexing, progress_line, report_lines
from briefwell.web.suggesting import Suggestions
from briefwell.web.turns import conversation as conversation_html
from briefwell.web.turns import turn as turn_html
from briefwell.web.uploads import take_in
from briefwell.web.views import TurnState

READY = gr.update(submit_btn=True, stop_btn=False)
"""The question box when nothing is being answered; its words stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the components of the conversation show; left out means unchanged."""

    question: Any = field(default_factory=gr.skip)
    past: Any = field(default_factory=gr.skip)
    live: Any = field(default_factory=gr.skip)
    welcome: Any = field(default_factory=gr.skip)
    offers: Any = field(default_factory=gr.skip)
    conversation: Any = field(default_factory=gr.skip)
    instead: Any = field(default_factory=gr.skip)

    def values(self) -> tuple[Any, ...]:
        """Return the values in the order in which the page lists its outputs."""
        return (
            self.question,
            self.past,
            self.live,
            self.welcome,
            self.offers,
            self.conversation,
            self.instead,
        )


class Events:
    """The event handlers of one page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._assistant = desk.assistant
        self._suggestions = Suggestions(desk.assistant, is_busy=desk.limits.is_busy)

    # --- asking ----------------------------------------------------------------------

    def ask(
        self,
        question: str,
        conversation: str,
        instead: str,
        only: str,
        since: str | None,
        until: str | None,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:
        """Answer the question in the box, step by step."""
        owner, client = who(request)
        if not question.strip():
            yield Shown().values()
            return
        try:
            filters = checked(
                Filters(
                    sources=_listed(only), since=(since or "").strip(), until=(until or "").strip()
                )
            )
            steps = self._desk.ask(
                question,
                owner=owner,
                client=client,
                conversation=conversation or "",
                instead_of=int(instead) if instead.isdecimal() else 0,
                filters=filters,
            )
            first = True
            for step in steps:
                yield _shown(step, first=first)
                first = False
        except ConfigError as error:
            gr.Warning(escape(str(error)), title="")
            yield Shown(question=gr.update(value=question)).values()
            return
        if step.turn.state is not TurnState.WORKING:
            yield Shown(question=READY).values()

    def stop(self, conversation: str, request: gr.Request) -> tuple[Any, ...]:
        """Stop the answer that is being made."""
        owner, _ = who(request)
        self._desk.stop(owner, conversation or "")
        turns = self._desk.reopened(owner, conversation or "")
        past, live = conversation_html(turns[:-1]), conversation_html(turns[-1:])
        return Shown(question=READY, past=past, live=live).values()

    def open(self, wanted: str, request: gr.Request) -> tuple[Any, ...]:
        """Open a kept conversation, or a new one; the last value empties the box that named it."""
        owner, client = who(request)
        self._desk.leave(owner, client)
        turns = self._desk.reopened(owner, wanted or "")
        hello = "" if turns else self._library()[1]
        past, live = conversation_html(turns[:-1]), conversation_html(turns[-1:])
        shown = Shown(
            question=READY,
            past=past,
            live=live,
            welcome=hello,
            offers="",
            conversation=wanted if turns else "",
            instead="",
        )
        return *shown.values(), ""

    def load(self, conversation: str, request: gr.Request) -> tuple[Any, ...]:
        """Fill a page that was just opened or loaded again; the last value lets questions go."""
        owner, _ = who(request)
        turns = self._desk.reopened(owner, conversation or "")
        library, hello, trouble = self._library()
        kept = (
            "" if not self._desk.conversations.trouble else _note(self._desk.conversations.trouble)
        )
        shown = Shown(
            question=READY,
            past=conversation_html(turns[:-1]),
            live=conversation_html(turns[-1:]),
            welcome="" if turns else hello,
            conversation=conversation if turns else "",
            instead="",
        )
        return *shown.values(), library, trouble, kept, ""

    def wake(self) -> None:
        """Do nothing; that the page asks has Gradio fetch what it missed."""

    def offer(self, conversation: str, request: gr.Request) -> str:
        """Find what `show_offer` shows, behind a line with the conversation it belongs to."""
        return f"{conversation or ''}\n{self._offered(conversation or '', who(request)[0])}"

    def show_offer(self, conversation: str, found: str) -> Any:
        """Show what was found, unless another conversation was opened meanwhile."""
        belongs_to, _, html = found.partition("\n")
        return html if belongs_to == (conversation or "") else gr.skip()

    def _offered(self, conversation: str, owner: str) -> str:
        """Offer questions: the first ones on an empty page, the next ones below an answer.

        An event of its own, because each question is tried before it is offered.
        """
        turns = self._desk.conversations.turns(owner, conversation)
        if not turns:
            return offered("You could ask", self._suggestions.examples(), name="example")
        if turns[-1].state is not TurnState.DONE:
            return ""
        found = self._suggestions.after(
            turns[-1].answer,
            [turn.question for turn in turns],
            is_over=lambda: self._desk.is_answering(conversation),
        )
        now = self._desk.conversations.turns(owner, conversation)
        # Another question may have been asked in the meantime.
        is_last = bool(now) and now[-1].number == turns[-1].number
        return offered("Ask next", found, name="suggestion") if is_last else ""

    def ask_api(self, question: str, history: list[Turn], request: gr.Request) -> dict[str, Any]:
        """Answer a question; the same JSON as `briefwell ask --json`.

        Args:
            question: The question.
            history: The turns before, as `{"role": …, "content": …}`.
            request: Given by Gradio.
        """
        _, client = who(request)
        try:
            return self._desk.answer(question, history=history or (), client=client).to_dict()
        except BriefingError as error:
            return error.to_dict()

    # --- documents -------------------------------------------------------------------

    def add(self, files: list[str] | None, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Take uploaded files into the documents folder and index them."""
        taken = take_in(
            [Path(name) for name in files or []],
            documents=self._assistant.documents,
            most_bytes=self._assistant.settings.max_file_bytes,
        )
        told = "".join(
            f'<p class="bw-note {"" if item.is_taken else "bw-refusal"}">{escape(item.message)}</p>'
            for item in taken
        )
        if not any(item.is_taken for item in taken):
            yield None, told, gr.skip(), gr.skip()
            return
        for step in self._reindexing(told):
            yield None, *step

    def reindex(self, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Reindex, with a live report."""
        yield from self._reindexing("")

    def _reindexing(self, told: str) -> Iterator[tuple[Any, ...]]:
        yield f'{told}<p class="bw-progress">Starting …</p>', gr.skip(), gr.skip()
        work = Reindexing(self._assistant)
        for progress in work.progress():
            yield told + progress_line(progress), gr.skip(), gr.skip()
        outcome = work.outcome()
        library, hello, trouble = self._library()
        if isinstance(outcome, IndexReport):
            yield told + report_lines(outcome), library, hello if hello else gr.skip()
        else:
            yield told + _problem(outcome) + trouble, library, gr.skip()

    def _library(self) -> tuple[str, str, str]:
        """Return the list of documents, the first page, and what is wrong, if anything."""
        try:
            sources = self._assistant.sources()
        except BriefingError as error:
            return listing([]), welcome(0), _problem(error)
        ready = sum(info.state == "ready" for info in sources)
        return listing(sources), welcome(ready), ""


def who(request: gr.Request) -> tuple[str, Client]:
    """Return the owner of what the request asks for, and the client the limits count."""
    scope = request.request.scope if request.request is not None else {}
    owner = str(scope.get("briefwell.user", ""))
    person = owner or str((scope.get("client") or ("", 0))[0])
    return owner, Client(page=request.session_hash or person, person=person)


def _listed(only: str) -> tuple[str, ...]:
    try:
        chosen = json.loads(only or "[]")
    except ValueError:
        return ()
    return tuple(item for item in chosen if isinstance(item, str))


def _shown(step: Step, *, first: bool) -> tuple[Any, ...]:
    live = turn_html(step.turn)
    if not first:
        return Shown(live=live).values()
    return Shown(
        question=gr.update(value="", submit_btn=False, stop_btn=True),
        past=conversation_html(step.before),
        live=live,
        welcome="",
        offers="",
        conversation=step.conversation,
        instead="",
    ).values()


def _note(text: str) -> str:
    return f'<p class="bw-note">{escape(text)}</p>'


def _problem(error: BriefingError) -> str:
    return trouble(error.problem, error.remedy)
