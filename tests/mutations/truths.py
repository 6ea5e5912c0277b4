"""Light paraphrases that are still true: the ground the broken statements stand on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

MONTHS = """January February March April May June July August September October November
December""".split()
MONTH = "|".join(MONTHS)
WORDS = "two three four five six seven eight nine ten eleven twelve".split()


def paraphrases(text: str) -> Iterator[str]:
    """Yield light paraphrases that say the same."""
    yield from _date_moved(text)
    for pattern, put in _SAME:
        said = re.sub(pattern, put, text, count=1)
        if said != text:
            yield said
    yield from _tail_dropped(text)


def _date_moved(text: str) -> Iterator[str]:
    date = rf"(?:On|In) (?:(?:{MONTH}) )?(?:\d{{1,2}}, )?\d{{4}}"
    match = re.fullmatch(rf"({date}), ([a-z]\w* [^,;“\"]*)\.", text)
    if match:
        yield f"{capital(match[2])} {match[1][0].lower()}{match[1][1:]}."


def _tail_dropped(text: str) -> Iterator[str]:
    match = re.fullmatch(r"([^,;“\"(]{30,}), (?:which|who) ([^,;“\"]+)\.", text)
    if match and not re.search(r"\b(?:if|not|no|may|said|and|or|some|many)\b", text):
        yield f"{match[1]}."


_SAME: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (rf"\b({MONTH}) (\d{{1,2}}), (\d{{4}})\b", r"\2 \1 \3"),
    (r"\b[Tt]he United States\b(?! of| [A-Z]|[’'.])", "the U.S."),
    (r"\bU\.S\. ", "United States "),
    (r"\bbegan\b(?! to)", "started"),
    (r", however,(?= (?:was|were|is|are|had|has|have|did|would|could|never|also|[a-z]+ed)\b)", ""),
    (r", however,(?! (?:was|were|is|are|had|has|have|did|would|could|never|also|[a-z]+ed)\b)", ","),
    (r"(?<=; )however, ", ""),
    (r" percent\b", "%"),
    (r"\bpurchased\b", "bought"),
    (r"\bseveral\b", "several"),
    (rf"(?<!-)\b({'|'.join(WORDS)})\b(?= [a-z]+s\b)", lambda m: str(WORDS.index(m[1]) + 2)),
)


def capital(text: str) -> str:
    """Return the text with a capital at its head."""
    return text[:1].upper() + text[1:]
