"""Which sentences make the answer, and in which order: a way for each kind of question."""

from __future__ import annotations

import re

from briefwell.answering.candidates import Candidate, is_item, is_leaning
from briefwell.answering.differing import find_differing
from briefwell.answering.evidence import Evidence
from briefwell.answering.listing import list_items
from briefwell.answering.matching import stems_of
from briefwell.answering.questions import Kind
from briefwell.text import stem, words

_SHARE = {
    Kind.NUMBER: 0.86,
    Kind.WHEN: 0.86,
    Kind.WHO: 0.84,
    Kind.WHERE: 0.84,
    Kind.YES_NO: 0.84,
    Kind.COMPARE: 0.7,
    Kind.LIST: 0.8,
}
"""A further sentence must reach this share of the best one's score, by kind."""

_OTHERWISE = 0.74
_ELSEWHERE = 0.92
"""What a sentence of another document than the best one's must reach instead."""

_MOST = {Kind.NUMBER: 3, Kind.WHEN: 3, Kind.WHO: 3, Kind.WHERE: 3, Kind.YES_NO: 3}
_ANNOUNCES = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|some|a number of|various|"
    r"the following|\d{1,2})\s+(?:[\w’'-]+\s+){0,3}?[a-z]+s\b",
    re.IGNORECASE,
)
_LISTS = re.compile(r"^(?:these|those|they|such)\b[^.]{0,40}?\b(?:include|are|were|comprise)", re.I)
_LONGEST_LIST = 40


def select(evidence: Evidence, *, most: int) -> list[Candidate]:
    """Choose the sentences of an answer, the most direct first.

    Args:
        evidence: Candidates, best first; at least one.
        most: Most sentences of an answer that is not a list.
    """
    question = evidence.question
    asked_for = [item for item in evidence.candidates if item.is_asked_for]
    if asked_for:
        asked_for.sort(key=lambda item: item.index)
        is_on_author = question.kind is Kind.AUTHOR
        return asked_for[:most] if is_on_author else _whole_part(asked_for, most=most)
    if question.kind is Kind.LIST and (items := list_items(evidence)):
        return items
    if question.kind is Kind.COMPARE and question.sides and (sides := _sides(evidence, most)):
        return sides
    chosen = _ordinary(evidence, most=min(most, _MOST.get(question.kind, most)))
    return _with_announced(chosen, evidence)


def _whole_part(part: list[Candidate], *, most: int) -> list[Candidate]:
    """Take a part from its beginning, and all of its list where it has one."""
    items = [place for place, item in enumerate(part) if is_item(item)]
    return part[: max(most, items[-1] + 1 if items else 0)]


def _with_announced(chosen: list[Candidate], evidence: Evidence) -> list[Candidate]:
    """Put behind a sentence that announces something what it announces."""
    out: list[Candidate] = []
    for item in chosen:
        for further in (item, *_announced(item, evidence)):
            if all(further.key != other.key for other in out):
                out.append(further)
    return out


def _announced(item: Candidate, evidence: Evidence) -> list[Candidate]:
    if item.text.rstrip().endswith(":"):
        found: list[Candidate] = []
        while len(found) < _LONGEST_LIST:
            further = evidence.find_beside(item, len(found) + 1)
            if further is None or not is_item(further):
                break
            found.append(further)
        return found
    further = evidence.find_beside(item, 1)
    if further is None or further.block != item.block or not is_leaning(further.text):
        return []
    if evidence.question.kind in (Kind.LIST, Kind.WHY, Kind.HOW) and _ANNOUNCES.search(item.text):
        return [further]
    return [further] if _LISTS.match(further.text) else []


def _ordinary(evidence: Evidence, *, most: int) -> list[Candidate]:
    ranked = evidence.candidates
    lead = ranked[0]
    bar = lead.score * _SHARE.get(evidence.question.kind, _OTHERWISE)
    chosen = [lead]
    for item in ranked[1:]:
        if len(chosen) >= most or item.score < bar:
            break
        if item.document.id != lead.document.id and item.score < lead.score * _ELSEWHERE:
            continue
        if not any(is_repeat(item, other) for other in chosen):
            chosen.append(item)
    rest = sorted(chosen[1:], key=lambda item: _reading_order(item, lead))
    first = _first(evidence)
    rest = [item for item in rest if item not in first]
    return _with_antecedents([*first, *rest], evidence, most=max(most, len(first)) + 1)


def _first(evidence: Evidence) -> list[Candidate]:
    """Return the best sentence, and beside it one that disagrees with it; the newer one first."""
    lead, other = evidence.candidates[0], find_differing(evidence)
    if other is None:
        return [lead]
    is_newer = (other.document.metadata.date or "") > (lead.document.metadata.date or "")
    return [other, lead] if is_newer else [lead, other]


def _reading_order(item: Candidate, lead: Candidate) -> tuple[int, int, int]:
    same = item.document.id == lead.document.id
    return (0 if same else 1, 0 if same else item.passage.rank, item.index)


def is_repeat(one: Candidate, other: Candidate) -> bool:
    """Tell whether two sentences say the same in much the same words."""
    if one.key == other.key:
        return True
    left, right = stems_of(one.text), stems_of(other.text)
    if not left or not right:
        return False
    return len(left & right) / min(len(left), len(right)) >= 0.8


_PRONOUN = re.compile(r"\b(?:he|she)\b")


def _is_needed(before: Candidate, item: Candidate, kind: Kind) -> bool:
    """Tell whether a sentence is hard to understand without the one before it."""
    if before.block != item.block:
        return False
    if kind is Kind.WHO and _PRONOUN.search(item.text):
        return True
    return is_leaning(item.text) and bool(set(before.found) - set(item.found))


def _with_antecedents(chosen: list[Candidate], evidence: Evidence, *, most: int) -> list[Candidate]:
    """Put what a sentence leans on beside it: the sentence before that names the subject.

    It stands before the sentence that needs it, except that the best sentence stays first.
    """
    by_key = {item.key: item for item in evidence.candidates}
    taken = {item.key for item in chosen}
    out: list[Candidate] = []
    for item in chosen:
        before = by_key.get((item.document.id, item.index - 1))
        if before is None or before.key in taken or len(taken) >= most:
            out.append(item)
            continue
        if _is_needed(before, item, evidence.question.kind):
            taken.add(before.key)
            is_lead = item is chosen[0] and evidence.question.kind is not Kind.WHO
            out.extend((item, before) if is_lead else (before, item))
        else:
            out.append(item)
    return out


def _sides(evidence: Evidence, most: int) -> list[Candidate]:
    """Take the best sentences on each of the two things compared."""
    chosen: list[Candidate] = []
    for side in evidence.question.sides:
        wanted = {stem(word.text) for word in words(side)} & set(evidence.scorer.weights)
        about = [
            item
            for item in evidence.candidates
            if wanted and wanted <= set(item.around) and item not in chosen
        ]
        own = [item for item in about if wanted <= set(item.found)]
        for item in (own or about)[: max(1, most // 3)]:
            if not any(is_repeat(item, other) for other in chosen):
                chosen.append(item)
    return chosen if len(chosen) >= 2 else []
