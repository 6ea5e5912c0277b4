"""Questions that the sentences of a document answer, made from them by fixed rules.

Each rule reads one shape of English sentence and turns it into what one would have to ask to
get it: "The treaty was signed in 1848" becomes "When was the treaty signed?". A sentence of
another shape gives no question. Whether the assistant finds the answer is for others to try.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefwell.structure import sentences
from briefwell.types import BlockKind, Document, Span

MOST_SENTENCES = 400
"""Sentences of one document that are read; long documents have enough in their first ones."""

LONGEST = 100
"""Code points of a question that can be taken in at a glance."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = rf"(?:(?:{_MONTHS})\b|\b1\d{{3}}\b|\b20\d{{2}}\b)"
_CAP = r"[A-ZÀ-Þ][\w’'-]*"
_NAME = rf"{_CAP}(?: (?:(?:of|and|the|de|del|for|von) )*{_CAP})+"
_THING = rf"(?:[Tt]he )(?:{_NAME}|{_CAP}|[a-z][\w-]*(?: (?:of|the|in|and|for|[\w’'-]+)){{0,6}}?)"
_PAST = (
    r"(?:[a-z]{2,}ed|led|sold|took|won|wrote|built|began|broke|made|bought|became|sent|held|"
    r"found|came|went)"
)
_DONE = r"(?:[a-z]{2,}ed|built|begun|broken|made|bought|held|sold|sent|sunk|won|written|given)"
_COUNT = "two|three|four|five|six|seven|eight|nine|ten|twelve"
_ABOUT = r"(?:Some|About|Around|Nearly|Almost|Roughly|Over|More than|Up to|An estimated) "
_NO_PERSON = frozenset("The A An In On At But And Both After Before During".split())
_EVENTS = {
    "entered into force": "enter into force",
    "came into force": "come into force",
    "took effect": "take effect",
    "took office": "take office",
    "began": "begin",
    "ended": "end",
    "opened": "open",
    "broke out": "break out",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A question, and the place that answers it.

    Attributes:
        question: As it may be asked.
        kind: Which rule made it, so that offers can be mixed.
        span: The sentence it was made from.
    """

    question: str
    kind: str
    span: Span


def offers(document: Document, *, within: Span | None = None) -> list[Offer]:
    """Return the questions that a document answers, in the order of its sentences.

    Args:
        document: The document.
        within: Only sentences inside this span are read.
    """
    made: dict[str, Offer] = {}
    for span, text in _lines(document, within):
        for kind, rule in _RULES:
            question = rule(text)
            if question and len(question) <= LONGEST and is_whole(question):
                made.setdefault(question, Offer(question=question, kind=kind, span=span))
                break
    return list(made.values())


def _lines(document: Document, within: Span | None) -> Iterator[tuple[Span, str]]:
    """Yield headings with the section below them, then sentences, as plain words."""
    for section, heading in sections(document):
        if within is None or within.is_overlapping(section):
            yield section, heading
    for sentence in sentences(document)[:MOST_SENTENCES]:
        if within is None or within.is_containing(sentence.span):
            yield sentence.span, plain(sentence.span.cut(document.text)).rstrip(".")


def sections(document: Document) -> Iterator[tuple[Span, str]]:
    """Yield each heading as plain words, with the part of the document that it heads."""
    heads = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    for at, head in enumerate(heads):
        after = (other.span.start for other in heads[at + 1 :] if other.level <= head.level)
        section = Span(start=head.span.start, end=next(after, len(document.text)))
        yield section, plain(head.span.cut(document.text))


def plain(text: str) -> str:
    """Return text on one line, without the marks of Markdown around it."""
    return " ".join(text.replace("**", "").strip("#*_ \t\n").split())


def is_whole(question: str) -> bool:
    """Tell whether a question stands alone: nothing in it points to what was said before."""
    pointing = re.compile(
        r"\b(?:it|its|they|them|their|this|that|these|those|he|she|his|her|documents?|"
        r"briefs?|sample|note)\b",
        re.IGNORECASE,
    )
    return not pointing.search(question) and question.count("“") == question.count("”")


def _inside(words: str) -> str:
    """Return the words of a sentence's beginning as they stand inside a sentence."""
    return re.sub(r"^The\b", "the", words)


def _when(text: str) -> str:
    found = re.match(rf"({_THING}|{_NAME}) (was|were) ({_DONE})\b(.*)$", text)
    if found and re.search(_DATE, found[4]):
        return f"When {found[2]} {_inside(found[1])} {found[3]}?"
    found = re.match(rf"({_THING}|{_NAME}) ({'|'.join(_EVENTS)}) (?:in|on) {_DATE}", text)
    if found:
        return f"When did {_inside(found[1])} {_EVENTS[found[2]]}?"
    found = re.search(rf"\b([Tt]he {_NAME}), ({_DONE}) (?:in|on) {_DATE}", text)
    return f"When was {_inside(found[1])} {found[2]}?" if found else ""


def _dated(text: str) -> str:
    """Read an entry of a chronology: a date, a full stop, and what happens then."""
    found = re.match(rf"(?:[A-Z][a-z]+ )?(?:\d+, )?\d{{4}}\. ({_THING}|{_NAME}|{_CAP}) (.+)$", text)
    if not found:
        return ""
    subject, rest = _inside(found[1]), found[2]
    many = "are" if re.fullmatch("[A-Z][a-z]+s", subject) else "is"
    if done := re.match(rf"({many}) ({_DONE})\b", rest):
        was, subject = ("was", subject) if done[1] == "is" else ("were", subject.lower())
        return f"When {was} {subject} {done[2]}?"
    if does := re.match(r"([a-z]{3,}s) ((?:the |an? |[A-Z])[^,;:.]+)$", rest):
        return f"When did {subject} {_base(does[1])} {does[2]}?"
    return ""


def _base(verb: str) -> str:
    """Return the plain form of a verb in the third person: `signs`, `announces`, `carries`."""
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if re.search(r"(?:ss|sh|ch|x)es$", verb) else verb[:-1]


def _who(text: str) -> str:
    role = r"(?:the |an? )?(?:[\w-]+ ){0,3}(?:[Pp]resident|[Mm]inister|[Ss]ecretary|[Aa]mbassador)"
    if found := re.match(rf"({_NAME}), (?:known as \w+, )?{role}\b", text):
        return f"Who is {found[1]}?"
    found = re.match(rf"({_NAME}) ({_PAST} (?:the|a|an) [^,;:(]+)", text)
    if not found or found[1].split()[0] in _NO_PERSON or not re.search(_CAP, found[2]):
        return ""
    return f"Who {_without_date(found[2])}?"


def _without_date(words: str) -> str:
    return re.sub(rf" (?:in|on|by|from|since)(?: [a-z]+)? {_DATE}.*$", "", words).strip()


def _by_whom(text: str) -> str:
    found = re.match(rf"({_THING}) (was|were) ({_DONE}) by {_NAME}", text)
    return f"Who {found[3]} {_inside(found[1])}?" if found else ""


def _replaced(text: str) -> str:
    found = re.search(
        rf"\b(?:replaced|replaces|took the place of|superseded) ((?:the )?(?:{_NAME}|[A-Z]{{3,}}))",
        text,
    )
    return f"What replaced {found[1]}?" if found else ""


def _how_many(text: str) -> str:
    amount = rf"(?:{_ABOUT})?\d[\d,.]*(?: (?:thousand|million|billion))?"
    if found := re.match(rf"{amount} ((?:[a-z]+ )?[a-z]{{2,}}s\b[^;:]*)$", text):
        asked = re.sub(r",[^,]*\b(?:million|billion|several|many)\b[^,]*,", "", found[1])
        return "" if "," in asked else f"How many {asked}?"
    return ""


def _how_many_in_row(text: str) -> str:
    """Read a row of a table: what is counted, then its number."""
    found = re.match(
        r"([^|—;]*?[a-z]{2,}s) ([^|;]+?) \| (?:[a-z]+ )?\d[\d,.]*(?: [mb]illion)? \|", text
    )
    if not found:
        return ""
    # A single word is a common noun whose capital the row gave it.
    counted, rest = found[1] if " " in found[1] else found[1].lower(), found[2]
    if told := re.match(rf"(?:who|that|which) ({_PAST} .+)$", rest):
        return f"How many {counted} {told[1]}?"
    return f"How many {counted} are {rest}?" if re.match(rf"{_DONE} (?:by|for|under)", rest) else ""


def _how_much(text: str) -> str:
    found = re.search(rf"\b([Tt]he {_NAME}) paid [^ ]+ (?:million|billion)[^,]* for (.+)$", text)
    return f"How much did {_inside(found[1])} pay for {found[2]}?" if found else ""


def _what_are(text: str) -> str:
    found = re.match(rf"(The {_NAME}) and its ({_COUNT}) ([a-z]+s)$", text) or re.match(
        rf"((?:The )?{_NAME}) (?:has|have|rests on|consists of|comprises) ({_COUNT}) "
        r"((?:[a-z]+ )?[a-z]+s)\b",
        text,
    )
    return f"What are the {found[2]} {found[3]} of {_inside(found[1])}?" if found else ""


def _what_is(text: str) -> str:
    found = re.match(rf"(The {_NAME})(?: \([A-Z]\w+\))? (is|was) (?:the|a|an|one) ", text)
    return f"What {found[2]} {_inside(found[1])}?" if found else ""


def _why(text: str) -> str:
    found = re.match(rf"Why ((?:the|a|an) .+?|{_NAME}|{_CAP}) (is|are|was|were) (.+)$", text)
    if found:
        return f"Why {found[2]} {found[1]} {found[3]}?".replace("??", "?")
    found = re.match(rf"Why ((?:the|a|an) .+?|{_NAME}|{_CAP}) matters$", text)
    return f"Why does {found[1]} matter?" if found else ""


def _which(text: str) -> str:
    found = re.match(
        rf"({_COUNT}) ([a-z]+(?: of [a-z]+)?) ((?:come|stand|matter|remain|count|belong)[^,;:.]*)"
        r"(?:: |$)",
        text[:1].lower() + text[1:],
    )
    return f"Which {found[1]} {found[2]} {found[3]}?" if found else ""


def _ranked(text: str) -> str:
    ranks = "first|second|third|fourth|largest|greatest|most|main|only|leading(?: [a-z]+)?"
    found = re.match(rf"[A-Z][\w’' -]+ (is|was) (the (?:{ranks}) \w+ (?:of|in|for) [^,;:]+)", text)
    return f"What {found[1]} {re.sub(r' in its .*$', '', found[2])}?" if found else ""


def _heading_how(text: str) -> str:
    found = re.match(r"How (the [\w’' -]+?) (is|are|was|were) ([\w’' -]+)$", text)
    return f"How {found[2]} {found[1]} {found[3]}?" if found else ""


def _heading_what(text: str) -> str:
    found = re.match(r"What (the [\w’'-]+(?: [\w’'-]+)?) ([a-z]+s)$", text)
    return f"What does {found[1]} {_base(found[2])}?" if found else ""


_RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("what are", _what_are),
    ("why", _why),
    ("how many", _how_many),
    ("how much", _how_much),
    ("replaced", _replaced),
    ("which", _which),
    ("which", _ranked),
    ("by whom", _by_whom),
    ("what is", _what_is),
    ("how", _heading_how),
    ("what", _heading_what),
    ("when", _when),
    ("when", _dated),
    ("who", _who),
    ("row", _how_many_in_row),
)
KINDS = tuple(dict.fromkeys(kind for kind, _ in _RULES))
"""The kinds of offers, the most telling first."""
