"""One question that asks several things, split into its questions."""

from __future__ import annotations

import re

_PART = re.compile(
    r"(?:[,;]\s*(?:and\s+)?|\s+and\s+|\?\s+(?:and\s+)?)"
    r"(?=(?:(?:in|on|at|by|to|for|from|with|of)\s+)?(?:what|which|who|whom|whose|when|where|why|how)\b"
    r"(?!\s+(?:is|was|are|were)?\s*[?.]*$))",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)


def parts(text: str) -> tuple[str, ...]:
    """Split "Who sent it, and when did it arrive?" into its questions; one when there is one."""
    plain = " ".join(text.split())
    found = [part.strip(" ,;?") for part in _PART.split(plain)]
    found = [part for part in found if part]
    if len(found) < 2 or not all(_ASKS.match(_bare(part)) for part in found):
        return (plain,)
    if any(len(part.split()) < 3 for part in found):
        return (plain,)
    return tuple(part + "?" for part in found)


def _bare(part: str) -> str:
    return re.sub(r"^(?:and|in|on|at|by|to|for|from|with|of)\s+", "", part, flags=re.IGNORECASE)
