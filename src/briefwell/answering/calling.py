"""One call of a chat model: its text as it comes, bounded in time and length, or a clear reason."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from briefwell.protocols import ChatModel

LONGEST_OUTPUT = 20_000
"""Characters of one call's output that are read; a model that writes on is stopped."""

Message = dict[str, str]

_CUT = frozenset({"length", "max_tokens"})


class ModelTrouble(Exception):
    """The chat model did not answer as it should; the text says how, for the reader."""


@dataclass(slots=True)
class Call:
    """One call of a chat model, and what is known of it so far.

    Attributes:
        timeout: Seconds the call may take.
        input_tokens: As the model reports them; 0 when it does not.
        output_tokens: As the model reports them; 0 when it does not.
        is_cut: Whether the output ended at a limit rather than where the model ended it.
        text: The output so far.
    """

    model: ChatModel
    messages: list[Message]
    timeout: float
    input_tokens: int = 0
    output_tokens: int = 0
    is_cut: bool = False
    text: str = ""

    def pieces(self) -> Generator[str]:
        """Yield the model's text as it comes. Closing the iterator stops the model.

        Raises:
            ModelTrouble: The model failed, or took longer than `timeout`.
        """
        arriving: queue.Queue[Any] = queue.Queue()
        stopped = threading.Event()
        reading = threading.Thread(
            target=self._read, args=(arriving, stopped), name="chat-model", daemon=True
        )
        deadline = time.monotonic() + self.timeout
        reading.start()
        try:
            while len(self.text) < LONGEST_OUTPUT:
                message = _next(arriving, deadline)
                if message is None:
                    return
                piece = self._noted(message)
                self.text += piece
                yield piece
            self.is_cut = True
        finally:
            stopped.set()

    def _read(self, arriving: queue.Queue[Any], stopped: threading.Event) -> None:
        """Run in a thread of its own, because a hanging stream cannot be interrupted."""
        try:
            for message in self.model.stream(self.messages):
                arriving.put(message)
                if stopped.is_set():
                    return
        except Exception as error:  # noqa: BLE001 - any vendor's error becomes a notice
            arriving.put(error)
        arriving.put(None)

    def _noted(self, message: Any) -> str:
        used = getattr(message, "usage_metadata", None) or {}
        self.input_tokens += int(used.get("input_tokens") or 0)
        self.output_tokens += int(used.get("output_tokens") or 0)
        told = getattr(message, "response_metadata", None) or {}
        ended = (told.get(name) for name in ("finish_reason", "stop_reason", "done_reason"))
        self.is_cut = self.is_cut or any(str(reason).lower() in _CUT for reason in ended)
        return _text_of(message)


def _next(arriving: queue.Queue[Any], deadline: float) -> Any:
    """Return the next message, or None at the end."""
    try:
        message = arriving.get(timeout=max(0.0, deadline - time.monotonic()))
    except queue.Empty:
        raise ModelTrouble("The model did not answer in time.") from None
    if isinstance(message, Exception):
        raise ModelTrouble(_told(message)) from message
    return message


def _told(error: Exception) -> str:
    """Say what went wrong, without the vendor's own words: these may hold keys and addresses."""
    name = type(error).__name__.lower()
    text = str(error).lower()
    status = getattr(error, "status_code", None)
    if status == 429 or "ratelimit" in name or "resourceexhausted" in name:
        return "The model's rate limit is reached; try again later."
    if status in (408, 504) or "timeout" in name:
        return "The model did not answer in time."
    if "context" in name or ("context" in text and ("length" in text or "exceed" in text)):
        return "The passages are longer than the model can read; ask for fewer with k."
    if status in (401, 403) or "authentication" in name or "permission" in name:
        return "The model refused the key; check model_api_key."
    if "connection" in name or "connect" in name:
        return "The model could not be reached; check model_base_url and that it runs."
    return f"The model could not be used ({type(error).__name__})."


def _text_of(message: Any) -> str:
    content = getattr(message, "content", message)
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = [part if isinstance(part, str) else _part(part) for part in content]
        return "".join(parts)
    return ""


def _part(part: Any) -> str:
    """Return the text of one part of a message; what a model thinks aloud is none."""
    text = part.get("text") if isinstance(part, dict) and part.get("type") != "thinking" else ""
    return text if isinstance(text, str) else ""
