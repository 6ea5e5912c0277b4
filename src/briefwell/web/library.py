"""The documents pane and the first page: what is indexed, and what one could ask of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from briefwell.types import BlockKind, Document, SourceInfo
from briefwell.web.markup import attribute, day, dotted, escape, packed, plural, size, spoken

KINDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/plain": "Text",
}
EXAMPLES = 4
NEXT = 3
LOOKED_AT = 12
"""Documents opened in search of headings for example questions."""

_GENERAL = frozenset(
    "introduction conclusion conclusions summary background overview notes references contents "
    "sources acknowledgements appendix abstract disclaimer about sample date author "
    "assessment".split()
)


def listing(sources: Sequence[SourceInfo], *, ticked: Sequence[str] = ()) -> str:
    """Return the list of indexed sources, the failed ones first, each with its reason.

    Args:
        sources: As `Assistant.sources` gives them.
        ticked: Paths the reader restricted the search to.
    """
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
    rows = [_row(item, item.source in ticked) for item in [*failed, *ready]]
    count = plural(len(ready), "document")
    trouble = f", {len(failed)} could not be read" if failed else ""
    return f'<p class="bw-count">{count}{trouble}</p><ul class="bw-library">{"".join(rows)}</ul>'


def _row(info: SourceInfo, is_ticked: bool) -> str:
    kind = KINDS.get(info.media_type, info.media_type.rpartition("/")[2].upper()[:8])
    if info.state == "failed":
        return (
            f'<li class="bw-file bw-failed"><span class="bw-file-title">'
            f"{escape(info.title or info.source)}</span>"
            f'<span class="bw-about">{dotted([escape(kind), "could not be read"])}</span>'
            f'<span class="bw-reason">{escape(info.reason)}</span></li>'
        )
    value = {"n": 0, "s": info.source, "a": 0, "b": 0, "h": ""}
    tick = "checked" if is_ticked else ""
    about = [escape(day(info.date)) if info.date else "no date", escape(kind)]
    about += [plural(info.pages, "page")] if info.pages else [escape(size(info.size))]
    return (
        f'<li class="bw-file"><label class="bw-tick"><input type="checkbox" name="only" '
        f'value="{attribute(info.source)}" {tick}>{spoken(f"Search only in {info.title}")}</label>'
        f'<span class="bw-file-body"><button type="button" class="bw-open bw-file-title" '
        f'name="open" value="{packed(value)}" title="{attribute(info.source)}">'
        f"{escape(info.title)}</button>"
        f'<span class="bw-about">{dotted(about)}</span></span></li>'
    )


def example_questions(
    sources: Sequence[SourceInfo], document: Callable[[str], Document | None]
) -> list[str]:
    """Return up to four questions made by fixed templates from titles and headings.

    One document gives one question before any gives a second; the newest come first.

    Args:
        sources: The indexed sources.
        document: Finds the document of a source.
    """
    ready = [item for item in sources if item.state == "ready"]
    newest = sorted(ready, key=lambda item: (item.date or "", item.source), reverse=True)
    rounds: list[list[str]] = []
    for info in newest[:LOOKED_AT]:
        found = document(info.source)
        rounds.append(_questions(found) if found else [])
    deepest = max((len(items) for items in rounds), default=0)
    wanted = [items[depth] for depth in range(deepest) for items in rounds if depth < len(items)]
    return list(dict.fromkeys(wanted))[:EXAMPLES]


def next_questions(answer: Mapping[str, Any]) -> list[str]:
    """Return up to three questions that the passages of an answer could also answer.

    Made by a fixed template from the headings of passages that were found and not cited.

    Args:
        answer: `Answer.to_dict()`.
    """
    lines = answer.get("statements", ())
    told = {
        (item["source"], tuple(item["heading_path"]))
        for line in lines
        for item in line["citations"]
    }
    made = []
    for passage in answer.get("passages", ()):
        path, title = tuple(passage["heading_path"]), _plain(passage["title"])
        if not path or (passage["source"], path) in told or not _is_telling(path[-1], title):
            continue
        made.append(_question(_plain(path[-1]), title))
    asked = answer.get("question", "")
    return [item for item in dict.fromkeys(made) if item != asked][:NEXT]


def _questions(document: Document) -> list[str]:
    title = _plain(document.title)
    made = []
    for block in document.blocks:
        heading = _plain(block.span.cut(document.text))
        if block.kind is not BlockKind.HEADING or not _is_telling(heading, title):
            continue
        made.append(_question(heading, title))
    return made or [f"What does “{_short(title)}” say?"]


def _question(heading: str, title: str) -> str:
    if heading.endswith("?"):
        return heading
    return f"What does “{_short(title)}” say about {_topic(heading)}?"


def _short(title: str) -> str:
    return title if len(title) <= 60 else title.split(":")[0].strip()


def _plain(text: str) -> str:
    return " ".join(text.strip("#*_ \t\n").split())


def _is_telling(heading: str, title: str) -> bool:
    words = re.findall(r"[^\W\d_]+", heading)
    return (
        heading.casefold() != title.casefold()
        and 1 <= len(words) <= 9
        and len(heading) <= 70
        and words[0].casefold() not in _GENERAL
        and "this" not in {word.casefold() for word in words}
    )


def _topic(heading: str) -> str:
    """Return a heading as the object of a sentence: the part before a colon, not shouted."""
    topic = heading.split(":")[0].strip(" .–—-")
    topic = re.sub(r"^(?:\d+|[IVXLC]+)[.)]\s+", "", topic)
    first, _, rest = topic.partition(" ")
    if topic.isupper():
        return topic.title() if len(topic) > 6 else topic
    is_sentence_case = rest and not any(word[0].isupper() for word in rest.split())
    return f"{first.lower()} {rest}" if is_sentence_case and first.istitle() else topic


def welcome(examples: Sequence[str], count: int) -> str:
    """Return the first page: what this is, what it promises, what one could ask."""
    if not count:
        invitation = (
            "<p>There are no documents yet. Drop files on the left, or put them into the "
            "documents folder and press <strong>Reindex</strong>.</p>"
        )
    else:
        buttons = "".join(
            f'<li><button type="button" class="bw-example" name="ask" '
            f'value="{packed({"question": item})}">{escape(item)}</button></li>'
            for item in examples
        )
        invitation = (
            f'<h3 class="bw-small-head">You could ask</h3><ul class="bw-examples">{buttons}</ul>'
        )
    return (
        '<section class="bw-welcome"><h2>Ask your documents</h2>'
        f"<p>Briefwell answers from {plural(count, 'document')} in this folder. Every sentence "
        "carries a number that opens the passage it rests on; what cannot be shown there is not "
        f"said. Nothing leaves this machine.</p>{invitation}</section>"
    )
