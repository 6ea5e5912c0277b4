"""What is asked, before anything is loaded to answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefwell.errors import ConfigError
from briefwell.types import Abstention, AbstentionReason, Answer, AnswerEvent, EventKind, Turn

LONGEST_QUESTION = 10_000
"""Code points of a question that are read; a longer one is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of the corpus a question is asked of.

    Attributes:
        k: How many passages; None takes `Settings.k`.
        sources: Relative paths or globs; None means all.
        since: Only documents of this date or later, ISO 8601.
        until: Only documents of this date or earlier, ISO 8601.
    """

    k: int | None = None
    sources: Sequence[str] | None = None
    since: str | None = None
    until: str | None = None


def check_question(question: str, history: Sequence[Turn] = ()) -> None:
    """Refuse a question longer than is read, and turns that do not say who spoke and what.

    Raises:
        ConfigError: It has more than 10,000 code points, or a turn has no role or no text.
    """
    if len(question) > LONGEST_QUESTION:
        raise ConfigError(
            f"The question has {len(question):,} characters; {LONGEST_QUESTION:,} are the most.",
            "Ask about one thing at a time, in fewer words.",
        )
    is_list = isinstance(history, Sequence) and not isinstance(history, str | bytes)
    if is_list and all(_is_turn(turn) for turn in history):
        return
    raise ConfigError(
        "The history is no list of turns with a role and a content.",
        'Write it as [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}].',
    )


def _is_turn(turn: object) -> bool:
    return (
        isinstance(turn, Mapping)
        and turn.get("role") in ("user", "assistant")
        and isinstance(turn.get("content"), str)
    )


def finished(answer: Answer) -> AnswerEvent:
    """Return the event that closes a stream."""
    return AnswerEvent(kind=EventKind.FINISHED, answer=answer)


def nothing_asked(question: str) -> Answer:
    """Return the abstention for a question without words."""
    message = "There is no question. Type one, for example about a name in your documents."
    abstention = Abstention(reason=AbstentionReason.EMPTY_QUESTION, message=message)
    return Answer(question=question, text=message, statements=(), abstention=abstention)
