"""Acronyms as the corpus itself explains them: "… High Level Economic Dialogue (HLED) …"."""

from __future__ import annotations

import re

from briefwell.storage.links import Links
from briefwell.text import STOP_WORDS, stem, stems
from briefwell.text.naming import LONGEST

MOST_NAMES = 6
"""Acronyms of one question that are looked up."""

MOST_WORDS = 200
"""A question may be a pasted page; long forms are looked for among so many words."""

_ACRONYM = re.compile(r"\b(?=(?:[^\W_]*[A-Z]){2})[A-Z][A-Za-z0-9&-]{0,8}[A-Z0-9]\b")


def alike(question: str, links: Links) -> set[str]:
    """Return the stems that say what the question says in another form.

    For an acronym of the question these are the stems of its long forms; for a long form in
    the question it is the acronym. Nothing is known but what the indexed texts explain.
    """
    found: set[str] = set()
    asked = stems(question)
    for acronym in list(dict.fromkeys(_ACRONYM.findall(question)))[:MOST_NAMES]:
        for long in links.long_forms(stem(acronym)):
            found.update(word for word in long if word not in STOP_WORDS)
    found.update(links.short_forms(runs(asked[:MOST_WORDS])))
    return found - set(asked)


def runs(stems: list[str]) -> set[tuple[str, ...]]:
    """Return every run of two and more neighbours, as long as a name may be."""
    return {
        tuple(stems[start:end])
        for start in range(len(stems))
        for end in range(start + 2, min(len(stems), start + LONGEST) + 1)
    }
