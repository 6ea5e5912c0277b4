"""A chat model that takes its time, so that a test can watch, stop or leave an answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

from doubles import Reply

LINES = ("Some 310 ships called in 2020.", "The work cost 4 million crowns.")


class SlowChatModel:
    """Says one proven sentence, then waits until `go` is set before the second.

    `asked` is set as soon as the model is asked.
    """

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked = threading.Event()

    def invoke(self, input: Any, /, *_: Any, **__: Any) -> Reply:
        return Reply("".join(piece.content for piece in self.stream(input)))

    def stream(self, input: Any, /, *_: Any, **__: Any) -> Iterator[Reply]:
        self.asked.set()
        text = str(input)
        for at, line in enumerate(LINES):
            if at:
                self.go.wait(30)
            number = next((n for n in range(1, 9) if _holds(text, n, line)), 1)
            quotes = [{"passage": number, "quote": line}]
            yield Reply(json.dumps({"statement": line, "quotes": quotes}) + "\n")


def _holds(text: str, number: int, line: str) -> bool:
    """Tell whether passage `number` of the prompt holds the line."""
    _, _, rest = text.partition(f"[{number}]")
    return line in rest.partition(f"[{number + 1}]")[0]
