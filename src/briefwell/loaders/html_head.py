"""Reads what a web page states about itself: title, author, date, language, encoding."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from briefwell.loaders.base import Found, storable
from briefwell.loaders.bylines import labelled_author
from briefwell.loaders.dates import parse_stamp
from briefwell.types import Origin

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_AUTHOR_NAMES = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author")
_DATE_NAMES = (
    "article:published_time",
    "citation_publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "datepublished",
    "publish-date",
    "pubdate",
    "date",
)
_TITLE_NAMES = ("og:title", "citation_title", "dc.title", "dcterms.title")
_LONGEST_DATA = 200_000


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding a page names in its first 4,096 bytes."""
    match = _CHARSET.search(data[:4096])
    return match.group(1).decode("ascii") if match else None


def page_title(root: HtmlElement) -> Found | None:
    """Return the title: the page's one heading of level 1 when its `<title>` contains it."""
    stated = _meta(root, _TITLE_NAMES) or _text(next(root.iter("title"), None))
    headings = [text for element in root.iter("h1") if (text := _text(element))]
    if stated and len(headings) == 1 and headings[0].casefold() in stated.casefold():
        stated = headings[0]
    elif stated and not headings:
        # Without a heading to go by, the site's name after a bar is all that can be left off.
        parts = re.split(r"\s+\|\s+", stated)
        shown = {
            " ".join((element.text or "").split()) for element in root.iter("b", "font", "p", "td")
        }
        shown |= {_text(element) for element in root.iter("strong", "h2")}
        stated = next((part for part in parts if part in shown), parts[0])
    if stated:
        return Found(value=stated, origin=Origin.FILE_METADATA)
    return Found(value=headings[0], origin=Origin.TEXT) if headings else None


def page_author(root: HtmlElement) -> Found | None:
    """Return the author the page's metadata names."""
    stated = _meta(root, _AUTHOR_NAMES)
    if not stated or "://" in stated:
        names = [_name(item.get("author")) for item in _linked_data(root)]
        stated = next((name for name in names if name), None)
    if not stated:
        return None
    return Found(value=labelled_author(stated) or stated, origin=Origin.FILE_METADATA)


def page_date(root: HtmlElement) -> Found | None:
    """Return the date of publication the page's metadata names."""
    stamps = [_meta(root, (name,)) for name in _DATE_NAMES]
    stamps += [item.get("datePublished") for item in _linked_data(root)]
    stamps += [
        element.get("datetime")
        for element in root.iter("time")
        if element.get("pubdate") is not None
        or "publish" in f"{element.get('class')} {element.get('itemprop')}".casefold()
    ]
    for stamp in stamps:
        found = parse_stamp(stamp[:64]) if isinstance(stamp, str) else None
        if found:
            return Found(value=found, origin=Origin.FILE_METADATA)
    return None


def page_language(root: HtmlElement) -> str | None:
    """Return the ISO 639-1 code the page declares."""
    code = (root.get("lang") or root.get("xml:lang") or "").casefold()[:2]
    return code if re.fullmatch("[a-z]{2}", code) else None


def _meta(root: HtmlElement, names: tuple[str, ...]) -> str | None:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (
            element.get("name") or element.get("property") or element.get("itemprop") or ""
        ).casefold()
        content = " ".join(storable(element.get("content") or "").split())
        if name in names and content:
            found.setdefault(name, content[:500])
    return next((found[name] for name in names if name in found), None)


def _text(element: HtmlElement | None) -> str:
    if element is None:
        return ""
    return " ".join(storable("".join(element.itertext())).split())[:500]


def _linked_data(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if (script.get("type") or "").casefold() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "")[:_LONGEST_DATA])
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        if isinstance(graph, list):
            yield from (item for item in graph[:50] if isinstance(item, dict))


def _name(author: Any) -> str | None:
    if isinstance(author, list):
        return " and ".join(name for item in author[:20] if (name := _name(item))) or None
    if isinstance(author, dict):
        author = author.get("name")
    return " ".join(storable(author).split())[:200] if isinstance(author, str) else None
