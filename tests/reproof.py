"""Proves an answer a second time, by other means than the package: slices, words, figures, names.

Coarser than the package's own proof, and sharing no code with it: what is wrong here is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from briefwell.types import Answer, Citation, Statement, Verdict

SURROUNDINGS = 600
"""Code points around a citation in which its own sentence and its neighbours stand."""

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+")
_QUOTED = re.compile(r"“([^”]*)”")
_NAME = re.compile(r"(?<!^)(?<![.!?:“\"] )\b[A-ZÀ-Þ]\w+")


def find_unproven(answer: Answer, text_of: Callable[[str], str]) -> list[str]:
    """Return what is wrong with the shown statements; empty for a proven answer.

    Args:
        answer: The answer to prove.
        text_of: Gives the canonical text of a source.
    """
    wrong = []
    for statement in answer.statements:
        wrong += [f"{reason}: {statement.text}" for reason in _faults(statement, text_of)]
        if statement.text not in answer.text:
            wrong.append(f"not in the answer's text: {statement.text}")
    wrong += [f"framing by a model: {line}" for line in _framing(answer) if answer.model]
    told = " ".join(_near(item, text_of, whole=True) for item in answer.citations)
    for line in _framing(answer):
        wrong += [f"not in a source: {part}" for part in _QUOTED.findall(line) if part not in told]
        wrong += [f"figure of our own: {line}" for _ in _FIGURE.findall(_QUOTED.sub("", line))]
    shown = {statement.text for statement in answer.statements}
    wrong += [f"rejected and shown: {item.text}" for item in answer.rejected if item.text in shown]
    return wrong


def _framing(answer: Answer) -> list[str]:
    return [item.text for item in answer.statements if item.verdict is Verdict.FRAMING]


def _faults(statement: Statement, text_of: Callable[[str], str]) -> Iterator[str]:
    if statement.verdict is Verdict.FRAMING:
        return
    if statement.verdict not in (Verdict.QUOTED, Verdict.SUPPORTED):
        yield f"the verdict is {statement.verdict}"
    if not statement.citations:
        yield "there is no citation"
        return
    for citation in statement.citations:
        if text_of(citation.source)[citation.span.start : citation.span.end] != citation.quote:
            yield "the quote is not the document's slice"
    near = " ".join(_near(citation, text_of) for citation in statement.citations)
    if statement.verdict is Verdict.QUOTED and _flat(statement.text) not in _flat(near):
        yield "the words do not stand there"
    if missing := set(_FIGURE.findall(statement.text)) - set(_FIGURE.findall(near)):
        yield f"the figures {sorted(missing)} do not stand there"
    words = set(_WORD.findall(near.casefold()))
    names = {name.casefold() for name in _NAME.findall(statement.text)}
    if missing := {name for name in names if name.removesuffix("s") not in words} - words:
        yield f"the names {sorted(missing)} do not stand there"


def _near(citation: Citation, text_of: Callable[[str], str], *, whole: bool = False) -> str:
    text = text_of(citation.source)
    if whole:
        return " ".join((citation.title, *citation.heading_path, text))
    start = max(0, citation.span.start - SURROUNDINGS)
    around = text[start : citation.span.end + SURROUNDINGS]
    return " ".join((citation.title, *citation.heading_path, around))


def _flat(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
