"""What lies in the documents folder: the files that are sources, and what is refused.

Hidden files and folders and the litter of office programs and file managers are passed over.
Everything else is either a source or is refused with a reason.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefwell.errors import ConfigError
from briefwell.types import FailedSource

_LITTER = frozenset({"thumbs.db", "desktop.ini"})
_LITTER_PREFIXES = (".", "~$")
_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that is a source.

    Attributes:
        path: POSIX path relative to the documents folder.
        root: The documents folder.
        size: In bytes, when it was looked at; likewise the next three.
    """

    path: str
    root: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @property
    def file(self) -> Path:
        """Where it lies; made when it is asked for, as most files are only looked at."""
        return Path(self.root, self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The documents folder as it was found.

    Attributes:
        files: The sources by relative path, in sorted order.
        refused: What is no source although it may look like one, with reasons.
        closed: Relative paths of folders that could not be opened.
    """

    files: dict[str, SourceFile]
    refused: tuple[FailedSource, ...]
    closed: tuple[str, ...]


def scan(documents: Path, *, index: Path) -> Folder:
    """Look at everything in the documents folder; no file is opened.

    Args:
        documents: The folder of sources.
        index: The index folder; it is passed over when it lies inside.

    Raises:
        ConfigError: There is no such folder, or it cannot be opened.
    """
    require_folder(documents)
    walk = _Walk(documents, index)
    files = {found.path: found for found in walk.files()}
    return Folder(
        files={path: files[path] for path in sorted(files)},
        refused=tuple(sorted(walk.refused, key=lambda item: item.source)),
        closed=tuple(sorted(walk.closed)),
    )


def require_folder(documents: Path) -> None:
    """Refuse a documents folder that is not there or cannot be opened.

    Raises:
        ConfigError: Nothing is there, or it is no folder, or it does not let us in.
    """
    try:
        os.scandir(documents).close()
    except OSError as error:
        what = "is no folder" if isinstance(error, NotADirectoryError) else "cannot be opened"
        problem = (
            f"There is no documents folder {str(documents)!r}."
            if isinstance(error, FileNotFoundError)
            else f"The documents folder {str(documents)!r} {what}: {error.strerror}."
        )
        raise ConfigError(
            problem, "Make the folder and put documents into it, or name one with --documents."
        ) from error


def hash_file(file: Path, *, most: int) -> str:
    """Return the SHA-256 of a file's bytes, of at most `most` of them, in hexadecimal.

    Raises:
        OSError: The file cannot be read.
    """
    digest = hashlib.sha256()
    with open(file, "rb") as stream:
        while most > 0 and (block := stream.read(min(_READ_BYTES, most))):
            digest.update(block)
            most -= len(block)
    return digest.hexdigest()


def unreadable(path: str, error: OSError) -> FailedSource:
    """Return the failure of a file that the system does not let us read."""
    return FailedSource(
        source=path,
        reason=f"It cannot be opened: {error.strerror or error}.",
        remedy="Give this user the right to read it.",
    )


def printable_path(path: str) -> str:
    """Return a path that can be stored and shown, even when its bytes are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class _Walk:
    def __init__(self, documents: Path, index: Path) -> None:
        self._root = documents
        self._folder = str(documents)
        self._real_root = os.path.realpath(documents)
        self._real_index = os.path.realpath(index)
        self.refused: list[FailedSource] = []
        self.closed: list[str] = []

    def files(self) -> Iterator[SourceFile]:
        pending = [("", self._root)]
        while pending:
            prefix, folder = pending.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except FileNotFoundError:
                continue
            except OSError as error:
                self.closed.append(prefix.rstrip("/"))
                self._refuse(prefix, f"The folder cannot be opened: {error.strerror}.", _RIGHTS)
                continue
            for entry in entries:
                path = prefix + entry.name
                if is_litter(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if os.path.realpath(entry.path) != self._real_index:
                        pending.append((path + "/", Path(entry.path)))
                    continue
                found = self._file(path, entry)
                if found is not None:
                    yield found

    def _file(self, path: str, entry: os.DirEntry[str]) -> SourceFile | None:
        if path != printable_path(path):
            self._refuse(path, "The file's name is not valid UTF-8.", "Rename the file.")
            return None
        try:
            if entry.is_symlink() and not self._is_inside(entry.path):
                self._refuse(path, "It is a link that leads out of the documents folder.", _COPY)
                return None
            found = entry.stat()
        except FileNotFoundError:
            if os.path.lexists(entry.path):
                self._refuse(path, "It is a link that leads nowhere.", "Remove the link.")
            return None
        except OSError as error:
            self._refuse(path, f"It cannot be looked at: {error.strerror}.", _COPY)
            return None
        if stat.S_ISDIR(found.st_mode):
            # The folder it leads to lies inside, and is walked where it lies.
            return None
        if not stat.S_ISREG(found.st_mode):
            self._refuse(path, "It is a device, a pipe or a socket, not a file.", "Remove it.")
            return None
        return SourceFile(
            path=path,
            root=self._folder,
            size=found.st_size,
            mtime_ns=found.st_mtime_ns,
            ctime_ns=found.st_ctime_ns,
            inode=found.st_ino,
        )

    def _is_inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        return os.path.commonpath([real, self._real_root]) == self._real_root

    def _refuse(self, path: str, reason: str, remedy: str) -> None:
        shown = printable_path(path.rstrip("/")) or "."
        self.refused.append(FailedSource(source=shown, reason=reason, remedy=remedy))


_COPY = "Put a copy of the file into the folder."
_RIGHTS = "Give this user the right to open it."


def is_litter(name: str) -> bool:
    """Tell whether a file or folder of this name is passed over."""
    return name.startswith(_LITTER_PREFIXES) or name.lower() in _LITTER
