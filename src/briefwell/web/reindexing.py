"""Reindexing from the page: the work in a thread, its progress and its report as HTML."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterator
from typing import Any

from briefwell.assistant import Assistant
from briefwell.errors import BriefingError, InternalError
from briefwell.types import IndexReport
from briefwell.web.markup import escape, plural

_log = logging.getLogger(__name__)

SHOWN_EVERY = 0.25
_STAGES = {
    "scan": "Looking through the folder",
    "parse": "Reading documents",
    "embed": "Computing embeddings",
    "write": "Writing passages",
    "publish": "Making the new index live",
    "sweep": "Clearing up",
}
"""Seconds between two lines of progress on the page."""


class Reindexing:
    """One run of `reindex`, watched from the page. It goes on if nobody watches any more."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._news: queue.Queue[Any] = queue.Queue()
        self._outcome: IndexReport | BriefingError | None = None
        self._thread = threading.Thread(target=self._run, name="reindex", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._outcome = self._assistant.reindex(progress=self._news.put)
        except BriefingError as error:
            self._outcome = error
        except Exception:  # noqa: BLE001 - a thread has nobody above it to tell
            _log.exception("reindexing from the page failed")
            self._outcome = InternalError("Reindexing stopped; the server's log has the details.")
        self._news.put(None)

    def progress(self) -> Iterator[Any]:
        """Yield the newest progress, at most a few times a second, until the work is done."""
        while True:
            latest = self._news.get()
            while latest is not None and not self._news.empty():
                latest = self._news.get()
            if latest is None:
                return
            yield latest
            self._thread.join(SHOWN_EVERY)

    def outcome(self) -> IndexReport | BriefingError:
        """Return the report, or the error that stopped the work."""
        self._thread.join()
        return self._outcome or InternalError("Reindexing ended without a report.")


def progress_line(progress: Any) -> str:
    """Return one line about work that goes on, with a bar where the end is known."""
    count = f" {progress.done:,} of {progress.total:,}" if progress.total else ""
    bar = (
        f'<progress max="{int(progress.total)}" value="{int(progress.done)}"></progress>'
        if progress.total
        else ""
    )
    source = f'<span class="bw-about">{escape(progress.source)}</span>' if progress.source else ""
    stage = escape(_STAGES.get(progress.stage, progress.stage.capitalize()))
    return f'<div class="bw-progress"><span>{stage}{count}</span>{bar}{source}</div>'


def report_lines(report: IndexReport) -> str:
    """Return what reindexing did; the files that failed stand in the list with their reasons."""
    counts = (
        (len(report.added), "added"),
        (len(report.updated), "updated"),
        (len(report.moved), "moved"),
        (len(report.removed), "removed"),
        (len(report.unchanged), "unchanged"),
        (len(report.failed), "could not be read (reasons below)"),
    )
    told = ", ".join(f"{count:,} {what}" for count, what in counts if count) or "no files"
    notes = "".join(f'<p class="bw-note">{escape(note)}</p>' for note in report.notes)
    return (
        f'<p class="bw-done">Reindexed: {told}. {plural(report.chunks, "passage")} ready '
        f"after {report.seconds:.1f} s.</p>{notes}"
    )
