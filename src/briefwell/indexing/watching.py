"""Watches the documents folder and says when it is time to reindex."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from briefwell.sources import is_litter

_QUIET_MS = 400
"""No change for so long, and a burst of changes is over."""
_BURST_MS = 5_000
"""A burst that does not end is reindexed after so long."""
_LOOK_MS = 500
_MISSING_SECONDS = 0.5


def watch(
    documents: Path,
    *,
    index: Path,
    stop: threading.Event,
    missing: Callable[[], None] = lambda: None,
) -> Iterator[None]:
    """Yield whenever the folder should be reindexed: at the start, and after each change.

    What changes while the caller reindexes is not lost: it yields again. A folder that
    disappears is waited for; when it is back, it yields.

    Args:
        documents: The folder of sources; it need not be there yet.
        index: The folder of the index; changes in it do not count.
        stop: Ends the watching when it is set.
        missing: Called once whenever the folder turns out not to be there.
    """
    is_told = False
    while not stop.is_set():
        identity = _identity(documents)
        if identity is None:
            if not is_told:
                missing()
            is_told = True
            stop.wait(_MISSING_SECONDS)
            continue
        is_told = False
        yield from _watch_one(documents, index, stop, identity)


def _watch_one(
    documents: Path, index: Path, stop: threading.Event, identity: tuple[int, int]
) -> Iterator[None]:
    """Watch until the folder is gone or is another one."""
    import watchfiles

    skipped = os.path.realpath(index) + os.sep

    def counts(_: watchfiles.Change, path: str) -> bool:
        inside = os.path.relpath(path, documents.absolute())
        return not os.path.realpath(path).startswith(skipped) and not any(
            is_litter(part) for part in Path(inside).parts
        )

    watcher = watchfiles.watch(
        documents.absolute(),
        watch_filter=counts,
        debounce=_BURST_MS,
        step=_QUIET_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        stop_event=stop,
        recursive=True,
    )
    is_first = True
    try:
        for changes in watcher:
            if _identity(documents) != identity:
                return
            # The first round only shows that watching has begun: nothing is missed after it.
            if changes or is_first:
                is_first = False
                yield
    except FileNotFoundError:
        # It went away between the look and the watching.
        return


def _identity(documents: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(documents)
    except OSError:
        return None
    return found.st_dev, found.st_ino
