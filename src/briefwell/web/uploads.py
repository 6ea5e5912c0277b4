"""Taking files into the documents folder: safe names, known types, limits, nothing overwritten."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from briefwell.web.markup import size

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
LONGEST_NAME = 120
MOST_FILES = 50
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one uploaded file; `name` is empty when it was refused."""

    name: str
    message: str

    @property
    def is_taken(self) -> bool:
        """Whether the file lies in the documents folder now."""
        return bool(self.name)


def safe_name(name: str) -> str:
    """Return a file name that means one plain file in one folder, on every system.

    Folders, control characters and characters with a meaning to a shell or file system go;
    letters of every script stay. The suffix is kept in lower case.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(
        char if char.isalnum() or char in " ._-()',&+" else "-"
        for char in re.sub(r"\s", " ", last)
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    ).rstrip(" .-")
    stem, dot, suffix = plain.rpartition(".")
    is_suffix = dot and re.fullmatch("[A-Za-z0-9]{1,8}", suffix)
    stem, suffix = (stem, suffix.lower()) if is_suffix else (plain, "")
    kept = re.sub(r" +", " ", re.sub(r"-{2,}", "-", stem)).strip(" .-") or "document"
    if kept.split(".")[0].casefold() in _RESERVED:
        kept = f"{kept}-file"
    while len(f"{kept}.{suffix}".encode()) > LONGEST_NAME:
        kept = kept[:-1]
    kept = kept.rstrip(" .-") or "document"
    return f"{kept}.{suffix}" if suffix else kept


def take_in(files: Sequence[Path], *, documents: Path, most_bytes: int) -> list[Taken]:
    """Move uploaded files into the documents folder.

    A file that is there already with the same bytes is left alone and told so; one of the same
    name with other bytes is kept beside it under a new name. The uploaded copies are removed.

    Args:
        files: Where the uploads lie now.
        documents: The documents folder; made when it is missing.
        most_bytes: Largest file that is taken.
    """
    taken = []
    for at, file in enumerate(files):
        try:
            if at >= MOST_FILES:
                message = f"Not added: “{file.name}”. At most {MOST_FILES} files at a time."
                taken.append(Taken(name="", message=message))
            else:
                taken.append(_take(file, documents, most_bytes))
        except OSError as error:
            message = f"Not added: “{file.name}” could not be written ({error.strerror or error})."
            taken.append(Taken(name="", message=message))
        finally:
            file.unlink(missing_ok=True)
    return taken


def _take(file: Path, documents: Path, most_bytes: int) -> Taken:
    name = safe_name(file.name)
    if Path(name).suffix not in SUFFIXES:
        kinds = ", ".join(suffix.removeprefix(".").upper() for suffix in SUFFIXES)
        return Taken(name="", message=f"Not added: “{name}”. Briefwell reads {kinds} files.")
    length = file.stat().st_size
    if not length:
        return Taken(name="", message=f"Not added: “{name}” is empty.")
    if length > most_bytes:
        return Taken(
            name="",
            message=f"Not added: “{name}” has {size(length)}; {size(most_bytes)} are the most.",
        )
    documents.mkdir(parents=True, exist_ok=True)
    return _place(file, documents, name)


def _place(file: Path, documents: Path, name: str) -> Taken:
    """Give the file the first free name; a hard guarantee that nothing is overwritten."""
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(1, 1000):
        tried = name if number == 1 else f"{stem} ({number}){suffix}"
        target = documents / tried
        try:
            # O_EXCL also refuses a symbolic link that lies in wait under this name.
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            if _is_same(file, target):
                return Taken(name="", message=f"“{tried}” is already there, with the same content.")
            continue
        try:
            with os.fdopen(handle, "wb") as written, file.open("rb") as read:
                shutil.copyfileobj(read, written)
        except OSError:
            target.unlink(missing_ok=True)
            raise
        told = "" if number == 1 else f" A different “{name}” was there already; both are kept."
        return Taken(name=tried, message=f"Added “{tried}”.{told}")
    return Taken(name="", message=f"Not added: too many files are named “{name}”.")


def _is_same(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while piece := left.read(1 << 20):
            if piece != right.read(1 << 20):
                return False
    return True
