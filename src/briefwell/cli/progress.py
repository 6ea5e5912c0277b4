"""How long work is shown: a bar when a person watches, plain lines when not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from tqdm import tqdm

from briefwell.cli.printing import on_one_line

if TYPE_CHECKING:
    from briefwell.indexing import Progress

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def showing_progress(stream: TextIO) -> Iterator[Callable[[Progress], None]]:
    """Give a callable that shows each `Progress` on `stream` until the block ends."""
    if not stream.isatty():
        yield _Lines(stream)
        return
    bar = _Bar(stream)
    try:
        yield bar
    finally:
        bar.close()


class _Lines:
    """Tells each stage once when it begins, then every few seconds."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._stage = ""
        self._told = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage == self._stage and now - self._told < _SECONDS_BETWEEN_LINES:
            return
        self._stage, self._told = progress.stage, now
        count = f" {progress.done} of {progress.total}" if progress.total else ""
        print(f"{progress.stage}{count}", file=self._stream, flush=True)


class _Bar:
    """One bar a stage."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._stage = ""
        self._bar: tqdm[None] | None = None

    def __call__(self, progress: Progress) -> None:
        if self._bar is None or progress.stage != self._stage:
            self.close()
            self._stage = progress.stage
            self._bar = tqdm(desc=progress.stage, file=self._stream, dynamic_ncols=True)
        self._bar.total = progress.total or None
        self._bar.n = progress.done
        self._bar.set_postfix_str(on_one_line(progress.source)[-40:], refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        self._bar = None
