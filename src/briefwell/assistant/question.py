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


def check_question(question: str, history: Sequence[Turn] | None = ()) -> list[Turn]:
    """Refuse a question longer than is read, and turns that do not say who spoke and what.

    Returns:
        The turns of user and assistant with their text alone. Content in parts, as Gradio and
        the chat APIs also write it, is joined; what a system or a tool said is left out.

    Raises:
        ConfigError: It is no text or has more than 10,000 code points, or a turn has no role or
            no text.
    """
    if not isinstance(question, str):
        raise ConfigError("The question is no text.", "Give it as a string.")
    if len(question) > LONGEST_QUESTION:
        raise ConfigError(
            f"The question has {len(question):,} characters; {LONGEST_QUESTION:,} are the most.",
            "Ask about one thing at a time, in fewer words.",
        )
    turns = () if history is None else history
    if not isinstance(turns, Sequence) or isinstance(turns, str | bytes):
        raise _malformed()
    return [turn for each in turns if (turn := _spoken(each)) is not None]


def _spoken(turn: object) -> Turn | None:
    """Return a turn with its text alone; None for what a system or a tool said."""
    role, content = (
        (turn.get("role"), turn.get("content")) if isinstance(turn, Mapping) else (None, None)
    )
    if role in ("system", "developer", "tool"):
        return None
    text = _text(content)
    if text is None or role not in ("user", "assistant"):
        raise _malformed()
    return Turn(role=role, content=text)


def _malformed() -> ConfigError:
    return ConfigError(
        "The history is no list of turns with a role and a content.",
        'Write it as [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}].',
    )


def _text(content: object) -> str | None:
    """Return the text of a turn's content, or None where it has another form."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list | tuple):
        return None
    texts = [part.get("text") if isinstance(part, Mapping) else part for part in content]
    return "\n".join(text for text in texts if isinstance(text, str))


def finished(answer: Answer) -> AnswerEvent:
    """Return the event that closes a stream."""
    return AnswerEvent(kind=EventKind.FINISHED, answer=answer)


def nothing_asked(question: str) -> Answer:
    """Return the abstention for a question without words."""
    message = "There is no question. Type one, for example about a name in your documents."
    abstention = Abstention(reason=AbstentionReason.EMPTY_QUESTION, message=message)
    return Answer(question=question, text=message, statements=(), abstention=abstention)
