"""A document, and the passages of one answer, as HTML for the source pane."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefwell.types import Block, BlockKind, Document, Origin, Span
from briefwell.web.markup import attribute, day, dotted, escape, packed, pages, spoken, trail

AROUND = 320
"""Code points shown on each side of a quote in its card."""

LONGEST_VIEW = 240_000
"""Code points of a document put on the page at once; more would make browsers slow."""

# Markdown's own marks: hidden from the eye, kept in the text that spans count in.
_MARKS = re.compile(r"^#{1,6} +|^[-*+] +|\*\*|__|`")

# The frame of a Markdown table, in escaped text: the line below its head, the pipes at both ends.
_FRAME = re.compile(r"&#10;\|?[ :|-]*-{3}[ :|-]*(?=&#10;|$)|(?:^|(?<=&#10;))\| ?| ?\|(?=&#10;|$)")

_ORIGINS = {
    Origin.FRONT_MATTER: "from its header",
    Origin.FILE_METADATA: "from the file",
    Origin.TEXT: "from its text",
    Origin.FILE_NAME: "from the file name",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A citation to be marked in a document.

    Attributes:
        number: The citation's number in its answer.
        span: Where the quote stands.
        sha256: Hash of the source when it was cited; empty when that does not matter.
    """

    number: int
    span: Span
    sha256: str = ""

    def is_current(self, document: Document) -> bool:
        """Tell whether the span still counts in the text that was cited."""
        return self.sha256 in ("", document.source.sha256) and self.span.end <= len(document.text)


def about(document: Document) -> str:
    """Return author, date and kind of a document as one line of HTML."""
    known = document.metadata
    origin = f" ({_ORIGINS[known.date_origin]})" if known.date_origin else ""
    return dotted(
        [
            escape(known.author or ""),
            escape(day(known.date) + origin) if known.date else "no date known",
            escape(document.source.path),
        ]
    )


def whole(document: Document, marks: Sequence[Mark], *, focus: int) -> str:
    """Return a document with its citations marked.

    Args:
        document: The document.
        marks: The citations of one answer that lie in it.
        focus: Number of the citation that was chosen; 0 for none.
    """
    current = [mark for mark in marks if mark.is_current(document)]
    window = _window(document, current, focus)
    body = "".join(_blocks(document, current, window))
    notes = []
    if len(current) < len(marks):
        notes.append("This source changed since it was cited, so the quote is not marked.")
    if len(window) < len(document.text):
        notes.append("This document is long: only the part around the quote is shown.")
    told = "".join(f'<p class="bw-note">{note}</p>' for note in notes)
    # Lines of a PDF end where its paper ended.
    flowing = "bw-flowing" if document.source.media_type == "application/pdf" else ""
    return (
        f'<header class="bw-source-head"><h2 tabindex="-1" id="bw-source-title">'
        f'{escape(document.title)}</h2><p class="bw-about">{about(document)}</p></header>'
        f'{told}<div class="bw-document {flowing}" '
        f'lang="{attribute(document.metadata.language or "")}">'
        f"{body}</div>"
    )


def _window(document: Document, marks: Sequence[Mark], focus: int) -> Span:
    length = len(document.text)
    if length <= LONGEST_VIEW:
        return Span(start=0, end=length)
    starts = [mark.span.start for mark in marks if mark.number == focus] or [0]
    start = max(0, min(starts[0] - LONGEST_VIEW // 2, length - LONGEST_VIEW))
    return Span(start=start, end=start + LONGEST_VIEW)


def _blocks(document: Document, marks: Sequence[Mark], window: Span) -> Iterable[str]:
    page_starts = {page.span.start: page.number for page in document.pages}
    pending = sorted(page_starts)
    in_list = False
    for block in document.blocks:
        if not window.is_overlapping(block.span):
            continue
        if in_list != (block.kind is BlockKind.LIST_ITEM):
            in_list = not in_list
            yield "<ul>" if in_list else "</ul>"
        while pending and pending[0] <= block.span.start:
            number = page_starts[pending.pop(0)]
            if not in_list:
                yield _page_line(document, number, marks)
        yield _block(document, block, marks)
    if in_list:
        yield "</ul>"


def _page_line(document: Document, number: int, marks: Sequence[Mark]) -> str:
    spans = ",".join(f"{mark.span.start}-{mark.span.end}" for mark in marks)
    value = packed({"source": document.source.path, "page": number, "marks": spans})
    image = (
        f'<button type="button" class="bw-quiet" name="page-image" value="{value}">'
        f"Show the page{spoken(f' {number} as an image')}</button>"
        if document.source.media_type == "application/pdf"
        else ""
    )
    return f'<p class="bw-page"><span>Page {number}</span>{image}</p>'


def _block(document: Document, block: Block, marks: Sequence[Mark]) -> str:
    inner = marked(document.text, block.span, marks)
    if document.source.media_type == "text/markdown" and block.kind is not BlockKind.CODE:
        inner = _hidden(_FRAME if block.kind is BlockKind.TABLE else _MARKS, inner)
    match block.kind:
        case BlockKind.HEADING:
            level = min(6, max(3, block.level + 2))
            return f"<h{level}>{inner}</h{level}>"
        case BlockKind.LIST_ITEM:
            return f'<li class="bw-depth-{min(4, max(1, block.level))}">{inner}</li>'
        case BlockKind.TABLE:
            return f'<pre class="bw-table" tabindex="0">{inner}</pre>'
        case BlockKind.CODE:
            return f'<pre class="bw-code" tabindex="0">{inner}</pre>'
        case BlockKind.FURNITURE:
            return f'<p class="bw-furniture">{inner}</p>'
        case BlockKind.PARAGRAPH:
            return f"<p>{inner}</p>"


def _hidden(signs: re.Pattern[str], html: str) -> str:
    """Hide Markdown's own signs from the eye; the text keeps them."""
    return signs.sub(r'<span class="bw-md">\g<0></span>', html)


def marked(text: str, span: Span, marks: Sequence[Mark]) -> str:
    """Return `text[span]` escaped, with the parts that `marks` cover in `mark` elements.

    Where citations overlap, the part they share names all of them.
    """
    inside = [mark for mark in marks if mark.span.is_overlapping(span)]
    edges = {span.start, span.end}
    for mark in inside:
        edges |= {max(span.start, mark.span.start), min(span.end, mark.span.end)}
    cuts = sorted(edges)
    return "".join(
        _piece(text, Span(start=start, end=end), inside) for start, end in itertools.pairwise(cuts)
    )


def _piece(text: str, span: Span, marks: Sequence[Mark]) -> str:
    words = escape(span.cut(text))
    numbers = sorted({mark.number for mark in marks if mark.span.is_containing(span)})
    if not numbers:
        return words
    label = spoken(f"[citation {', '.join(map(str, numbers))}: ")
    names = " ".join(f"bw-m-{number}" for number in numbers)
    return f'<mark class="bw-mark {names}">{label}{words}{spoken("]")}</mark>'


def together(document: Document, marks: Sequence[Mark]) -> list[list[Mark]]:
    """Group citations of one document that one card can show: near, and under one heading."""
    groups: list[list[Mark]] = []
    starts = [block.span.start for block in document.blocks if block.kind is BlockKind.HEADING]
    for mark in sorted(marks, key=lambda mark: (mark.span.start, mark.number)):
        last = groups[-1] if groups else None
        if last and mark.is_current(document) and last[0].is_current(document):
            between = range(last[0].span.start + 1, mark.span.start + 1)
            is_near = mark.span.start - max(one.span.end for one in last) <= AROUND
            if is_near and not any(start in between for start in starts):
                last.append(mark)
                continue
        groups.append([mark])
    return groups


def card(
    document: Document, marks: Sequence[Mark], *, heading_path: Sequence[str], on: Sequence[int]
) -> str:
    """Return the card of citations that stand close together, marked in their surroundings.

    Args:
        document: The cited document.
        marks: The citations, at least one; all in the text as it stands, or just one that is not.
        heading_path: Headings above the quotes, outermost first.
        on: Pages the quotes stand on.
    """
    first = marks[0]
    value = {
        "n": first.number,
        "s": document.source.path,
        "a": first.span.start,
        "b": first.span.end,
        "h": first.sha256,
    }
    line = dotted([escape(day(document.metadata.date)), escape(pages(on))])
    heading = trail(heading_path, title=document.title)
    excerpt = _excerpt(document, marks) if first.is_current(document) else _lost()
    rows = "bw-rows" if _is_in_table(document, first.span) else ""
    excerpt = _hidden(_FRAME, excerpt) if rows else excerpt
    numbers = "".join(
        f'<span class="bw-number" id="bw-passage-{mark.number}">{mark.number}</span>'
        for mark in marks
    )
    return (
        f'<li class="bw-passage"><p class="bw-passage-head">{numbers}'
        f'<button type="button" class="bw-open" name="open" value="{packed(value)}">'
        f"{escape(document.title)}{spoken(': open the document at this quote')}</button></p>"
        f'<p class="bw-about">{line}</p><p class="bw-about">{heading}</p>'
        f'<blockquote class="bw-excerpt {rows}">{excerpt}</blockquote></li>'
    )


def _is_in_table(document: Document, span: Span) -> bool:
    """Tell whether a quote stands in a table of a Markdown document."""
    return document.source.media_type == "text/markdown" and any(
        block.kind is BlockKind.TABLE and block.span.is_overlapping(span)
        for block in document.blocks
    )


def _lost() -> str:
    return '<span class="bw-note">This source changed since it was cited.</span>'


def _excerpt(document: Document, marks: Sequence[Mark]) -> str:
    text = document.text
    quote = Span(
        start=min(mark.span.start for mark in marks), end=max(mark.span.end for mark in marks)
    )
    start, end = max(0, quote.start - AROUND), min(len(text), quote.end + AROUND)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    for block in document.blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.FURNITURE):
            if start < block.span.end <= quote.start:
                start, before = block.span.end, ""
            if quote.end <= block.span.start < end:
                end, after = block.span.start, ""
    if before:
        start = _word_start(text, start, quote.start)
    if after:
        end = _word_end(text, end, quote.end)
    start = quote.start - len(text[start : quote.start].lstrip())
    return f"{before}{marked(text, Span(start=start, end=end), marks)}{after}"


def _word_start(text: str, at: int, most: int) -> int:
    while at < most and not text[at - 1].isspace():
        at += 1
    while at < most and text[at].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, least: int) -> int:
    while at > least and not text[at].isspace():
        at -= 1
    while at > least and text[at - 1].isspace():
        at -= 1
    return at
