"""Acronyms as the corpus itself explains them: "… High Level Economic Dialogue (HLED) …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefwell.storage.lexical import LexicalTerm
from briefwell.storage.reader import IndexReader
from briefwell.text import STOP_WORDS, stem, stems

MOST_LOOKED_AT = 40
"""Chunks with an acronym, or with a name, that are searched for its explanation."""

MOST_NAMES = 6
"""Acronyms and names of one question that are looked up."""

_ACRONYM = re.compile(r"\b(?=(?:[^\W_]*[A-Z]){2})[A-Z][A-Za-z0-9&-]{0,8}[A-Z0-9]\b")
_IN_BRACKETS = re.compile(r"[(\[]\s*[\"“]?([A-Z][A-Za-z0-9&.-]{0,9}[A-Z0-9])[\"”]?\s*[)\]]")
_BEFORE = re.compile(r"(?:[^\W_][\w.'’&-]*[ \t\n]+){2,12}\Z")
_BEFORE_CHARACTERS = 200
_EXPLAINING = re.compile(
    r"\b([A-Z][A-Za-z0-9&.-]{0,9}[A-Z0-9])[ \t\n]*[(\[](?:the[ \t\n]+)?"
    r"((?:[^\W_][\w.'’&-]*[ \t\n]*){2,12})[)\]]"
)


def alike(question: str, reader: IndexReader) -> set[str]:
    """Return the stems that say what the question says in another form.

    For an acronym of the question these are the stems of its long form; for a long form in
    the question it is the acronym. Nothing is known but what the indexed texts explain.
    """
    found: set[str] = set()
    asked = set(stems(question))
    for acronym in list(dict.fromkeys(_ACRONYM.findall(question)))[:MOST_NAMES]:
        for long in _long_forms(acronym, reader):
            found.update(word for word in long if word not in STOP_WORDS)
    for name in _names(question):
        for short, long in _explanations(_texts(LexicalTerm(stems=name), reader)):
            if set(long) <= asked:
                found.add(stem(short))
    return found - asked


def _long_forms(acronym: str, reader: IndexReader) -> set[tuple[str, ...]]:
    texts = _texts(LexicalTerm(stems=(stem(acronym),)), reader)
    return {long for short, long in _explanations(texts) if stem(short) == stem(acronym)}


def _names(question: str) -> list[tuple[str, ...]]:
    """Return the runs of two and more words, from capital to capital, as stems."""
    words = re.findall(r"[^\W_][\w'’-]*", question)
    runs: list[tuple[str, ...]] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word and word.lower() not in STOP_WORDS:
            run.append(word)
            continue
        capitals = [at for at, part in enumerate(run) if part[0].isupper()]
        name = run[capitals[0] : capitals[-1] + 1] if capitals else []
        if len(name) > 1:
            runs.append(tuple(stems(" ".join(name))))
        run = []
    return runs[:MOST_NAMES]


def _texts(term: LexicalTerm, reader: IndexReader) -> list[str]:
    ids = [found for found, _ in reader.lexical([term], k=MOST_LOOKED_AT)]
    return [chunk.text for chunk in reader.chunks(ids).values()]


def _explanations(texts: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each acronym that a text explains, with the stems of its long form."""
    for text in texts:
        yield from _explained_in(text)


@lru_cache(maxsize=4096)
def _explained_in(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs = []
    for match in _IN_BRACKETS.finditer(text):
        start = max(0, match.start() - _BEFORE_CHARACTERS)
        before = _BEFORE.search(text[start : match.start()])
        if before:
            pairs.append((match.group(1), _long_form(before.group().split(), match.group(1))))
    for match in _EXPLAINING.finditer(text):
        pairs.append((match.group(1), _long_form(match.group(2).split(), match.group(1))))
    return tuple((short, long) for short, long in pairs if long)


def _long_form(words: list[str], acronym: str) -> tuple[str, ...]:
    """Return the last words whose initials spell the acronym, small words passed over.

    Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in
    biomedical text, 2003, narrowed to initials.
    """
    letters = [char.lower() for char in acronym if char.isalnum()]
    at = len(words)
    while letters and at:
        at -= 1
        parts = [part for part in re.split(r"[-–]", words[at]) if part]
        initials = [part[0].lower() for part in parts]
        if initials == letters[-len(initials) :]:
            del letters[-len(initials) :]
        elif initials[:1] == letters[-1:]:
            letters.pop()
        elif words[at].lower() not in STOP_WORDS:
            return ()
    if letters:
        return ()
    return tuple(word for part in words[at:] for word in stems(part))
