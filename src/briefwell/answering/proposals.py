"""What a chat model writes, read as it comes: proposals, never trusted.

The form asked for is one JSON object on each line. Models also wrap the objects in an array or a
code fence, break them over lines, or write plain sentences; all of these can be read without
guessing, and whatever is read still has to be proven.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefwell.text import sentence_spans
from briefwell.types import Passage, Proposal, ProposedQuote

LONGEST_STATEMENT = 2_000
"""Code points; what goes on for longer without an end is not read as a statement."""

NOT_READABLE = "The model did not write this in a form that can be checked."
CUT_OFF = "The model broke off in the middle of this."


class _Quote(BaseModel):
    model_config = ConfigDict(extra="ignore")
    passage: int
    quote: str = Field(min_length=1, max_length=4_000)


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")
    statement: str = Field(min_length=1, max_length=LONGEST_STATEMENT)
    quotes: list[_Quote] = Field(default_factory=list, max_length=8)


class _Lines(BaseModel):
    model_config = ConfigDict(extra="ignore")
    statements: list[_Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One thing a model wrote.

    Attributes:
        text: The statement's words, on one line; of what cannot be read, the beginning.
        proposal: What it claims; None when it cannot be read.
        reason: Why it cannot be read, or which of its quotes name no passage; else empty.
    """

    text: str
    proposal: Proposal | None = None
    reason: str = ""


_FILLING = re.compile(r"(?:[\s,\]]|\[(?=[\s\[\]{])|```\w*\n)+")
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_PLAIN_MARK = re.compile(r"^(?:[-*+•·–]\s+|\(?\d{1,3}[.)]\s+|#{1,6}\s+|>\s+|\[\d{1,3}\]\s*)+")
_MARKERS = re.compile(r"\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\](?=[\s.,;:!?]|$)")
_LETTER = re.compile(r"[^\W\d_]")
_ENDS = re.compile(r"[}\n.!?…。！？]")
_NEXT_OBJECT = re.compile(r"\n(?=\{)")


_LOOK_BACK = 20
"""Code points before a new piece in which an end may stand that the piece makes certain."""


class ProposalReader:
    """Reads a model's output piece by piece.

    Args:
        passages: As they were numbered in the prompt, from 1.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._pending = ""

    def feed(self, text: str) -> Iterator[Written]:
        """Yield what is complete after `text` has come."""
        self._pending += text
        if not _ENDS.search(self._pending, max(0, len(self._pending) - len(text) - _LOOK_BACK)):
            return
        while (taken := self._take()) is not None:
            yield from taken

    def close(self, *, is_cut: bool = False) -> Iterator[Written]:
        """Yield what is left at the end; as unreadable when the model `is_cut` off there."""
        rest = self._skip(f"{self._pending}\n")
        self._pending = ""
        if not rest:
            return
        if is_cut or rest.startswith(("{", "<think>")):
            yield Written(text=_beginning(rest), reason=CUT_OFF if is_cut else NOT_READABLE)
        else:
            yield from _plain(rest)

    def _skip(self, text: str) -> str:
        """Leave out what stands between proposals: blanks, brackets, fences, thoughts."""
        before = None
        while before != text:
            before = text
            text = _THOUGHT.sub("", text, count=1) if text.startswith("<think>") else text
            text = text[found.end() :] if (found := _FILLING.match(text)) else text
        return text

    def _take(self) -> list[Written] | None:
        """Take the first complete thing off the pending text; None when nothing is complete."""
        text = self._pending = self._skip(self._pending)
        if not text or text.startswith(("```", "<think>")) or "<think>".startswith(text):
            return None
        if text.startswith("{"):
            return self._take_object(text)
        line, newline, rest = text.partition("\n")
        if newline:
            self._pending = rest
            return list(_plain(line))
        spans = sentence_spans(text)
        if len(spans) < 2 and len(text) > LONGEST_STATEMENT:
            self._pending = ""
            return [Written(text=_beginning(text), reason=NOT_READABLE)]
        if len(spans) < 2:
            return None
        self._pending = text[spans[-1].start :]
        return list(_plain(text[: spans[-2].end]))

    def _take_object(self, text: str) -> list[Written] | None:
        try:
            value, end = json.JSONDecoder().raw_decode(text)
        except ValueError:
            broken = _NEXT_OBJECT.search(text)
            if broken is None:
                return None
            self._pending = text[broken.end() :]
            return [Written(text=_beginning(text[: broken.start()]), reason=NOT_READABLE)]
        self._pending = text[end:]
        return list(self._read(value, text[:end]))

    def _read(self, value: object, raw: str) -> Iterator[Written]:
        is_wrapped = isinstance(value, dict) and "statements" in value
        try:
            lines = _Lines.model_validate(value if is_wrapped else {"statements": [value]})
        except ValidationError:
            yield Written(text=_beginning(raw), reason=NOT_READABLE)
            return
        for line in lines.statements:
            yield self._proposed(line)

    def _proposed(self, line: _Line) -> Written:
        known = [item for item in line.quotes if 1 <= item.passage <= len(self._passages)]
        unknown = [str(item.passage) for item in line.quotes if item not in known]
        quotes = tuple(
            ProposedQuote(
                quote=item.quote,
                source=self._passages[item.passage - 1].source,
                near=self._passages[item.passage - 1].span,
            )
            for item in known
        )
        text = _bare(line.statement)
        reason = f"It names passage {', '.join(unknown)}, which does not exist." if unknown else ""
        return Written(text=text, proposal=Proposal(text=text, quotes=quotes), reason=reason)


def _plain(text: str) -> Iterator[Written]:
    """Take plain sentences as statements without quotes."""
    line = _PLAIN_MARK.sub("", text.strip())
    for span in sentence_spans(line):
        sentence = _bare(span.cut(line))
        if _LETTER.search(sentence):
            yield Written(text=sentence, proposal=Proposal(text=sentence))


def _bare(text: str) -> str:
    """Return a statement on one line, without marks of emphasis and markers of its own."""
    return " ".join(_MARKERS.sub("", text.replace("**", "")).split())


def _beginning(text: str, most: int = 200) -> str:
    return " ".join(text[:most].split())
