"""Settles a document's title, author, date and language, each with where it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import PurePosixPath

from briefwell.loaders.base import Found, Parsed
from briefwell.loaders.bylines import (
    bare_author,
    dated_name,
    labelled_author,
    starred_name,
    stated_name,
)
from briefwell.loaders.dates import (
    dateline,
    is_later_edition,
    labelled_date,
    parse_date,
    parts_of,
)
from briefwell.loaders.language import detect_language
from briefwell.types import Block, BlockKind, Metadata, Origin

_TOP_BLOCKS = 14
_NAME_BLOCKS = 6
_END_BLOCKS = 5
_LAST_BLOCKS = 2
_CHRONICLE_BLOCKS = 200
_SHORTEST_PROSE = 200
_LONGEST_LINE = 160
_LONGEST_TITLE = 300
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_SUBJECT = re.compile(r"(?:subject|subj|re|title)\s*:\s+(?P<title>\S.*)", re.IGNORECASE)
_BYLINE_DATE = re.compile(r"(?:[|•·∙–—,]|\s(?:on|le|el|am))\s+(?P<date>[^|•·∙–—]+)$")


def described(parsed: Parsed, source: str) -> tuple[str, Metadata]:
    """Return the title and the metadata: front matter and file metadata before the text."""
    text = parsed.text
    content = [block for block in parsed.blocks if block.kind is not BlockKind.FURNITURE]
    top = [_plain(line) for line in islice(_lines(text, content[:_TOP_BLOCKS]), 60)]
    title = parsed.title
    if title is None or title.origin is Origin.TEXT:
        title = _subject(top) or title or _first_heading(text, content)
    if title is None:
        title = Found(value=_from_name(source), origin=Origin.FILE_NAME)
    author = parsed.author or _author(text, content[:_NAME_BLOCKS], title.value)
    date = parsed.date or _date(text, content)
    sample = "\n".join(block.span.cut(text)[:2000] for block in islice(content, 40))
    return title.value[:_LONGEST_TITLE], Metadata(
        title_origin=title.origin,
        author=author.value if author else None,
        author_origin=author.origin if author else None,
        date=date.value if date else None,
        date_origin=date.origin if date else None,
        language=detect_language(sample) or parsed.language,
    )


def _lines(text: str, blocks: list[Block]) -> Iterator[str]:
    """Yield the short lines of the short blocks: the only place where metadata is looked for."""
    for block in blocks:
        if len(block.span) <= 4 * _LONGEST_LINE and block.kind is not BlockKind.TABLE:
            for line in block.span.cut(text).splitlines():
                if line.strip() and len(line) <= _LONGEST_LINE:
                    yield line.strip().strip("_#").strip()


def _subject(top: list[str]) -> Found | None:
    for line in top:
        match = _SUBJECT.fullmatch(line)
        if match:
            return Found(value=" ".join(match["title"].split()), origin=Origin.TEXT)
    return None


def _first_heading(text: str, content: list[Block]) -> Found | None:
    for block in content[:3]:
        if block.kind is BlockKind.HEADING:
            return Found(value=" ".join(block.span.cut(text).split()), origin=Origin.TEXT)
    return None


def _from_name(source: str) -> str:
    stem = re.sub(r"[_\s-]+", " ", PurePosixPath(source).stem).strip()
    return stem or source


def _author(text: str, blocks: list[Block], title: str) -> Found | None:
    lines = [line for line in _lines(text, blocks) if " ".join(_plain(line).split()) != title]
    starred = next((name for line in lines if (name := starred_name(line))), None)
    lines = [_plain(line) for line in lines]
    for find in (
        lambda line, _: labelled_author(line),
        stated_name,
        lambda line, _: bare_author(line, text),
        lambda line, below: dated_name(line, text) if _dates(below) else None,
    ):
        for line, below in pairwise([*lines, ""]):
            name = find(line, below)
            if name:
                return Found(value=name, origin=Origin.TEXT)
    return Found(value=starred, origin=Origin.TEXT) if starred else None


def _plain(line: str) -> str:
    """Return a line without the marks of Markdown: emphasis and the addresses of links."""
    return _LINK.sub(r"\1", line).replace("*", "").strip("_ ")


def _date(text: str, content: list[Block]) -> Found | None:
    """Return the date a line of the document's head, or else of its end, states.

    Only lines that carry a label such as `Published:`, end a by-line, or are nothing but a
    date (or a place and a date) count, the last kind only above the first prose or as one of
    the last lines, and not in a chronicle, whose sections have dates for titles. A date in
    running prose is never the document's. A first appearance wins over a revision.
    """
    top, end = content[:_TOP_BLOCKS], content[_TOP_BLOCKS:][-_END_BLOCKS:]
    labelled = {
        part: found
        for line in map(_plain, _lines(text, [*top, *end]))
        for part in (line, *parts_of(line))
        if (found := labelled_date(part) or _byline_date(part))
    }
    first = [found for line, found in labelled.items() if not is_later_edition(line)]
    bare = _bare_dates(text, _head(content)) or _bare_dates(text, end[-_LAST_BLOCKS:])
    if len(set(_bare_dates(text, content[:_CHRONICLE_BLOCKS]))) > 1:
        bare = []
    found_dates = [*first, *bare, *labelled.values()]
    return Found(value=found_dates[0], origin=Origin.TEXT) if found_dates else None


def _head(content: list[Block]) -> list[Block]:
    """Return the blocks above the first prose."""
    for number, block in enumerate(content[:_TOP_BLOCKS]):
        if len(block.span) > _SHORTEST_PROSE or block.kind is BlockKind.TABLE:
            return content[:number]
    return content[:_TOP_BLOCKS]


def _bare_dates(text: str, blocks: list[Block]) -> list[str]:
    return [found for line in _lines(text, blocks) for found in _dates(_plain(line))]


def _dates(line: str) -> list[str]:
    """Return the dates that are all of a line, or all of a part of it."""
    whole = parse_date(line) or dateline(line)
    if whole:
        return [whole]
    return [found for part in parts_of(line) if (found := parse_date(part))]


def _byline_date(line: str) -> str | None:
    match = _BYLINE_DATE.search(line)
    return parse_date(match["date"]) if match and labelled_author(line) else None
