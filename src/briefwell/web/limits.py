"""How much one client may ask for at a time."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from briefwell.errors import ConfigError

CLIENTS_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who asks: one open page, and the person or the address it belongs to."""

    page: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What is allowed: questions answered at once, and questions asked in a minute."""

    at_once: int
    a_minute: int


A_PAGE = Allowance(at_once=3, a_minute=60)
A_PERSON = Allowance(at_once=24, a_minute=600)


class Rate:
    """Counts events of each client over the last minute."""

    def __init__(self, most: int, *, seconds: float = 60.0) -> None:
        self.most = most
        self.seconds = seconds
        self._events: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def is_exceeded(self, client: str) -> bool:
        """Tell whether the client has used up what it may do."""
        with self._lock:
            return len(self._recent(client)) >= self.most

    def count(self, client: str) -> None:
        """Count one event of the client."""
        with self._lock:
            self._recent(client).append(time.monotonic())
            while len(self._events) > CLIENTS_REMEMBERED:
                self._events.pop(next(iter(self._events)))

    def _recent(self, client: str) -> deque[float]:
        events = self._events.setdefault(client, deque())
        while events and events[0] < time.monotonic() - self.seconds:
            events.popleft()
        return events


class Limits:
    """The limits on questions, of a page and of the person behind it."""

    def __init__(self, *, page: Allowance = A_PAGE, person: Allowance = A_PERSON) -> None:
        self._page = _Places(page)
        self._person = _Places(person)

    @contextmanager
    def asking(self, client: Client) -> Iterator[None]:
        """Hold a place for one question of the client while the block runs.

        Raises:
            ConfigError: The client has too many questions open, or asked too many of late.
        """
        with self._page.held(client.page), self._person.held(client.person):
            yield

    def is_busy(self) -> bool:
        """Tell whether anybody's question is being answered."""
        return self._page.is_held()


class _Places:
    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._rate = Rate(allowance.a_minute)
        self._asking: Counter[str] = Counter()
        self._lock = threading.Lock()

    def is_held(self) -> bool:
        with self._lock:
            return bool(self._asking)

    @contextmanager
    def held(self, client: str) -> Iterator[None]:
        with self._lock:
            if self._asking[client] >= self._allowance.at_once:
                raise ConfigError(
                    f"{self._allowance.at_once} of your questions are being answered already.",
                    "Wait for one of them, or stop it.",
                )
            if self._rate.is_exceeded(client):
                raise ConfigError(
                    f"You asked {self._allowance.a_minute} questions within a minute.",
                    "Wait a minute, then ask again.",
                )
            self._asking[client] += 1
        self._rate.count(client)
        try:
            yield
        finally:
            with self._lock:
                self._asking[client] -= 1
                if not self._asking[client]:
                    del self._asking[client]
