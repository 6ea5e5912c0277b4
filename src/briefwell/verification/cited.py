"""What stands at a citation: whole sentences, with the words around them and short names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefwell.structure import PerDocument, heading_path_at, sentences
from briefwell.types import Citation, Document, Span
from briefwell.verification.evidence import Evidence
from briefwell.verification.tokens import Aliases, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One cited sentence, list item or table row.

    Attributes:
        span: Where it stands.
        evidence: The sentence as evidence, alone.
        before: The sentence that goes before it in the same section; empty if none does.
    """

    span: Span
    evidence: Evidence
    before: str = ""

    @property
    def text(self) -> str:
        """The sentence as the source writes it."""
        return self.evidence.sentences[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation with the sentences it touches; none when it stands in a heading."""

    citation: Citation
    document: Document
    units: tuple[Unit, ...]

    @property
    def span(self) -> Span:
        """From the start of the first sentence to the end of the last."""
        return Span(start=self.units[0].span.start, end=self.units[-1].span.end)


def look_up(citation: Citation, document: Document) -> Cited:
    """Return the sentences a citation touches."""
    known = sentences(document)
    touched = [i for i, one in enumerate(known) if one.span.is_overlapping(citation.span)]
    return Cited(
        citation=citation,
        document=document,
        units=tuple(_unit(document, index) for index in touched),
    )


def _unit(document: Document, index: int) -> Unit:
    known = sentences(document)
    one = known[index]
    near = [
        known[at].span.cut(document.text)
        for at in (index - 1, index + 1)
        if 0 <= at < len(known) and known[at].heading_path == one.heading_path
    ]
    is_led = index > 0 and known[index - 1].heading_path == one.heading_path
    headings = heading_path_at(document, one.span.start)
    return Unit(
        span=one.span,
        evidence=Evidence(
            sentences=(one.span.cut(document.text),),
            context="\n".join((document.title, *headings, *near)),
            date=document.metadata.date,
            aliases=aliases(document),
        ),
        before=known[index - 1].span.cut(document.text) if is_led else "",
    )


_SHORT = re.compile(r"\(\s?[\"“]?([A-Z][A-Za-z.]{1,9})[\"”]?\s?\)")
_LONG = re.compile(r"(?:[A-Z][\w'’.-]*\s+(?:(?:of|and|the|for|on|de|in)\s+)*){1,8}$")


@PerDocument
def aliases(document: Document) -> Aliases:
    """Return the long names for which the document gives a short form in brackets."""
    found: dict[tuple[str, ...], str] = {}
    for match in _SHORT.finditer(document.text):
        before = _LONG.search(document.text, max(0, match.start() - 90), match.start())
        if before is None:
            continue
        keys = [token.key for token in tokens(before[0]) if not token.is_mark]
        short = match[1].replace(".", "").lower()
        name = _abbreviated(keys, short)
        if name:
            found[name] = short
    return tuple(sorted(found.items()))


def _abbreviated(keys: list[str], short: str) -> tuple[str, ...]:
    """Return the end of `keys` whose initials are `short`, small words counted or not."""
    for start in range(len(keys) - 1, -1, -1):
        name = keys[start:]
        initials = "".join(key[0] for key in name)
        main = "".join(k[0] for k in name if k not in ("of", "and", "the", "for", "on", "de", "in"))
        if len(name) > 1 and short in (initials, main):
            return tuple(name)
    return ()
