"""Reads the fields a text file states about itself before it begins."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from briefwell.loaders.base import Found, storable
from briefwell.loaders.dates import parse_stamp
from briefwell.types import Origin

_BLOCK = re.compile(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\n|\r)(?P<body>.*?)(?:\r\n|\n|\r)(?P=fence)[ \t]*"
    r"(?=\r|\n|$)",
    re.DOTALL,
)
_LONGEST = 65_536
_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What front matter says, and how many lines of the text it takes (0 when there is none)."""

    lines: int = 0
    title: Found | None = None
    author: Found | None = None
    date: Found | None = None
    language: str | None = None


def read_front_matter(text: str) -> FrontMatter:
    """Return the front matter (YAML between `---`, TOML between `+++`) at the start of `text`.

    A fence whose content is not a table of fields is no front matter.
    """
    match = _BLOCK.match(text[:_LONGEST])
    if not match:
        return FrontMatter()
    fields = _fields(match["fence"], match["body"])
    if fields is None:
        return FrontMatter()
    return FrontMatter(
        lines=1 + len(_NEWLINE.findall(match.group())),
        title=_found(_text(fields.get("title"))),
        author=_found(_names(fields.get("author", fields.get("authors", fields.get("by"))))),
        date=_found(_date(fields)),
        language=_language(fields.get("lang", fields.get("language"))),
    )


def _fields(fence: str, body: str) -> Mapping[str, Any] | None:
    try:
        loaded = tomllib.loads(body) if fence == "+++" else yaml.safe_load(body)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(loaded, dict) or not all(isinstance(key, str) for key in loaded):
        return None
    return {key.casefold(): value for key, value in loaded.items()}


def _found(value: str | None) -> Found | None:
    return Found(value=value, origin=Origin.FRONT_MATTER) if value else None


def _text(value: Any) -> str | None:
    # Only plain values: turning nested YAML aliases into text could take for ever.
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    return " ".join(storable(str(value)).split())[:500] or None


def _names(value: Any) -> str | None:
    if isinstance(value, dict):
        return _text(value.get("name"))
    if isinstance(value, list):
        names = [_text(v.get("name") if isinstance(v, dict) else v) for v in value[:20]]
        return " and ".join(name for name in names if name) or None
    return _text(value)


def _date(fields: Mapping[str, Any]) -> str | None:
    for name in ("date", "published", "pubdate", "publication_date", "created", "updated"):
        value = fields.get(name)
        if value is None or isinstance(value, list | dict):
            continue
        found = parse_stamp(str(value)[:64])
        if found:
            return found
    return None


def _language(value: Any) -> str | None:
    code = (_text(value) or "").casefold().replace("_", "-").split("-")[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else None
