"""Loaders: each turns one source into a document, with a span for everything."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path, PurePosixPath
from typing import Protocol

from briefwell.errors import LoadError, UnreadableDocument, UnsupportedFormat
from briefwell.loaders.base import Limits, Parsed, check_blocks
from briefwell.loaders.describe import described
from briefwell.loaders.reading import (
    DOCX,
    HTML,
    MARKDOWN,
    MEDIA_TYPES,
    PDF,
    PLAIN,
    check_content,
    media_type,
    read_bytes,
)
from briefwell.types import BlockKind, Document, Source

__all__ = ["LOADER_VERSION", "Limits", "document_id", "load", "media_type"]

LOADER_VERSION = 2
"""Part of the index fingerprint: raise it when any loader's text or blocks change."""

_MODULES = {PLAIN: "plain", MARKDOWN: "markdown", HTML: "html", PDF: "pdf", DOCX: "docx"}


class _Format(Protocol):
    def parse(self, data: bytes, *, limits: Limits) -> Parsed: ...


def document_id(source: str) -> str:
    """Return the id of the document at the relative POSIX path `source`: 32 hex digits."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def load(path: Path, *, source: str, limits: Limits | None = None) -> Document:
    """Turn the file at `path` into a document.

    The bytes are read once; hash, size and text are of the same bytes. Nothing a document
    points to is fetched or followed.

    Args:
        path: The file.
        source: Its POSIX path relative to the documents folder; its ending tells the format.
        limits: What loading may cost; time and memory are only enforced by `load_many`.

    Raises:
        UnsupportedFormat: No loader reads files of this kind.
        UnreadableDocument: The file cannot be read, with the reason.
    """
    limits = limits or Limits()
    try:
        return _load(path, source, limits)
    except LoadError as error:
        error.path = source
        raise
    except RecursionError:
        raise UnreadableDocument(
            "The document is nested too deeply.",
            "Simplify it, or save it in another format.",
            path=source,
        ) from None


def _load(path: Path, source: str, limits: Limits) -> Document:
    promised = media_type(PurePosixPath(source))
    if promised is None:
        suffix = PurePosixPath(source).suffix or "(no ending)"
        raise UnsupportedFormat(
            f"There is no loader for files that end in {suffix}.",
            f"Save it as one of {', '.join(sorted(MEDIA_TYPES))}.",
        )
    data = read_bytes(path, limits=limits)
    check_content(data, promised)
    # Each format brings a library of its own, and only the one in hand is wanted.
    module: _Format = importlib.import_module(f"{__name__}.{_MODULES[promised]}")
    parsed = module.parse(data, limits=limits)
    check_blocks(parsed.text, parsed.blocks)
    if all(block.kind is BlockKind.FURNITURE for block in parsed.blocks):
        raise UnreadableDocument(
            "The document has no text that could be quoted.",
            "Remove it, or replace it with a version that has text.",
        )
    title, metadata = described(parsed, source)
    return Document(
        id=document_id(source),
        source=Source(
            path=source,
            media_type=promised,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
        ),
        title=title,
        text=parsed.text,
        blocks=parsed.blocks,
        pages=parsed.pages,
        metadata=metadata,
    )
