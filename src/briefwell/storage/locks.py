"""Locks on files: one writer of an index, many readers of a vector generation.

They are the operating system's own (`flock`), so a process that dies lets go of them; what a
lock file says only serves the message to the one who has to wait.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from briefwell.errors import IndexLocked, IndexNotWritable

WRITER_LOCK = "writer.lock"
_PATIENCE = 10
_PAUSE_SECONDS = 0.05


class FileLock:
    """A held lock on one file; `release` lets go of it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go of the lock; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def note(self, text: str) -> None:
        """Write `text` into the lock's file, for whoever has to wait."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, text.encode(), 0)

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def find_shared(path: Path) -> FileLock | None:
    """Hold a shared lock on an existing file, or return None when it is gone or being removed."""
    return _find(path, os.O_RDONLY, fcntl.LOCK_SH)


def find_exclusive(path: Path) -> FileLock | None:
    """Hold a file alone, making it if need be, or return None when somebody else holds it."""
    return _find(path, os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX)


def _find(path: Path, flags: int, kind: int) -> FileLock | None:
    try:
        descriptor = os.open(path, flags | os.O_CLOEXEC, 0o644)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return None
        raise
    return FileLock(descriptor)


def hold_writer(index: Path) -> FileLock:
    """Become the one writer of an index.

    Raises:
        IndexLocked: Another process, or another thread of this one, is writing.
        IndexNotWritable: The folder does not let us make a lock file.
    """
    path = index / WRITER_LOCK
    try:
        lock = _wait_for(path)
    except OSError as error:
        raise IndexNotWritable(
            f"The index folder {str(index)!r} cannot be written: {error.strerror}.",
            "Give this user the right to write there, or name another folder with --index.",
        ) from error
    if lock is None:
        raise IndexLocked(
            f"{_holder(path)} is writing the index {str(index)!r}.",
            "Wait until it has finished, then try again. Questions are answered meanwhile.",
        )
    started = datetime.now(UTC).isoformat(timespec="seconds")
    lock.note(json.dumps({"pid": os.getpid(), "started": started}))
    return lock


def _wait_for(path: Path) -> FileLock | None:
    """Wait a moment: a dry run holds the lock while it looks at the manifest."""
    for _ in range(_PATIENCE):
        lock = find_exclusive(path)
        if lock is not None:
            return lock
        time.sleep(_PAUSE_SECONDS)
    return find_exclusive(path)


def find_writer(index: Path) -> str | None:
    """Return who is writing the index, in words, or None when nobody is."""
    path = index / WRITER_LOCK
    try:
        lock = find_shared(path)
    except OSError:
        return None
    if lock is not None:
        lock.release()
        return None
    return _holder(path) if path.exists() else None


def _holder(path: Path) -> str:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return f"Process {int(held['pid'])} (since {held['started']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another process"
