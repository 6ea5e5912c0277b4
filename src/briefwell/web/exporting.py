"""Answers and conversations as files: Markdown and HTML with numbered notes, problem reports."""

from __future__ import annotations

import html
import importlib.metadata
import json
import platform
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from briefwell.types import Document
from briefwell.web.markup import day, pages
from briefwell.web.views import NOW, TurnView

Json = Mapping[str, Any]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_STYLE = (
    "body{max-width:42rem;margin:3rem auto;padding:0 1.25rem;font:1.0625rem/1.6 Charter,Cambria,"
    "Georgia,serif;color:#1e2429}h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}"
    "small,.notes{color:#5a6369;font-size:.9rem}blockquote{margin:.25rem 0 .75rem;padding-left:"
    ".75rem;border-left:2px solid #c6c0b4}sup{font:600 .75rem system-ui,sans-serif}"
)


def as_markdown(title: str, turns: Sequence[TurnView]) -> str:
    """Return turns as Markdown, the citations as numbered notes under each answer."""
    parts = [f"# {_safe(title)}"] if len(turns) > 1 else []
    parts += [_markdown_turn(view) for view in turns]
    return "\n\n".join(parts) + "\n"


def _markdown_turn(view: TurnView) -> str:
    lines = [f"## {_safe(view.question)}", ""]
    for line in view.answer.get("statements", ()):
        numbers = "".join(f"[{item['number']}]" for item in line["citations"])
        lines += [f"{_safe(line['text'])} {numbers}".rstrip(), ""]
    lines += [_safe(item) + "\n" for item in _told(view)]
    lines += [f"*{_safe(about(view))}*", ""] if about(view) else []
    for item in notes(view):
        quote = " ".join(item["quote"].split())
        lines += [f"[{item['number']}] {_safe(_place(view, item))}  ", f"> {_safe(quote)}", ""]
    return "\n".join(lines).rstrip()


def as_html(title: str, turns: Sequence[TurnView]) -> str:
    """Return turns as one HTML page that needs nothing else and runs nothing."""
    body = "".join(_html_turn(view) for view in turns)
    head = html.escape(title)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{head}</title>'
        f"<style>{_STYLE}</style><body><h1>{head}</h1>{body}</body></html>\n"
    )


def _html_turn(view: TurnView) -> str:
    told = "".join(f"<p>{html.escape(item)}</p>" for item in _told(view))
    lines = "".join(
        f"<p>{html.escape(line['text'])}"
        + "".join(
            f'<sup><a href="#note-{view.number}-{item["number"]}">[{item["number"]}]</a></sup>'
            for item in line["citations"]
        )
        + "</p>"
        for line in view.answer.get("statements", ())
    )
    listed = "".join(
        f'<li value="{item["number"]}" id="note-{view.number}-{item["number"]}">'
        f"{html.escape(_place(view, item))}<blockquote>{html.escape(item['quote'])}</blockquote>"
        "</li>"
        for item in notes(view)
    )
    footer = f"<p><small>{html.escape(about(view))}</small></p>" if about(view) else ""
    found = f'<ol class="notes">{listed}</ol>' if listed else ""
    return f"<h2>{html.escape(view.question)}</h2>{lines}{told}{footer}{found}"


def as_text(view: TurnView) -> str:
    """Return one answer as plain text with its notes, for the clipboard."""
    lines = [
        line["text"] + " " + "".join(f"[{item['number']}]" for item in line["citations"])
        for line in view.answer.get("statements", ())
    ]
    found = [
        f"[{item['number']}] {_place(view, item)}: “{' '.join(item['quote'].split())}”"
        for item in notes(view)
    ]
    parts = ["\n".join(line.rstrip() for line in [*lines, *_told(view)]), about(view)]
    return "\n\n".join(part for part in [*parts, "\n".join(found)] if part) + "\n"


def notes(view: TurnView) -> list[Json]:
    """Return the citations of an answer by number, each number once."""
    lines = view.answer.get("statements", ())
    found = {item["number"]: item for line in lines for item in line["citations"]}
    return [found[number] for number in sorted(found)]


def about(view: TurnView) -> str:
    """Return as-of date and mode of an answer as one line of plain text."""
    if not view.answer.get("statements"):
        return ""
    as_of, model = view.answer.get("as_of"), view.answer.get("model")
    mode = f"Written by {model}, each sentence checked" if model else "Evidence answer"
    return ". ".join(part for part in (f"As of {day(as_of)}" if as_of else "", mode) if part) + "."


def _told(view: TurnView) -> list[str]:
    refusal = view.answer.get("abstention")
    if refusal:
        return [f"No answer from these documents. {refusal['message']}"]
    return [f"{view.problem} {view.remedy}"] if view.problem else []


def _place(view: TurnView, item: Json) -> str:
    dates = {passage["source"]: passage["date"] for passage in view.answer.get("passages", ())}
    parts = (
        item["title"],
        day(dates.get(item["source"])),
        " › ".join(item["heading_path"]),
        pages(item["pages"]),
        item["source"],
    )
    now = NOW.get(view.sources_now.get(item["number"], ""), "")
    return ", ".join(part for part in parts if part) + (f". {now}" if now else "")


def _safe(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def problem_report(
    view: TurnView,
    *,
    settings: Mapping[str, str],
    checks: Sequence[Json],
    find: Callable[[str], Document | None] | None,
) -> str:
    """Return what is needed to look into a bad answer, as JSON.

    Document text, quotes and passages are left out unless `find` is given: the words of
    documents are the reader's to share.

    Args:
        view: The turn.
        settings: Each setting as shown, secrets masked.
        checks: What `Assistant.status` found, fingerprint included.
        find: Finds the documents whose text is to be put in; None leaves all words out.
    """
    answer = dict(view.answer)
    report: dict[str, Any] = {
        "briefwell": importlib.metadata.version("briefwell"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "question": view.question,
        "filters": dict(view.filters),
        "rating": view.rating,
        "note": view.note,
        "problem": view.problem,
        "model": answer.get("model"),
        "settings": dict(settings),
        "checks": list(checks),
    }
    if find is None:
        report["answer"] = _without_words(answer)
        return json.dumps(report, ensure_ascii=False, indent=2)
    cited = {item["source"] for item in notes(view)}
    cited |= {passage["source"] for passage in answer.get("passages", ())}
    found = {source: find(source) for source in sorted(cited)}
    report["answer"] = answer
    report["documents"] = {source: item.text for source, item in found.items() if item}
    return json.dumps(report, ensure_ascii=False, indent=2)


_WORDS = frozenset(
    "text quote proposed title heading_path message reason missing source also_in "
    "searched_for notices".split()
)


def _without_words(value: Any) -> Any:
    """Return JSON with every field that can hold words of documents as its length only."""
    if isinstance(value, Mapping):
        return {
            key: f"({len(item)} left out)" if key in _WORDS and item else _without_words(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_without_words(item) for item in value]
    return value
