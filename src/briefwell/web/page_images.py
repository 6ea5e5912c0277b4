"""Pages of PDF sources as images: drawn on demand, in another process, only if unchanged."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from briefwell.assistant import Assistant
from briefwell.errors import ConfigError
from briefwell.types import Span

SECONDS = 20
KEPT = 24
"""Images kept in memory."""


class PageImages:
    """Draws pages of the indexed PDF sources and keeps the last ones."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._kept: OrderedDict[tuple[str, int, tuple[str, ...]], bytes] = OrderedDict()
        # One at a time: a page may take much memory to draw.
        self._lock = threading.Lock()

    def png(self, source: str, page: int, *, marks: Sequence[Span] = ()) -> bytes:
        """Return one page of a source as PNG.

        Args:
            source: Path of an indexed PDF, relative to the documents folder.
            page: From 1.
            marks: Spans of the document's text to be marked on the page.

        Raises:
            ConfigError: It is not an indexed PDF with such a page, it changed since it was
                indexed, or it cannot be drawn.
        """
        document = self._assistant.document(source)
        if document is None or page not in [item.number for item in document.pages]:
            raise ConfigError(
                f"There is no page {page} of {source!r} in the index.", "Reindex, then ask again."
            )
        here = next(item.span for item in document.pages if item.number == page)
        # A quote that goes on over the page's edge is marked as far as it stands on this page.
        quotes = tuple(
            document.text[max(mark.start, here.start) : min(mark.end, here.end)]
            for mark in marks
            if mark.is_overlapping(here)
        )
        key = (document.source.sha256, page, quotes)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            drawn = self._drawn(source, page, quotes, document.source.sha256)
            self._kept[key] = drawn
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return drawn

    def _drawn(self, source: str, page: int, quotes: Sequence[str], sha256: str) -> bytes:
        folder = self._assistant.documents.resolve()
        file = (folder / source).resolve()
        if not file.is_relative_to(folder) or file.suffix.lower() != ".pdf" or not file.is_file():
            raise ConfigError(f"{source!r} is not a PDF in the documents folder.", "Read its text.")
        if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            raise ConfigError(
                f"{source!r} changed since it was indexed.", "Reindex, then ask again."
            )
        return _run(file, page, quotes, memory=self._assistant.settings.load_memory_bytes)


def _run(file: Path, page: int, quotes: Sequence[str], *, memory: int) -> bytes:
    command = [sys.executable, "-m", "briefwell.web.page_image"]
    try:
        done = subprocess.run(
            [*command, str(file), str(page), str(memory), str(SECONDS)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            input=json.dumps(quotes).encode(),
            capture_output=True,
            timeout=SECONDS + 5,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise ConfigError("This page cannot be drawn.", "Read its text instead.") from error
    return done.stdout
