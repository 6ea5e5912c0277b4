"""The parts of a `reindex` that reach outside: loading processes, the vector writer, the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from briefwell.errors import LoadError
from briefwell.loaders import Limits
from briefwell.loaders.worker import LoadJob, load_many
from briefwell.storage.generations import free_bytes
from briefwell.storage.writer import WriteJob
from briefwell.storage.writing import WriterProcess
from briefwell.types import Document


class LoadMany(Protocol):
    """Loads files, in any order; see `loaders.worker.load_many`."""

    def __call__(
        self, jobs: Iterable[LoadJob], *, limits: Limits, workers: int
    ) -> Iterator[tuple[LoadJob, Document | LoadError]]:
        """Yield each job with its document or its error."""
        ...


class Writer(Protocol):
    """Writes one vector generation; see `storage.writing.WriterProcess`."""

    def write(self, job: WriteJob, tell: Callable[[int, int], None]) -> dict[str, int]:
        """Do the job."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What does the outside work, so that it can be done otherwise.

    Attributes:
        load_many: Loads files.
        writer: Starts a writer of vectors, which is used as a context manager.
        free: Tells the free bytes of the disk that holds a folder.
    """

    load_many: LoadMany = load_many
    writer: Callable[[], AbstractContextManager[Writer]] = WriterProcess
    free: Callable[[Path], int] = free_bytes
