"""What a case is, and the sentence that it is made of."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from truths import capital

from briefwell.structure import Sentence
from briefwell.types import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A statement, what it cites, and what was broken in it.

    Attributes:
        kind: What was broken; `exact` and `paraphrase` are true.
        text: The statement.
        cited: Documents and sentences cited.
        change: What was done, for the reader of a failure.
    """

    kind: str
    text: str
    cited: tuple[tuple[Document, Sentence], ...]
    change: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """A sentence of a document: as it stands, and as it or a true paraphrase is broken."""

    document: Document
    sentence: Sentence
    text: str
    original: str

    def lot(self, kind: str) -> random.Random:
        """Return the lot that is drawn for this sentence: no other case changes with it."""
        return random.Random(f"{kind} {self.original}")

    def case(self, kind: str, text: str, change: str) -> Case:
        """Return a case that cites this sentence."""
        return Case(kind=kind, text=text, cited=((self.document, self.sentence),), change=change)


def put(text: str, match: re.Match[str], other: str) -> str:
    """Return the text with other words for those matched; `a` and `an` follow them."""
    if match[0][:1].isupper():
        other = capital(other)
    before = text[: match.start()]
    if not match[0][:1].isspace():
        article = "an" if re.match(r"[aeioAEIO](?!ne\b)|un", other) else "a"
        before = re.sub(r"\b([Aa])n? $", lambda m: f"{m[1]}{article[1:]} ", before)
    return f"{before}{other}{text[match.end() :]}"
