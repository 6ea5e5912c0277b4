"""Vector generations: where they lie, who holds them, how they are copied and removed.

A generation is written once, before it is published, and never again. Readers hold a shared
lock on the one they use; what nobody holds and nothing names is removed.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from briefwell.errors import IndexNotWritable
from briefwell.storage.locks import FileLock, find_exclusive, find_shared
from briefwell.storage.vectors import (
    DATABASE,
    VectorCollection,
    VectorsUnavailable,
    drop_server_collection,
    server_collections,
)

CHROMA = "chroma"
_NAME = re.compile(r"g(\d+)(?:\.lock|\.damaged)?")
_RESERVE_BYTES = 32_000_000
_BYTES_PER_NUMBER = 8
"""Room a new vector takes for each of its numbers: graph, log and database included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorPlace:
    """Where the vector generations of one index lie.

    Attributes:
        index: The index folder.
        url: Address of a Chroma server; None for the folder `chroma/` of the index.
        index_id: Tells this index' collections on a shared server from others'.
        timeout: Seconds to wait for the server.
    """

    index: Path
    url: str | None = None
    index_id: str = ""
    timeout: float = 5.0

    @property
    def kind(self) -> str:
        """`embedded` or `server`."""
        return "embedded" if self.url is None else "server"

    def folder(self, generation: int) -> Path:
        """Return the folder of an embedded generation."""
        return self.index / CHROMA / f"g{generation}"

    def name(self, generation: int) -> str:
        """Return the name of a generation's collection on a server."""
        return f"briefwell-{self.index_id}-g{generation}"

    def open(self, generation: int, *, create: bool = False) -> VectorCollection:
        """Open a generation's collection.

        Raises:
            VectorsUnavailable: It is not there or cannot be read.
        """
        if self.url is not None:
            return VectorCollection.open_server(
                self.url, self.name(generation), timeout=self.timeout, create=create
            )
        folder = self.folder(generation)
        if not create and not folder.is_dir():
            raise VectorsUnavailable(f"There is no folder {folder.name!r}.")
        return VectorCollection.open_embedded(folder, create=create)

    def hold(self, generation: int) -> FileLock | None:
        """Hold a generation so that it is not removed; None when it is gone already."""
        return find_shared(self._lock_path(generation))

    def prepare(self, generation: int) -> None:
        """Make the folders and the lock file of a generation that is to be written."""
        (self.index / CHROMA).mkdir(parents=True, exist_ok=True)
        self._lock_path(generation).touch()

    def mark_damaged(self, generation: int) -> None:
        """Leave word for the next `reindex` that a generation cannot be read."""
        self._damage_path(generation).touch()

    def is_damaged(self, generation: int, files: dict[str, int] | None) -> bool:
        """Tell whether a generation has to be made anew.

        Args:
            generation: Its number.
            files: Names and sizes of its files when it was published; None if unknown.
        """
        if self._damage_path(generation).exists():
            return True
        if self.url is not None or files is None:
            return False
        is_there = (self.folder(generation) / DATABASE).is_file()
        return not is_there or self.files(generation) != files

    def files(self, generation: int) -> dict[str, int]:
        """Return names and sizes of an embedded generation's files, its database aside.

        Chroma writes to its database whenever it opens it; all others stay as they are.
        """
        folder = self.folder(generation)
        return {
            path.relative_to(folder).as_posix(): path.stat().st_size
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith(DATABASE)
        }

    def size(self, generation: int) -> int:
        """Return the bytes an embedded generation takes; 0 when it is not there."""
        folder = self.folder(generation)
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    def numbers(self) -> list[int]:
        """Return the numbers of all generations that have left a trace in the index folder."""
        folder = self.index / CHROMA
        names = os.listdir(folder) if folder.is_dir() else []
        found = (_NAME.fullmatch(name) for name in names)
        return sorted({int(match.group(1)) for match in found if match})

    def sweep(self, keep: int, *, is_server_spared: bool = False) -> list[int]:
        """Remove every generation that nobody holds, but not `keep`.

        Args:
            keep: The live generation; 0 keeps none.
            is_server_spared: Whether what lies on a server stays, as other machines may still
                answer from it.

        Returns:
            The generations that are still held, to be removed later.
        """
        held = [number for number in self.numbers() if number != keep and not self._remove(number)]
        if self.url is not None and not is_server_spared:
            self._sweep_server(keep)
        return held

    def _remove(self, generation: int) -> bool:
        lock = find_exclusive(self._lock_path(generation))
        if lock is None:
            return False
        with lock:
            if self.folder(generation).exists():
                shutil.rmtree(self.folder(generation))
            self._damage_path(generation).unlink(missing_ok=True)
            self._lock_path(generation).unlink(missing_ok=True)
        return True

    def _sweep_server(self, keep: int) -> None:
        """Drop old collections; the one before `keep` may still be answering elsewhere."""
        assert self.url is not None
        mine = re.compile(re.escape(f"briefwell-{self.index_id}-g") + r"(\d+)")
        for name in server_collections(self.url, timeout=self.timeout):
            match = mine.fullmatch(name)
            if match and int(match.group(1)) not in (keep, keep - 1):
                drop_server_collection(self.url, name, timeout=self.timeout)

    def _lock_path(self, generation: int) -> Path:
        return self.index / CHROMA / f"g{generation}.lock"

    def _damage_path(self, generation: int) -> Path:
        return self.index / CHROMA / f"g{generation}.damaged"


def copy_generation(source: Path, target: Path, step: Callable[[], None] = lambda: None) -> None:
    """Copy a whole embedded generation while readers have it open.

    The database goes through SQLite's own backup, because an opening reader may be writing
    to it; the other files never change. `step` is called after each file.
    """

    def copy_file(one: str, other: str) -> str:
        copied = shutil.copyfile(one, other)
        step()
        return copied

    shutil.copytree(
        source,
        target,
        copy_function=copy_file,
        ignore=lambda _, names: [name for name in names if name.startswith(DATABASE)],
    )
    uri = (source / DATABASE).absolute().as_uri() + "?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=30)) as live,
        closing(sqlite3.connect(target / DATABASE)) as copy,
    ):
        live.backup(copy)
    step()


def flush_to_disk(folder: Path, step: Callable[[], None] = lambda: None) -> None:
    """Wait until everything in a folder has reached the disk; `step` is called for each file."""
    for path in [folder, *sorted(folder.rglob("*"))]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        step()


def free_bytes(index: Path) -> int:
    """Return the free bytes on the disk that holds the index."""
    return shutil.disk_usage(index).free


def require_room(
    index: Path,
    *,
    copied: int,
    vectors: int,
    dimension: int,
    free: Callable[[Path], int] = free_bytes,
) -> None:
    """Check, before anything is written, that a new generation will fit on the disk.

    Args:
        index: The index folder.
        copied: Bytes of the generation that is copied.
        vectors: How many vectors come on top of it.
        dimension: Numbers of one vector.
        free: Tells the free bytes of the disk.

    Raises:
        IndexNotWritable: There is too little room.
    """
    needed = copied + vectors * dimension * _BYTES_PER_NUMBER + _RESERVE_BYTES
    there = free(index)
    if there < needed:
        raise IndexNotWritable(
            f"The disk that holds the index {str(index)!r} has {there / 1e6:,.0f} MB free; "
            f"the new vectors need {needed / 1e6:,.0f} MB.",
            "Free some space, then run `briefwell reindex`; the previous state still answers.",
        )
