"""Makes documents from a seed: the same seed gives the same files everywhere."""

from __future__ import annotations

import random
from pathlib import Path

_SYLLABLES = (
    "ba be bo da de do fa fe ga go ha he ka ke la le li lo ma me mi mo na ne no pa pe po ra re "
    "ri ro sa se so ta te ti to va ve vo za zo"
).split()
_FUNCTION_WORDS = (
    "the of and to in a is that for on was with as by at from it are be this which or has were "
    "not but had have their its been they will an"
).split()
_FUNCTION_SHARE = 0.4
"""As in English prose, whose language is told by these words."""


def write_corpus(folder: Path, *, documents: int, characters: int = 3000, seed: int = 1) -> None:
    """Write Markdown files of about `characters` characters each into `folder`."""
    words = _vocabulary(random.Random(seed))
    for number in range(documents):
        path = folder / f"{number // 500:03d}" / f"report-{number:05d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = document_text(words, random.Random(seed * 1_000_003 + number), characters)
        path.write_text(text, encoding="utf-8")


def _vocabulary(chance: random.Random) -> list[str]:
    lengths = (1, 2, 2, 2, 3, 3, 4)
    made = {"".join(chance.choices(_SYLLABLES, k=chance.choice(lengths))) for _ in range(9000)}
    return sorted(made)


def document_text(words: list[str], chance: random.Random, characters: int) -> str:
    """Return one document: a title, sections, paragraphs of sentences."""
    subject = [chance.choice(words) for _ in range(30)]
    lines = [f"# {' '.join(subject[:3]).capitalize()}", ""]
    size = 0
    while size < characters:
        if chance.random() < 0.25:
            lines += [f"## {' '.join(chance.choices(subject, k=2)).capitalize()}", ""]
        sentences = [_sentence(words, subject, chance) for _ in range(chance.randint(3, 6))]
        lines += [" ".join(sentences), ""]
        size = sum(len(line) + 1 for line in lines)
    return "\n".join(lines)


def _word(words: list[str], subject: list[str], chance: random.Random) -> str:
    if chance.random() < _FUNCTION_SHARE:
        return chance.choice(_FUNCTION_WORDS)
    if chance.random() < 0.3:
        return chance.choice(subject)
    # Small numbers of the list are drawn more often, as in natural language.
    return words[int(len(words) * chance.random() ** 3)]


def _sentence(words: list[str], subject: list[str], chance: random.Random) -> str:
    drawn = [_word(words, subject, chance) for _ in range(chance.randint(7, 18))]
    if chance.random() < 0.2:
        drawn.append(str(chance.randint(1900, 2025)))
    return " ".join(drawn).capitalize() + "."
