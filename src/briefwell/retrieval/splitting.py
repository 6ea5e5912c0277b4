"""Questions that ask for several things at once, split into one question for each."""

from __future__ import annotations

import re

from briefwell.text import content_stems

MOST_PARTS = 4
"""Parts of one question that are searched for; the whole question always is."""

LEAST_STEMS = 2
"""Content words a clause needs to be a question of its own."""

_ASKS = r"(?:what|who|whom|whose|when|where|why|how|which)\b"
_PREPOSED = r"(?:(?:in|on|at|by|from|for|to|of|with|under|during)\s+)?"
_NEXT_CLAUSE = re.compile(
    rf"\s*[,;?]?\s+(?:and|or|but)\s+(?={_PREPOSED}{_ASKS})|\?\s+(?=\w)", re.IGNORECASE
)
_ASKING = re.compile(rf"{_ASKS}|^(?:do|does|did|is|are|was|were|has|have|can)\b", re.IGNORECASE)

_THING = r"[^,;:?]+?"
_AFTER = (
    r"(?=\s+(?:in|on|for|from|at|by|as|during|about|have|has|had|share|agree|differ|is|are|was|"
    r"were|do|does|did)\b|\s*[,;:?.]|\s*$)"
)
_PAIRS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bcompar(?:e|ing)\s+(?P<one>{_THING})\s+(?:and|with|to|against)\s+(?P<two>{_THING}){_AFTER}",
        rf"\b(?:between|both)\s+(?P<one>{_THING})\s+and\s+(?P<two>{_THING}){_AFTER}",
        rf"[,:]\s*(?:either\s+)?(?P<one>{_THING}),?\s+or\s+(?P<two>{_THING})\s*\??\s*$",
        rf"\b(?:do|does|did|is|are|was|were)\s+(?P<one>{_THING})\s+differ(?:ent)?\b(?:[^?]*?)"
        rf"\s+from\s+(?P<two>{_THING})\s*\??\s*$",
        rf"\b(?P<one>{_THING})\s+(?:versus|vs\.?|compared\s+(?:with|to))\s+(?P<two>{_THING}){_AFTER}",
    )
)


def parts(question: str) -> tuple[str, ...]:
    """Return the questions that `question` is made of; none when it is of one piece.

    A second clause that asks something ("…, and what …") is a part; of two things that are
    compared, or chosen between, each is a part, with all that is asked about both.
    """
    clauses = [clause.strip(" ,;") for clause in _NEXT_CLAUSE.split(question)]
    clauses = [clause for clause in clauses if _is_question(clause)]
    if len(clauses) > 1:
        return tuple(clauses[:MOST_PARTS])
    for pattern in _PAIRS:
        found = pattern.search(question)
        if found and all(_is_thing(found.group(name)) for name in ("one", "two")):
            return _each(question, found)
    return ()


def _is_question(clause: str) -> bool:
    return bool(_ASKING.search(clause)) and len(content_stems(clause)) >= LEAST_STEMS


def _is_thing(text: str) -> bool:
    """Tell a thing from a number ("between 1000 and 1300") and from mere small words."""
    return any(stem[0].isalpha() for stem in content_stems(text))


def _each(question: str, found: re.Match[str]) -> tuple[str, str]:
    """Return the question with only the first, and with only the second of two things."""
    before, after = question[: found.start("one")], question[found.end("two") :]
    return (
        f"{before}{found.group('one')}{after}".strip(),
        f"{before}{found.group('two')}{after}".strip(),
    )
