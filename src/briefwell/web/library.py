"""The documents pane, the first page and the questions one could ask, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from briefwell.types import SourceInfo
from briefwell.web.markup import attribute, day, dotted, escape, packed, plural, size, spoken

KINDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/plain": "Text",
}


def listing(sources: Sequence[SourceInfo]) -> str:
    """Return the list of indexed sources, the failed ones first, each with its reason."""
    if not sources:
        return (
            '<p class="bw-empty">No documents are indexed yet. Add files here, or put them into '
            "the documents folder and reindex.</p>"
        )
    failed = [item for item in sources if item.state == "failed"]
    ready = sorted(
        (item for item in sources if item.state == "ready"),
        key=lambda item: (item.date or "", item.title),
        reverse=True,
    )
    rows = [_row(item) for item in [*failed, *ready]]
    count = plural(len(ready), "document")
    trouble = f", {len(failed)} could not be read" if failed else ""
    return f'<p class="bw-count">{count}{trouble}</p><ul class="bw-library">{"".join(rows)}</ul>'


def _row(info: SourceInfo) -> str:
    kind = KINDS.get(info.media_type, info.media_type.rpartition("/")[2].upper()[:8])
    if info.state == "failed":
        return (
            f'<li class="bw-file bw-failed"><span class="bw-file-title">'
            f"{escape(info.title or info.source)}</span>"
            f'<span class="bw-about">{dotted([escape(kind), "could not be read"])}</span>'
            f'<span class="bw-reason">{escape(info.reason)}</span></li>'
        )
    value = {"n": 0, "s": info.source, "a": 0, "b": 0, "h": ""}
    about = [escape(day(info.date)) if info.date else "no date", escape(kind)]
    about += [plural(info.pages, "page")] if info.pages else []
    return (
        f'<li class="bw-file"><label class="bw-tick"><input type="checkbox" name="only" '
        f'value="{attribute(info.source)}">{spoken(f"Search only in {info.title}")}</label>'
        f'<span class="bw-file-body"><button type="button" class="bw-open bw-file-title" '
        f'name="open" value="{packed(value)}" title="{attribute(info.source)}, {size(info.size)}">'
        f"{escape(info.title)}</button>"
        f'<span class="bw-about">{dotted(about)}</span></span></li>'
    )


def welcome(count: int) -> str:
    """Return the first page: what this is and what it promises, or how to begin."""
    begin = (
        ""
        if count
        else "<p>No document is indexed yet. Drop files on the left, or put them into the "
        "documents folder and press <strong>Reindex</strong>.</p>"
    )
    where = f"{plural(count, 'document')} in this folder" if count else "the documents you give it"
    return (
        '<section class="bw-welcome"><h2>Ask your documents</h2>'
        f"<p>Briefwell answers from {where}. Every sentence "
        "carries a number that opens the passage it rests on; what cannot be shown there is not "
        f"said. Nothing leaves this machine.</p>{begin}</section>"
    )


def offered(heading: str, questions: Sequence[str], *, name: str) -> str:
    """Return questions that can be asked with one press, or nothing when there are none.

    Args:
        heading: What stands above them.
        questions: The questions.
        name: `example` or `suggestion`.
    """
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" class="bw-{name}" name="ask" '
        f'value="{packed({"question": item})}">{escape(item)}</button></li>'
        for item in questions
    )
    return (
        f'<section class="bw-offered"><h3 class="bw-small-head">{heading}</h3>'
        f'<ul class="bw-{name}s">{buttons}</ul></section>'
    )
