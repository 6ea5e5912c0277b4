"""Every item of the list a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefwell.answering.candidates import Candidate, is_item
from briefwell.answering.evidence import Evidence
from briefwell.answering.matching import stems_of
from briefwell.answering.questions import Question
from briefwell.structure import sentences
from briefwell.text import words
from briefwell.types import BlockKind

_ENUMERATED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|another|"
    r"other|also|additional(?:ly)?|next|(?:\d+|[ivx]+)[.)])\b",
    re.IGNORECASE,
)

_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}|[ivx]+)\b", re.I
)


def list_items(evidence: Evidence) -> list[Candidate]:
    """Find every item of the list a question asks for; empty when no list is found."""
    question = evidence.question
    if headed := _headed_items(evidence):
        return headed
    for lead in evidence.candidates[:6]:
        around = [item for item in evidence.candidates if item.document.id == lead.document.id]
        around.sort(key=lambda item: item.index)
        for way in (_marked_items, _counted_items):
            items = way(question, lead, around)
            if len(items) >= 2 and (question.count is None or len(items) >= question.count):
                return items
    return []


def _marked_items(
    question: Question, lead: Candidate, around: Sequence[Candidate]
) -> list[Candidate]:
    """Take the list items or table rows that follow the lead, or that it is one of."""
    blocks = lead.document.blocks
    start = lead.block
    if not is_item(lead):
        start += 1
        while start < len(blocks) and blocks[start].kind is BlockKind.FURNITURE:
            start += 1
        if not lead.text.rstrip().endswith(":") and question.counted not in stems_of(lead.text):
            return []
    first = start
    while first > 0 and is_item(lead) and blocks[first - 1].kind is blocks[start].kind:
        first -= 1
    last = start
    listed = (BlockKind.LIST_ITEM, BlockKind.TABLE)
    while last < len(blocks) and blocks[last].kind in listed:
        last += 1
    items = [item for item in around if first <= item.block < last]
    if not items:
        return []
    if items[0].kind is BlockKind.TABLE:
        rows = _rows(items)
        return rows if any(row.key == lead.key for row in rows) else []
    heading = set(stems_of(" ".join(lead.heading_path)))
    if is_item(lead) and question.counted and question.counted not in heading:
        intro = [item for item in around if item.block == first - 1]
        if not intro or question.counted not in stems_of(intro[-1].text):
            return []
        return [intro[-1], *items] if not intro[-1].text.rstrip().endswith(":") else items
    return items if is_item(lead) else [lead, *items]


def _counted_items(
    question: Question, lead: Candidate, around: Sequence[Candidate]
) -> list[Candidate]:
    """Take the sentences that name the counted noun with an ordinal, near the lead."""
    if not question.counted:
        return []
    found = []
    for item in around:
        if abs(item.index - lead.index) > 12 or item.heading_path != lead.heading_path:
            continue
        if _names_item(item.text, question.counted):
            found.append(item)
    if question.count is not None and len(found) < question.count:
        return []
    return found


def _names_item(text: str, counted: str) -> bool:
    line = words(text)
    for place, word in enumerate(line):
        if word.stem != counted:
            continue
        before = " ".join(item.text for item in line[max(0, place - 3) : place])
        if _ENUMERATED.search(before):
            return True
    return False


def _rows(items: Sequence[Candidate]) -> list[Candidate]:
    """Keep the rows of a table that meet the question best."""
    most = max(len(item.found) for item in items)
    return [item for item in items if len(item.found) == most]


def _headed_items(evidence: Evidence) -> list[Candidate]:
    """Take the first sentence under each heading that names and numbers the counted noun."""
    question = evidence.question
    if not question.counted:
        return []
    for lead in evidence.candidates[:6]:
        firsts: dict[str, int] = {}
        for index, item in enumerate(sentences(lead.document)):
            heading = item.heading_path[-1] if item.heading_path else ""
            if _ORDINAL.search(heading) and question.counted in stems_of(heading):
                firsts.setdefault(heading, index)
        wanted = question.count or 2
        if len(firsts) >= wanted:
            return [
                replace(evidence.scorer.at(lead.document, index, lead.passage), is_headed=True)
                for index in firsts.values()
            ]
    return []
