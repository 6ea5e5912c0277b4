"""How Chroma is asked: within a time, a few times, and with one kind of error."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")

_FIRST_PAUSE_SECONDS = 0.1

_LOCKED = "database is locked"
"""What SQLite says while another of Chroma's own connections to the same file still writes."""

_LOCKED_PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds waited after each such refusal before the call is made again."""


class VectorsUnavailable(Exception):
    """Chroma could not do what it was asked; exact search over the manifest still can."""


class VectorsSilent(VectorsUnavailable):
    """There was no answer in time; asking again would only double the wait."""


@dataclass(frozen=True, slots=True)
class Door:
    """What every call of one Chroma passes through.

    Attributes:
        name: What is asked, in words.
        seconds: Most seconds one call may take; None for no limit. Chroma's own client waits
            for ever.
        attempts: How often a call that fails is made; one that takes too long is not repeated.
    """

    name: str
    seconds: float | None = None
    attempts: int = 1

    def through(self, call: Callable[[], T]) -> T:
        """Make a call.

        Raises:
            VectorsSilent: It took too long.
            VectorsUnavailable: It failed every time.
        """
        pause = _FIRST_PAUSE_SECONDS
        for _ in range(self.attempts - 1):
            try:
                return self._unlocked(call)
            except VectorsSilent:
                raise
            except VectorsUnavailable:
                time.sleep(pause)
                pause *= 4
        return self._unlocked(call)

    def _unlocked(self, call: Callable[[], T]) -> T:
        """Make a call, again a little later where Chroma stands in its own way."""
        for pause in _LOCKED_PAUSES:
            try:
                return self._once(call)
            except VectorsUnavailable as error:
                if _LOCKED not in str(error):
                    raise
                time.sleep(pause)
        return self._once(call)

    def _once(self, call: Callable[[], T]) -> T:
        if self.seconds is None:
            return self._guarded(call)
        answers: SimpleQueue[T | VectorsUnavailable] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._guarded(call))
            except VectorsUnavailable as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self.seconds)
        except Empty:
            raise VectorsSilent(f"{self.name}: no answer within {self.seconds:g} seconds") from None
        if isinstance(answer, VectorsUnavailable):
            raise answer
        return answer

    def _guarded(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except (KeyboardInterrupt, SystemExit, GeneratorExit, VectorsUnavailable):
            raise
        except BaseException as error:  # a panic in Chroma's compiled part is no `Exception`
            raise VectorsUnavailable(f"{self.name}: {type(error).__name__}: {error}") from error
