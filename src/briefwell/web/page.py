"""The page: its panes as Gradio components, and which event does what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.events import api

from briefwell.errors import ConfigError
from briefwell.web.events import Events
from briefwell.web.guard import Policy, is_local
from briefwell.web.header import DATES, HEADER, KEPT, RESTRICT, SOURCE_EMPTY
from briefwell.web.look import page_options

MOST_ASKERS = 8
"""Questions answered at the same time; the next ones wait in Gradio's queue."""

LONGEST_QUEUE = 64
"""Events that may wait; further ones are told that the server is busy."""


class Chat(gr.Blocks):
    """The page. However it is opened, it is opened with its guard.

    Attributes:
        policy: What is let through when it is launched alone.
        app_options: Gives the routes and the guard for a policy, for Gradio's application.
    """

    policy: Policy
    app_options: Callable[[Policy], dict[str, Any]]

    def launch(self, *arguments: Any, **options: Any) -> Any:
        """Launch the page alone, as Gradio does, for this machine only.

        Raises:
            ConfigError: A share link or another address was asked for.
        """
        if options.get("share") or not is_local(options.get("server_name") or "127.0.0.1"):
            raise ConfigError(
                "A launched page is for this machine only.",
                "Use `briefwell serve --host … --auth-file …` for others.",
            )
        mine = {**page_options(), "app_kwargs": self.app_options(self.policy), "share": False}
        return super().launch(*arguments, **{**options, **mine})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The components that events read and write."""

    conversation: Any
    past: Any
    live: Any
    welcome: Any
    offers: Any
    question: Any
    only: Any
    instead: Any
    since: Any
    until: Any
    library: Any
    report: Any
    kept: Any
    opening: Any


def layout(events: Events, *, read_only: bool) -> Chat:
    """Return the page as Gradio blocks, every event wired and all but `ask` private.

    Args:
        events: What the events do.
        read_only: Leave out adding files and reindexing.
    """
    blocks = Chat(title="Briefwell", analytics_enabled=False, fill_width=True)
    with blocks:
        _text(HEADER, "bw-header")
        with gr.Row(elem_id="bw-panes"):
            with gr.Column(elem_id="bw-left", elem_classes="bw-pane"):
                library, report, adding, reindexing, since, until, kept = _left(read_only)
            with gr.Column(elem_id="bw-middle", elem_classes="bw-pane"):
                welcome = _text("", "bw-welcome")
                past, live = _text("", "bw-past"), _text("", "bw-live")
                offers = _text("", "bw-offers")
                question = _question_box()
            with gr.Column(elem_id="bw-right", elem_classes="bw-pane"):
                _text(SOURCE_EMPTY, "bw-source")
        parts = Parts(
            conversation=_remembered("briefwell-conversation"),
            past=past,
            live=live,
            welcome=welcome,
            offers=offers,
            question=question,
            only=_hidden("bw-only"),
            instead=_hidden("bw-instead"),
            since=since,
            until=until,
            library=library,
            report=report,
            kept=kept,
            # Questions wait while it names something; at first that is the page itself.
            opening=_hidden("bw-open", "page"),
        )
        asked = _wire_asking(blocks, parts, events)
        _wire_keeping(parts, events, asked)
        if not read_only:
            _wire_library(parts, events, adding, reindexing)
        api(events.ask_api, api_name="ask", concurrency_limit=MOST_ASKERS)
    blocks.queue(max_size=LONGEST_QUEUE, default_concurrency_limit=MOST_ASKERS, api_open=False)
    return blocks


def _text(value: str, name: str) -> Any:
    return gr.Markdown(value, elem_id=name, latex_delimiters=[], sanitize_html=True)


def _remembered(name: str) -> gr.BrowserState:
    """Return a value the browser keeps.

    With a key of its own each start would forget it. The key protects nothing: Gradio sends it
    to every browser.
    """
    return gr.BrowserState("", storage_key=name, secret=name)


def _hidden(name: str, value: str = "") -> Any:
    return gr.Textbox(value, elem_id=name, visible="hidden", label=name)


def _left(read_only: bool) -> tuple[Any, ...]:
    _text('<h2 class="bw-pane-head">Documents</h2>', "bw-left-head")
    adding = reindexing = None
    if not read_only:
        adding = gr.File(
            label="Add documents",
            file_count="multiple",
            elem_id="bw-add",
            height=52,
        )
        reindexing = gr.Button("Reindex", size="sm", elem_id="bw-reindex")
    report = _text("", "bw-report")
    _text(RESTRICT, "bw-restrict")
    _text(DATES, "bw-dates-box")
    with gr.Row(elem_id="bw-dates"):
        since = gr.Textbox("", label="From", placeholder="2021", elem_id="bw-since", min_width=60)
        until = gr.Textbox("", label="To", placeholder="2021-10", elem_id="bw-until", min_width=60)
    library = _text('<p class="bw-empty">Reading the index …</p>', "bw-library")
    kept = _text("", "bw-kept-trouble")
    _text(KEPT, "bw-kept")
    return library, report, adding, reindexing, since, until, kept


def _question_box() -> Any:
    return gr.Textbox(
        "",
        label="Question",
        show_label=False,
        placeholder="Ask about your documents",
        lines=1,
        max_lines=8,
        submit_btn=True,
        elem_id="bw-question",
        html_attributes=gr.InputHTMLAttributes(enterkeyhint="send"),
    )


def _shown(parts: Parts) -> list[Any]:
    """Return the components of the conversation, in the order of `Shown.values`."""
    return [
        parts.question,
        parts.past,
        parts.live,
        parts.welcome,
        parts.offers,
        parts.conversation,
        parts.instead,
    ]


def _wire_asking(blocks: gr.Blocks, parts: Parts, events: Events) -> Any:
    asked = _wire_question(parts, events)
    _offering(asked, parts, events)
    loaded = blocks.load(
        events.load,
        inputs=[parts.conversation],
        outputs=[*_shown(parts), parts.library, parts.report, parts.kept, parts.opening],
        show_progress="hidden",
        api_visibility="private",
    )
    _offering(loaded, parts, events)
    return asked


def _offering(event: Any, parts: Parts, events: Events) -> None:
    """Offer questions when `event` is over, unless another conversation is open by then.

    Each event has a place of its own for what it found, and a search that still runs does not
    keep the next one from starting: the questions of the conversation that is open are always
    looked for. The place is on the page: for a `gr.State`, Gradio keeps a connection of each page
    open, and a browser has six for all tabs together.
    """
    found = gr.Textbox("", visible="hidden", label="found")
    looked = event.then(
        events.offer,
        inputs=[parts.conversation],
        outputs=[found],
        trigger_mode="multiple",
        show_progress="hidden",
        api_visibility="private",
    )
    looked.then(
        events.show_offer,
        inputs=[parts.conversation, found],
        outputs=[parts.offers],
        trigger_mode="multiple",
        show_progress="hidden",
        api_visibility="private",
    )


def _wire_question(parts: Parts, events: Events) -> Any:
    shown = _shown(parts)
    asked = parts.question.submit(
        events.ask,
        inputs=[
            parts.question,
            parts.conversation,
            parts.instead,
            parts.only,
            parts.since,
            parts.until,
        ],
        outputs=shown,
        concurrency_limit=MOST_ASKERS,
        # With "once", Gradio takes a stopped question for one that still runs.
        trigger_mode="multiple",
        show_progress="hidden",
        api_visibility="private",
        # The name "ask" is that of the public call below.
        api_name="ask_in_page",
    )
    parts.question.stop(
        events.stop,
        inputs=[parts.conversation],
        outputs=shown,
        cancels=[asked],
        show_progress="hidden",
        api_visibility="private",
    )
    return asked


def _wire_keeping(parts: Parts, events: Events, asked: Any) -> None:
    opened = gr.Button("open", elem_id="bw-open-now", visible="hidden").click(
        events.open,
        inputs=[parts.opening],
        outputs=[*_shown(parts), parts.opening],
        # Else the answer goes on in the conversation that is opened.
        cancels=[asked],
        show_progress="hidden",
        api_visibility="private",
    )
    _offering(opened, parts, events)
    gr.Button("wake", elem_id="bw-wake", visible="hidden").click(
        events.wake,
        trigger_mode="multiple",
        show_progress="hidden",
        api_visibility="private",
    )


def _wire_library(parts: Parts, events: Events, adding: Any, reindexing: Any) -> None:
    shown = [parts.report, parts.library, parts.welcome]
    added = adding.upload(
        events.add,
        inputs=[adding],
        outputs=[adding, *shown],
        concurrency_limit=1,
        concurrency_id="index",
        show_progress="hidden",
        api_visibility="private",
    )
    reindexed = reindexing.click(
        events.reindex,
        outputs=shown,
        concurrency_limit=1,
        concurrency_id="index",
        show_progress="hidden",
        api_visibility="private",
    )
    for event in (added, reindexed):
        _offering(event, parts, events)
