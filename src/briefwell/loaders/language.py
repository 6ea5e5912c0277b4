"""Names the language of a text."""

from __future__ import annotations

import math
import re

from briefwell.text import STOP_WORDS

_SAMPLE = 3_000
_FEWEST_LETTERS = 40
_LEAST_PROBABILITY = 0.9
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_SHARE = 0.25
_ENGLISH_VARIETY = 6


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of `text`'s language; None when it cannot be told.

    Only the first 3,000 characters are looked at.
    """
    sample = text[:_SAMPLE]
    if sum(char.isalpha() for char in sample) < _FEWEST_LETTERS:
        return None
    if _is_plainly_english(sample):
        return "en"
    # Imported on first use: its model takes most of a second to load, and brings numpy.
    import py3langid

    ranked = py3langid.rank(sample)
    code, best = ranked[0]
    probability = 1 / sum(math.exp(score - best) for _, score in ranked)
    return str(code) if probability >= _LEAST_PROBABILITY else None


def _is_plainly_english(sample: str) -> bool:
    """Recognise English by its function words: exact enough where they abound, and cheap."""
    found = [word.casefold() for word in _WORD.findall(sample)]
    common = [word for word in found if word in STOP_WORDS]
    return len(common) >= _ENGLISH_SHARE * len(found) and len(set(common)) >= _ENGLISH_VARIETY
