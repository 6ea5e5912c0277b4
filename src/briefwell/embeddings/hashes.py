"""SHA-256 of large files, remembered by size and time of change so that starts stay quick."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path


class HashMemory:
    """Hashes files, and remembers the hashes in one small file.

    Args:
        path: The file; None remembers nothing. A file that cannot be written is no error:
            the next process hashes again.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def sha256(self, path: Path) -> str:
        """Return the SHA-256 of the file's bytes, in hexadecimal.

        Raises:
            OSError: The file cannot be read.
        """
        found = path.resolve()
        state = found.stat()
        mark = [state.st_size, state.st_mtime_ns]
        known = self._load().get(str(found))
        if isinstance(known, list) and known[:2] == mark and isinstance(known[-1], str):
            return known[-1]
        with found.open("rb") as file:
            made = hashlib.file_digest(file, "sha256").hexdigest()
        self._remember(str(found), [*mark, made])
        return made

    def _load(self) -> dict[str, list[int | str]]:
        if self._path is None:
            return {}
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _remember(self, name: str, entry: list[int | str]) -> None:
        # Only beside a compiled model: a folder that nobody wrote to yet stays untouched.
        if self._path is None or not self._path.parent.is_dir():
            return
        with suppress(OSError):
            kept = {key: value for key, value in self._load().items() if Path(key).exists()}
            write_atomically(self._path, json.dumps({**kept, name: entry}, indent=1).encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part.

    Raises:
        OSError: The folder cannot be written.
    """
    descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(made, path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
