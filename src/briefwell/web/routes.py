"""The page's own routes: its files, and the documents behind citations, each request checked."""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from briefwell.assistant import Assistant
from briefwell.errors import BriefingError, ConfigError
from briefwell.structure import heading_path_at, pages_at
from briefwell.types import Document, Span
from briefwell.web.markup import escape
from briefwell.web.page_images import PageImages
from briefwell.web.reading import Mark, card, together, whole

PREFIX = "/briefwell"
MOST_MARKS = 200
_FILES = {
    "app.css": "text/css; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "card.js": "text/javascript; charset=utf-8",
    "filters.js": "text/javascript; charset=utf-8",
    "kept.js": "text/javascript; charset=utf-8",
    "server.js": "text/javascript; charset=utf-8",
    "source.js": "text/javascript; charset=utf-8",
    "login.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def routes(assistant: Assistant) -> list[Route]:
    """Return the routes of the page beside Gradio's own.

    Args:
        assistant: Whose documents may be read.
    """

    def document(asked: Mapping[str, Any]) -> str:
        found = _document(assistant, str(asked.get("source", "")))
        marks = [_mark(item) for item in _listed(asked)]
        return whole(found, marks, focus=int(asked.get("focus") or 0))

    def passages(asked: Mapping[str, Any]) -> str:
        cited = [(str(item.get("s", "")), _mark(item)) for item in _listed(asked)]
        by_source = {
            source: [mark for where, mark in cited if where == source] for source, _ in cited
        }
        cards = [
            made for source, marks in by_source.items() for made in _cards(assistant, source, marks)
        ]
        # In the order of the answer, whatever source they come from.
        return f'<ol class="bw-passages">{"".join(html for _, html in sorted(cards))}</ol>'

    return [
        Route(f"{PREFIX}/static/{{name}}", _file),
        Route(f"{PREFIX}/document", _fragment(document), methods=["POST"]),
        Route(f"{PREFIX}/passages", _fragment(passages), methods=["POST"]),
        Route(f"{PREFIX}/page", _image(PageImages(assistant))),
        Route(f"{PREFIX}/health", _health()),
    ]


def _cards(assistant: Assistant, source: str, marks: Sequence[Mark]) -> Iterator[tuple[int, str]]:
    """Yield the cards of one source's citations, each with the number of its first citation."""
    try:
        found = _document(assistant, source)
    except ConfigError as error:
        note = f'<li class="bw-passage"><p class="bw-note">{escape(error.problem)}</p></li>'
        yield marks[0].number, note
        return
    for close in together(found, marks):
        start, end = close[0].span.start, close[-1].span.end
        current = close[0].is_current(found)
        path = heading_path_at(found, start) if current else ()
        on = pages_at(found, Span(start=start, end=end)) if current else ()
        yield min(mark.number for mark in close), card(found, close, heading_path=path, on=on)


def _fragment(
    make: Callable[[Mapping[str, Any]], str],
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            asked = json.loads(await request.body())
            html = await run_in_threadpool(make, asked)
        except (ValueError, TypeError, KeyError, AttributeError):
            return JSONResponse({"problem": "The request cannot be read.", "remedy": ""}, 400)
        except ConfigError as error:
            return JSONResponse(error.to_dict(), 404)
        except BriefingError as error:
            return JSONResponse(error.to_dict(), 503)
        return Response(html, media_type="text/html; charset=utf-8")

    return answer


def _document(assistant: Assistant, source: str) -> Document:
    found = assistant.document(source)
    if found is None:
        raise ConfigError(
            f"The source {source!r} is not in the index.",
            "It was removed or renamed since; ask again to see where the words stand now.",
        )
    return found


def _listed(asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = asked.get("citations", [])
    if not isinstance(items, list) or len(items) > MOST_MARKS:
        raise ValueError("citations must be a list of at most 200")
    return items


def _mark(item: Mapping[str, Any]) -> Mark:
    span = Span(start=int(item["a"]), end=int(item["b"]))
    return Mark(number=int(item["n"]), span=span, sha256=str(item.get("h", "")))


def _spans(text: str) -> tuple[Span, ...]:
    """Read spans as the page writes them: `120-160,200-260`."""
    parts = [part.split("-") for part in text.split(",") if part]
    if len(parts) > MOST_MARKS:
        raise ValueError("at most 200 marks")
    return tuple(Span(start=int(start), end=int(end)) for start, end in parts)


def _image(images: PageImages) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        asked = request.query_params
        try:
            marks = _spans(asked.get("marks", ""))
            page = int(asked.get("page", ""))
            drawn = await run_in_threadpool(images.png, asked.get("source", ""), page, marks=marks)
        except ValueError:
            return JSONResponse({"problem": "The request cannot be read.", "remedy": ""}, 400)
        except ConfigError as error:
            return JSONResponse(error.to_dict(), 404)
        except BriefingError as error:
            return JSONResponse(error.to_dict(), 503)
        return Response(drawn, media_type="image/png")

    return answer


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        return Response(status_code=404)
    body = resources.files("briefwell.web").joinpath("static", name).read_bytes()
    return Response(body, headers={"Content-Type": _FILES[name], "Cache-Control": "no-cache"})


def _health() -> Callable[[Request], Awaitable[Response]]:
    started = secrets.token_hex(8)

    async def answer(request: Request) -> Response:
        return JSONResponse({"started": started})

    return answer
