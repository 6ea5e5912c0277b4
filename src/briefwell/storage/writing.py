"""Starts the process that writes a vector generation, and listens to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

from briefwell.errors import IndexDamaged, IndexNotWritable, IndexStateError
from briefwell.storage.vectors import VectorsSilent, VectorsUnavailable
from briefwell.storage.writer import WriteJob

_ERRORS: dict[str, type[IndexStateError]] = {
    "IndexNotWritable": IndexNotWritable,
    "IndexDamaged": IndexDamaged,
}


SILENCE_SECONDS = 120.0
"""A writer that has said nothing for so long is taken for stuck, and ended. It speaks at every
step: each file copied, each page of ids, each batch; none of them takes more than seconds."""

_SERVER_CALLS = 4
"""One step on a server may be asked this often, each time within the job's own limit."""

_GRACE_SECONDS = 5.0

_BLANK_MEMORY = {
    "MALLOC_PERTURB_": "255",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
    "MallocScribble": "1",
}
"""Chroma saves its tables of vectors whole, with the places nobody has filled yet. Without this
they hold what lay in that memory before: words of documents, also of deleted ones. The first two
are for the GNU C library, which then hands out zeros, the last for macOS."""

_COMMAND = (sys.executable, "-m", "briefwell.storage.writer")


class WriterProcess:
    """The process that writes one generation; started early, it loads Chroma meanwhile."""

    def __init__(
        self, *, silence: float = SILENCE_SECONDS, command: Sequence[str] = _COMMAND
    ) -> None:
        """Start it.

        Args:
            silence: Most seconds between two signs of life once it has its job.
            command: What to run.
        """
        self._silence = silence
        self._is_stuck = False
        self._is_idle = True
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                **_BLANK_MEMORY,
                "PYTHONPATH": path,
                "ANONYMIZED_TELEMETRY": "False",
            },
        )

    @property
    def pid(self) -> int:
        """The process' id."""
        return self._process.pid

    def write(self, job: WriteJob, tell: Callable[[int, int], None]) -> dict[str, int]:
        """Hand over the job and wait for its end.

        Args:
            job: What to write.
            tell: Called with the vectors written so far and their total.

        Returns:
            See `writer.write_generation`.

        Raises:
            VectorsSilent: There was no answer in time, or the process got stuck.
            VectorsUnavailable: Chroma failed, or the process died.
            IndexNotWritable: The disk is full.
        """
        assert self._process.stdin is not None
        self._is_idle = False
        silence = max(self._silence, _SERVER_CALLS * job.timeout if job.url else 0.0)
        try:
            self._process.stdin.write(job.to_json() + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise _died(self._ended()) from error
        for message in self._messages(silence):
            if "total" in message:
                tell(message["done"], message["total"])
            elif "step" not in message:
                return _result(message)
        code = self._ended()
        if self._is_stuck:
            raise VectorsSilent(
                f"The process that writes the vectors gave no sign of life for {silence:g} "
                "seconds and was ended."
            )
        raise _died(code)

    def _messages(self, silence: float) -> Iterator[dict[str, Any]]:
        """Yield what the process says until it ends; end it when it falls silent."""
        assert self._process.stdout is not None
        while True:
            watch = threading.Timer(silence, self._end_stuck)
            watch.daemon = True
            watch.start()
            try:
                line = self._process.stdout.readline()
            finally:
                watch.cancel()
            # A line without an end is what a process was saying when it died.
            if not line.endswith("\n"):
                return
            yield json.loads(line)

    def _end_stuck(self) -> None:
        self._is_stuck = True
        self._process.kill()

    def _ended(self) -> int:
        try:
            return self._process.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def close(self) -> None:
        """End the process, if it is still there."""
        if self._is_idle:
            # It has nothing to close, and may still be loading Chroma.
            self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                # A process that died leaves words in the pipe that nobody will read.
                with suppress(BrokenPipeError):
                    stream.close()
        self._ended()

    def __enter__(self) -> WriterProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._process.kill()
        self.close()


def _died(code: int) -> VectorsUnavailable:
    return VectorsUnavailable(f"The process that writes the vectors ended with code {code}.")


def _result(message: dict[str, Any]) -> dict[str, int]:
    if "unavailable" in message:
        failure = VectorsSilent if message["silent"] else VectorsUnavailable
        raise failure(message["unavailable"])
    if "error" in message:
        told = message["error"]
        kind = _ERRORS.get(told["error"], IndexStateError)
        raise kind(told["problem"], told["remedy"])
    result: dict[str, int] = message["result"]
    return result
