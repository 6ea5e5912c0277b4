"""Starts the process that writes a vector generation, and listens to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from briefwell.errors import IndexDamaged, IndexNotWritable, IndexStateError
from briefwell.storage.vectors import VectorsUnavailable
from briefwell.storage.writer import WriteJob

_ERRORS: dict[str, type[IndexStateError]] = {
    "IndexNotWritable": IndexNotWritable,
    "IndexDamaged": IndexDamaged,
}


class WriterProcess:
    """The process that writes one generation; started early, it loads Chroma meanwhile."""

    def __init__(self) -> None:
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "briefwell.storage.writer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": path, "ANONYMIZED_TELEMETRY": "False"},
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
            VectorsUnavailable: Chroma failed or the process died.
            IndexNotWritable: The disk is full.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(job.to_json() + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise self._died() from error
        for line in self._process.stdout:
            message = json.loads(line)
            if "total" in message:
                tell(message["done"], message["total"])
                continue
            return _result(message)
        raise self._died()

    def _died(self) -> VectorsUnavailable:
        return VectorsUnavailable(
            f"The process that writes the vectors ended with code {self._process.wait()}."
        )

    def close(self) -> None:
        """End the process, if it is still there."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                # A process that died leaves words in the pipe that nobody will read.
                with suppress(BrokenPipeError):
                    stream.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

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


def _result(message: dict[str, Any]) -> dict[str, int]:
    if "unavailable" in message:
        raise VectorsUnavailable(message["unavailable"])
    if "error" in message:
        told = message["error"]
        kind = _ERRORS.get(told["error"], IndexStateError)
        raise kind(told["problem"], told["remedy"])
    result: dict[str, int] = message["result"]
    return result
