"""Loads many sources in processes of their own, so that a hostile file costs only itself.

A loading process is an ordinary child of the running Python: not a fork, which would copy the
locks of the caller's threads, and not `multiprocessing`, which would run the caller's main
script a second time. It takes jobs on its standard input, answers on its standard output, and
never imports a model or the index. Every file goes through one, a small text too: a process
takes a third of a second to start, and one rule for all files is easier to trust.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

from briefwell.errors import InternalError, LoadError, ReadingStopped, UnreadableDocument
from briefwell.loaders.base import Limits
from briefwell.loaders.frames import receive, send
from briefwell.types import Document

_IN_FLIGHT = 3
_START_SECONDS = 120.0
_CODE = "import sys; sys.path[:] = {path!r}; from briefwell.loaders.child import main; main()"
_QUIET = {
    # One thread and one heap each: more of either only takes address space from the document.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadJob:
    """A file to load, known to the corpus as the relative POSIX path `source`."""

    path: Path
    source: str


def load_many(
    jobs: Iterable[LoadJob], *, limits: Limits, workers: int = 0
) -> Iterator[tuple[LoadJob, Document | LoadError]]:
    """Load `jobs` in other processes and yield each with its document or its error.

    Results come as they are ready, in any order. Only a few jobs for each process are taken
    ahead of what was yielded, so memory does not grow with their number. A process that
    crashes, hangs or grows over a limit takes one source with it.

    Args:
        jobs: What to load; taken as needed, in the caller's thread.
        limits: What loading one source may cost.
        workers: How many processes; 0 means one for each core. None starts before it has a job.

    Raises:
        InternalError: Loading processes cannot be started.
    """
    count = workers or _cores()
    processes = [_Process(limits) for _ in range(count)]
    idle: SimpleQueue[_Process] = SimpleQueue()
    for process in processes:
        idle.put(process)
    waiting = iter(jobs)
    running: dict[Future[Document | LoadError], LoadJob] = {}
    pool = ThreadPoolExecutor(max_workers=count, thread_name_prefix="briefwell-load")
    try:
        while True:
            for job in islice(waiting, max(0, count * _IN_FLIGHT - len(running))):
                running[pool.submit(_run, idle, job)] = job
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield running.pop(future), future.result()
    finally:
        # What still runs is stopped, not waited for: the caller may have been interrupted.
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.stop()


def _run(idle: SimpleQueue[_Process], job: LoadJob) -> Document | LoadError:
    process = idle.get()
    try:
        return process.load(job)
    finally:
        idle.put(process)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Process:
    """One loading process, started when it is first needed and again after it has died."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._is_stopped = False
        self._lock = threading.Lock()

    def load(self, job: LoadJob) -> Document | LoadError:
        """Return the document of `job`, or why there is none."""
        child = self._ready_child()
        if child is None:
            return UnreadableDocument(
                "Loading was stopped.", "Reindex again.", path=job.source, retryable=True
            )
        answer, is_late = _ask(
            child, (str(job.path), job.source, self._limits), seconds=self._limits.seconds
        )
        if isinstance(answer, tuple) and not is_late:
            outcome, is_last = answer
            if is_last:
                _end(child)
        else:
            outcome = _death(_end(child), job.source, self._limits, is_late=is_late)
        if not isinstance(outcome, Document | LoadError):
            raise InternalError(f"A loading process answered {outcome!r} to {job.source!r}.")
        return outcome

    def stop(self) -> None:
        """End the process for good, whatever it is doing."""
        with self._lock:
            self._is_stopped = True
            child = self._child
        if child is not None:
            child.kill()

    def _ready_child(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._is_stopped:
                return None
            if self._child is not None and self._child.poll() is None:
                return self._child
            child = self._child = _start()
        greeting, _ = _ask(child, None, seconds=_START_SECONDS)
        if greeting != "ready":
            code = _end(child)
            raise InternalError(f"A loading process could not be started ({_how(code)}).")
        return child


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _CODE.format(path=sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **_QUIET},
    )


def _ask(
    child: subprocess.Popen[bytes], question: object | None, *, seconds: float
) -> tuple[object | None, bool]:
    """Return the child's next message (None when it died) and whether it took too long."""
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        if child.stdin is None or child.stdout is None:
            return None, False
        if question is not None:
            send(child.stdin, question)
        return receive(child.stdout), late.is_set()
    except OSError:
        return None, late.is_set()
    finally:
        timer.cancel()


def _end(child: subprocess.Popen[bytes]) -> int:
    """End a child that has nothing left to do, or that has died; return its exit code."""
    try:
        code = child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        child.kill()
        code = child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    return code


def _death(code: int, source: str, limits: Limits, *, is_late: bool) -> LoadError:
    if is_late or code == -getattr(signal, "SIGALRM", 0):
        return ReadingStopped(
            f"Reading the file took longer than {limits.seconds:g} seconds.",
            "Simplify or split the file, or raise load_seconds.",
            path=source,
            retryable=True,
        )
    return ReadingStopped(
        f"The file stopped the process that read it ({_how(code)}): it is damaged, or needs "
        "more memory than it may have.",
        "Open it in its own program and save it again, or raise load_memory_bytes.",
        path=source,
        retryable=True,
    )


def _how(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"
