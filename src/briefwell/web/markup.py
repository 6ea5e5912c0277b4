"""Words of documents and people as HTML: everything is escaped, nothing is interpreted.

What these functions return stands on one line, so that Gradio's Markdown component takes it
for one block of HTML and reads no Markdown in it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

# Characters that would turn the direction of the text around them, or that no page can show.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def _name(match: re.Match[str]) -> str:
    return f"U+{ord(match[0]):04X}"


def _encode(text: str) -> str:
    safe = html.escape(text, quote=True).replace("\r\n", "\n").replace("\r", "\n")
    # Gradio's Markdown keeps LaTeX behind a %%% placeholder of its own.
    return safe.replace("\n", "&#10;").replace("%", "&#37;")


def escape(text: str) -> str:
    """Return `text` as HTML that shows exactly its characters.

    Direction overrides and control characters become their names (`U+202E`), so that they
    can be seen and cannot change what stands around them.
    """
    visible = _CONTROLS.sub(lambda match: f"\x00{ord(match[0]):04X}\x01", text)
    parts = re.split("\x00([0-9A-F]{4,6})\x01", visible)
    return "".join(
        f'<span class="bw-control">U+{part}</span>' if at % 2 else _encode(part)
        for at, part in enumerate(parts)
    )


def attribute(text: str) -> str:
    """Return `text` for use between the double quotes of an attribute."""
    return _encode(_CONTROLS.sub(_name, text))


def packed(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return a JSON value for use between the double quotes of an attribute."""
    return _encode(json.dumps(value, ensure_ascii=True, separators=(",", ":")))


def spoken(text: str) -> str:
    """Return words that only a screen reader gives."""
    return f'<span class="bw-sr">{escape(text)}</span>'


def day(date: str | None) -> str:
    """Return an ISO 8601 date, whole or partial, as people write it: `8 October 2021`."""
    parts = (date or "").split("T")[0].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return date or ""
    if len(parts) > 1 and not 1 <= int(parts[1]) <= 12:
        return date or ""
    words = [parts[0]] if len(parts) == 1 else [_MONTHS[int(parts[1]) - 1], parts[0]]
    return " ".join([str(int(parts[2])), *words] if len(parts) == 3 else words)


def pages(numbers: Sequence[int]) -> str:
    """Return page numbers as a reader says them: `page 3`, `pages 3–4`."""
    if not numbers:
        return ""
    first, last = min(numbers), max(numbers)
    return f"page {first}" if first == last else f"pages {first}–{last}"


def size(count: int) -> str:
    """Return a number of bytes as people say it: `12 kB`."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= step:
            value = count / step
            return f"{value:.0f}\u00a0{unit}" if value >= 10 else f"{value:.1f}\u00a0{unit}"
    return f"{count}\u00a0bytes"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: `1 document`, `12 documents`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def trail(headings: Sequence[str], *, title: str) -> str:
    """Return the headings above a passage, without the document's own title, as HTML."""
    below = headings[1:] if headings and headings[0] == title else headings
    return escape(" › ".join(below))


def trouble(problem: str, remedy: str) -> str:
    """Return what went wrong and what to do; commands between backticks become code."""
    mended = re.sub("`([^`]+)`", r"<code>\1</code>", escape(remedy))
    return f'<p class="bw-problem"><strong>{escape(problem)}</strong> {mended}</p>'


def dotted(parts: Sequence[str]) -> str:
    """Join what is not empty with middle dots; the parts are HTML already."""
    return '<span class="bw-dot"> · </span>'.join(part for part in parts if part)
