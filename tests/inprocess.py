"""The outside parts of a `reindex`, done in this process: real loaders, real Chroma, no waiting."""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from briefwell.config import Settings
from briefwell.errors import LoadError
from briefwell.indexing import Parts, Progress, reindex
from briefwell.loaders import Limits, load
from briefwell.loaders.worker import LoadJob
from briefwell.storage.writer import WriteJob, write_generation
from briefwell.storage.writing import WriterProcess
from briefwell.types import Document, IndexReport
from doubles import HashEmbedder

_NOBODY = 65534
_M_PERTURB = -6


class CountingLoader:
    """Loads in this process; `sources` names what was parsed, `errors` what is to fail."""

    def __init__(self) -> None:
        self.sources: list[str] = []
        self.errors: dict[str, LoadError] = {}

    def __call__(
        self, jobs: Iterable[LoadJob], *, limits: Limits, workers: int
    ) -> Iterator[tuple[LoadJob, Document | LoadError]]:
        for job in jobs:
            self.sources.append(job.source)
            if job.source in self.errors:
                yield job, self.errors[job.source]
                continue
            try:
                yield job, load(job.path, source=job.source, limits=limits)
            except LoadError as error:
                yield job, error


class LocalWriter:
    """Writes vectors in this process, in blank memory; `jobs` keeps what was written."""

    def __init__(self) -> None:
        self.jobs: list[WriteJob] = []

    def write(self, job: WriteJob, tell: Callable[[int, int], None]) -> dict[str, int]:
        self.jobs.append(job)
        # As for the process that does it elsewhere: this one's memory is full of words.
        allocator = ctypes.CDLL(None)
        allocator.mallopt(_M_PERTURB, 255)
        try:
            return write_generation(job, tell)
        finally:
            allocator.mallopt(_M_PERTURB, 0)

    @contextmanager
    def start(self) -> Iterator[LocalWriter]:
        yield self


class WriterApart(LocalWriter):
    """Writes vectors in a process of its own, as it is done outside of tests."""

    def write(self, job: WriteJob, tell: Callable[[int, int], None]) -> dict[str, int]:
        self.jobs.append(job)
        with WriterProcess() as process:
            return process.write(job, tell)


class Bench:
    """A documents folder and its index, reindexed in this process."""

    def __init__(self, folder: Path, *, embedder: HashEmbedder | None = None) -> None:
        self.documents = folder / "documents"
        self.index = folder / "index"
        self.documents.mkdir(parents=True, exist_ok=True)
        self.embedder = embedder or HashEmbedder()
        self.loader = CountingLoader()
        self.writer = LocalWriter()
        self.settings = Settings()

    def write(self, name: str, text: str) -> Path:
        path = self.documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def reindex(
        self,
        *,
        dry_run: bool = False,
        rebuild: bool = False,
        progress: Callable[[Progress], None] | None = None,
        free: Callable[[Path], int] | None = None,
    ) -> IndexReport:
        """Reindex; `loader.sources` and `writer.jobs` start anew, `embedder` goes on counting."""
        self.loader.sources.clear()
        self.writer.jobs.clear()
        parts = Parts(load_many=self.loader, writer=self.writer.start)
        if free is not None:
            parts = Parts(load_many=self.loader, writer=self.writer.start, free=free)
        return reindex(
            self.documents,
            self.index,
            settings=self.settings,
            embedder=self.embedder,
            dry_run=dry_run,
            rebuild=rebuild,
            progress=progress,
            parts=parts,
        )


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Run the block as a user who is not the superuser, and who may look into `folder`."""
    if os.geteuid() != 0:
        yield
        return
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == 0 and parent != Path(parent.anchor):
            parent.chmod(parent.stat().st_mode | 0o055)
        if parent == Path(tempfile.gettempdir()):
            break
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
