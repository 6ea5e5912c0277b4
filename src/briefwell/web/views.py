"""What the page shows of one turn, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = Mapping[str, Any]
"""The `to_dict` of an `Answer`, or of a part of one."""


class TurnState(StrEnum):
    """How far a turn has come."""

    WORKING = "working"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """What the page shows of one question and its answer.

    Attributes:
        conversation: Id of the conversation it is kept in.
        number: Place in the conversation, from 1.
        question: As it was asked.
        answer: `Answer.to_dict()` as far as it has come.
        state: How far the turn has come.
        problem: What went wrong, when the turn failed.
        remedy: What to do about it.
        sources_now: For a turn that was reopened: citation number to `changed`, `moved_words`
            or `removed`, for the citations whose source is not as it was.
        filters: What the search was restricted to: `sources`, `since`, `until`.
        rating: `up`, `down` or empty.
        note: What the reader wrote about the answer.
    """

    conversation: str = ""
    number: int
    question: str
    answer: Json = field(default_factory=dict)
    state: TurnState = TurnState.DONE
    problem: str = ""
    remedy: str = ""
    sources_now: Mapping[int, str] = field(default_factory=dict)
    filters: Json = field(default_factory=dict)
    rating: str = ""
    note: str = ""


NOW = {
    "changed": "Source changed since: these words no longer stand in it.",
    "moved_words": "Source changed since: these words still stand in it.",
    "removed": "Source removed since.",
}
