"""Reads a file's bytes once, safely, and says what they are."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath

from briefwell.errors import UnreadableDocument, UnsupportedFormat
from briefwell.loaders.base import Limits

PLAIN = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MEDIA_TYPES = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
}
"""Suffixes, in small letters, of the formats that have a loader."""

_NAMES = {PDF: "a PDF", DOCX: "a Word document", HTML: "a web page"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a zip archive or an office document", ".docx"),
    (_OLE, "an old or encrypted office document", ""),
    (b"\x89PNG\r\n", "an image", ""),
    (b"\xff\xd8\xff", "an image", ""),
    (b"GIF87a", "an image", ""),
    (b"GIF89a", "an image", ""),
    (b"{\\rtf", "a rich text document", ""),
    (b"\x1f\x8b\x08", "a packed file", ""),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90\x00", "a program", ""),
    (b"SQLite format 3\x00", "a database", ""),
)
_HEAD = 1024


def media_type(path: Path | PurePosixPath) -> str | None:
    """Return the media type that the name of `path` promises; None when there is no loader."""
    return MEDIA_TYPES.get(path.suffix.lower())


def read_bytes(path: Path, *, limits: Limits) -> bytes:
    """Return the bytes of a regular file, read once.

    Raises:
        UnreadableDocument: It is no regular file, cannot be opened, is empty or too large.
    """
    handle = _open(path)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableDocument(
            "This is not an ordinary file (a pipe, a device or a folder).",
            "Remove it from the documents folder.",
        )
    with os.fdopen(handle, "rb") as stream:
        try:
            data = stream.read(limits.file_bytes + 1)
        except OSError as error:
            raise UnreadableDocument(
                f"The file cannot be read: {error.strerror or error}.",
                "Check the disk, or put a fresh copy of the file in its place.",
                retryable=True,
            ) from error
    if len(data) > limits.file_bytes:
        raise UnreadableDocument(
            f"The file is larger than {limits.file_bytes:,} bytes.",
            "Split it into smaller files, or raise max_file_bytes.",
        )
    if not data.strip(b" \t\r\n\x0b\x0c"):
        raise UnreadableDocument("The file is empty.", "Remove it, or put text into it.")
    return data


def _open(path: Path) -> int:
    try:
        # O_NONBLOCK: opening a FIFO that nobody writes to would otherwise wait for ever.
        return os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _binary())
    except PermissionError:
        raise UnreadableDocument(
            "There is no permission to read this file.",
            "Allow reading it, then reindex.",
            retryable=True,
        ) from None
    except FileNotFoundError:
        raise UnreadableDocument(
            "The file is no longer there.",
            "Put it back, or reindex without it.",
            retryable=True,
        ) from None
    except OSError as error:
        raise UnreadableDocument(
            f"The file cannot be opened: {error.strerror or error}.",
            "Check that it is an ordinary file that can be read.",
            retryable=True,
        ) from error


def _binary() -> int:
    return getattr(os, "O_BINARY", 0)


def check_content(data: bytes, promised: str) -> None:
    """Refuse bytes that are plainly not what the file's name promises.

    Raises:
        UnreadableDocument: The content is of another format.
        UnsupportedFormat: The content is of a format without a loader.
    """
    head = data[:_HEAD]
    if promised == PDF and b"%PDF-" not in head:
        raise _mismatch(head, "a PDF")
    if promised == DOCX and not head.startswith(b"PK"):
        if head.startswith(_OLE):
            raise UnreadableDocument(
                "This Word document is locked with a password, or is in the old .doc format.",
                "Save it as .docx without a password, then reindex.",
            )
        raise _mismatch(head, "a Word document")
    if promised not in (PDF, DOCX):
        for signature, _, _ in _SIGNATURES:
            if head.startswith(signature):
                raise _mismatch(head, _NAMES.get(promised, "a text file"))


def _mismatch(head: bytes, promised: str) -> UnreadableDocument | UnsupportedFormat:
    for signature, name, suffix in _SIGNATURES:
        if head.startswith(signature):
            problem = f"The name says this is {promised}, but it holds {name}."
            if suffix:
                return UnreadableDocument(problem, f"Rename the file to end in {suffix}.")
            return UnsupportedFormat(problem, "Save it as PDF, DOCX or text, then reindex.")
    return UnreadableDocument(
        f"The name says this is {promised}, but its content is something else or damaged.",
        "Open it in its own program and save it again, or correct the file's ending.",
    )
