"""The loading process: one job after another, within limits the caller cannot be talked out of."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import IO

from briefwell.errors import LoadError, UnreadableDocument
from briefwell.loaders import load
from briefwell.loaders.base import Limits
from briefwell.loaders.frames import receive, send
from briefwell.types import Document

try:
    import resource
except ImportError:  # Windows has no such limits; the caller's clock is all there is.
    resource = None  # type: ignore[assignment]

_MOST_JOBS = 2_000
_GRACE_SECONDS = 5


def main() -> None:
    """Answer jobs from standard input until it ends."""
    questions, answers = _private_streams()
    # An interrupt at the keyboard is the caller's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    send(answers, "ready")
    done = 0
    while isinstance(job := receive(questions), tuple):
        path, source, limits = job
        if not done:
            _bound(limits)
        done += 1
        _set_alarm(limits.seconds + _GRACE_SECONDS)
        outcome = _outcome(Path(path), source, limits)
        _set_alarm(0)
        # A process that has grown, or served long, makes room for a fresh one.
        is_last = done >= _MOST_JOBS or _has_grown(limits)
        try:
            send(answers, (outcome, is_last))
        except BrokenPipeError:
            return
        if is_last:
            return


def _private_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Move the channel away from descriptors 0 and 1, where a native library may write."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return questions, answers


def _outcome(path: Path, source: str, limits: Limits) -> Document | LoadError:
    try:
        return load(path, source=source, limits=limits)
    except LoadError as error:
        return error
    except MemoryError:
        return UnreadableDocument(
            f"Reading the file needs more than {limits.memory_bytes:,} bytes of memory.",
            "Split it into smaller files, or raise load_memory_bytes.",
            path=source,
        )
    except Exception as error:  # noqa: BLE001 - whatever a parser trips over costs one file only
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return UnreadableDocument(
            f"The file could not be read ({reason}).",
            "Open it in its own program and save it again; if that does not help, report this.",
            path=source,
            retryable=True,
        )


def _bound(limits: Limits) -> None:
    """Bound this process for good: its memory, and no core file left behind."""
    if resource is None:
        return
    for kind, most in ((resource.RLIMIT_AS, limits.memory_bytes), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # macOS knows RLIMIT_AS and refuses to set it.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (bound, bound))


def _has_grown(limits: Limits) -> bool:
    return _peak_bytes() > limits.memory_bytes // 4


def _peak_bytes() -> int:
    """Return the most memory this process has held; 0 where the system does not tell.

    Linux counts into `ru_maxrss` what the caller held when it started this process, so that
    every process of a large caller would look grown after its first file; `VmHWM` does not.
    """
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024)


def _set_alarm(seconds: float) -> None:
    """Let the system end this process after `seconds`, should the caller be gone; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
