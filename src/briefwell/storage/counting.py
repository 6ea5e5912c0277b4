"""How much one state of an index holds: counted once, however many questions ask for it."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable

from briefwell.storage import lexical

KEPT = 20_000
"""Stems whose counts are in memory at once; SQLite reads a whole list of places for each."""


class Counting:
    """Counts the chunks of one state. Safe to use from several threads.

    Every connection it is given must see that state.
    """

    def __init__(self) -> None:
        self._chunks: int | None = None
        self._with_stem: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def chunks(self, connection: sqlite3.Connection) -> int:
        """Return how many chunks there are."""
        if self._chunks is None:
            self._chunks = int(connection.execute("SELECT count(*) FROM chunks").fetchone()[0])
        return self._chunks

    def with_stems(self, connection: sqlite3.Connection, stems: Iterable[str]) -> dict[str, int]:
        """Return, for each stem, how many chunks have it in their text, title or headings."""
        found: dict[str, int] = {}
        for stem in stems:
            with self._lock:
                kept = self._with_stem.get(stem)
                if kept is not None:
                    self._with_stem.move_to_end(stem)
            found[stem] = lexical.frequency(connection, stem) if kept is None else kept
        with self._lock:
            self._with_stem.update(found)
            while len(self._with_stem) > KEPT:
                self._with_stem.popitem(last=False)
        return found
