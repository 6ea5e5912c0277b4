"""The kept conversations over HTTP: listed, renamed, deleted, rated, exported."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from briefwell.errors import BriefingError, ConfigError
from briefwell.web.asking import Desk
from briefwell.web.conversations import Summary
from briefwell.web.exporting import as_html, as_markdown, as_text, problem_report
from briefwell.web.markup import attribute, escape, packed, plural, spoken
from briefwell.web.uploads import safe_name
from briefwell.web.views import TurnView

PREFIX = "/briefwell"
_KINDS = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


def keeping_routes(desk: Desk) -> list[Route]:
    """Return the routes of the kept conversations.

    Args:
        desk: Who keeps them.
    """

    def listed(owner: str, asked: Mapping[str, Any]) -> str:
        found = desk.conversations.listed(owner, search=str(asked.get("search", "")))
        return listing(found, now=str(asked.get("now", "")))

    def change(owner: str, asked: Mapping[str, Any]) -> str:
        conversation = str(asked["conversation"])
        if not desk.conversations.is_known(owner, conversation):
            raise ConfigError("This conversation is not kept any more.", "Load the page again.")
        match asked["what"]:
            case "rename":
                desk.conversations.rename(owner, conversation, title=str(asked["title"]))
            case "delete":
                desk.conversations.delete(owner, conversation)
            case "rate":
                desk.conversations.rate(
                    owner,
                    conversation,
                    number=int(asked["turn"]),
                    rating=str(asked.get("rating", "")),
                    note=str(asked.get("note", "")),
                )
            case _:
                raise ValueError("no such change")
        return ""

    return [
        Route(f"{PREFIX}/conversations", _answering(listed), methods=["POST"]),
        Route(f"{PREFIX}/change", _answering(change), methods=["POST"]),
        Route(f"{PREFIX}/export", _exporting(desk)),
    ]


def listing(found: Sequence[Summary], *, now: str) -> str:
    """Return the list of conversations; `now` is the id of the one on the page."""
    if not found:
        return '<p class="bw-empty">No conversation here.</p>'
    rows = "".join(_row(item, is_now=item.id == now) for item in found)
    return f'<ul class="bw-kept-list">{rows}</ul>'


def _row(item: Summary, *, is_now: bool) -> str:
    value = packed({"c": item.id, "title": item.title})
    when = time.strftime("%d %B %Y", time.localtime(item.updated)).lstrip("0")
    current = ' aria-current="true"' if is_now else ""
    tools = "".join(
        f'<button type="button" class="bw-quiet" name="{name}" value="{value}">{label}'
        f"{spoken(f': {item.title}')}</button>"
        for name, label in (("rename", "Rename"), ("delete", "Delete"))
    )
    export = "".join(
        f'<a class="bw-quiet" download href="{attribute(_address(item.id, kind))}">'
        f"{label}{spoken(f': export {item.title}')}</a>"
        for kind, label in (("md", "Markdown"), ("html", "HTML"))
    )
    return (
        f'<li class="bw-kept-row"{current}><button type="button" class="bw-open" name="reopen" '
        f'value="{value}">{escape(item.title)}</button>'
        f'<span class="bw-about">{when}, {plural(item.turns, "question")}</span>'
        f'<span class="bw-kept-tools">{tools}{export}</span></li>'
    )


def _address(conversation: str, kind: str) -> str:
    return f"briefwell/export?c={conversation}&kind={kind}"


def _answering(
    make: Callable[[str, Mapping[str, Any]], str],
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            asked = json.loads(await request.body())
            return HTMLResponse(await run_in_threadpool(make, owner_of(request), asked))
        except (ValueError, TypeError, KeyError, AttributeError):
            return JSONResponse({"problem": "The request cannot be read.", "remedy": ""}, 400)
        except ConfigError as error:
            return JSONResponse(error.to_dict(), 404)

    return answer


def _exporting(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        asked = request.query_params
        kind, number = asked.get("kind", "md"), asked.get("turn", "")
        if kind not in _KINDS:
            return JSONResponse({"problem": "There is no such export.", "remedy": ""}, 400)
        turns = await run_in_threadpool(desk.reopened, owner_of(request), asked.get("c", ""))
        if number:
            turns = [view for view in turns if str(view.number) == number]
        if not turns:
            return JSONResponse({"problem": "This answer is not kept any more.", "remedy": ""}, 404)
        body = await run_in_threadpool(_exported, desk, turns, kind, asked.get("words") == "1")
        name = safe_name(f"{turns[0].question[:60]}.{kind}").encode("ascii", "ignore").decode()
        return Response(
            body,
            headers={
                "Content-Type": _KINDS[kind],
                "Content-Disposition": f'attachment; filename="{name}"',
            },
        )

    return answer


def _exported(desk: Desk, turns: Sequence[TurnView], kind: str, with_words: bool) -> str:
    title = turns[0].question
    if kind == "md":
        return as_markdown(title, turns)
    if kind == "html":
        return as_html(title, turns)
    if kind == "txt":
        return as_text(turns[-1])
    assistant = desk.assistant
    try:
        checks = [check.to_dict() for check in assistant.status()]
    except BriefingError as error:
        checks = [error.to_dict()]
    settings = {name: value for name, (value, _) in assistant.settings.shown().items()}
    find = assistant.document if with_words else None
    return problem_report(turns[-1], settings=settings, checks=checks, find=find)


def owner_of(request: Request) -> str:
    """Return whose conversations a request may see: the name signed in with, or nobody's."""
    return str(request.scope.get("briefwell.user", ""))
