"""Documents and chunks as rows of the manifest, and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from functools import lru_cache
from typing import Any

from briefwell.types import (
    Block,
    BlockKind,
    Chunk,
    Document,
    Metadata,
    Origin,
    Page,
    Source,
    Span,
)

_TEXT_ERRORS = "surrogatepass"


def text_hash(text: str) -> str:
    """Return the SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", _TEXT_ERRORS)).hexdigest()


def pack_text(text: str) -> bytes:
    """Return a canonical text as it is stored."""
    return zlib.compress(text.encode("utf-8", _TEXT_ERRORS), level=6)


def unpack_text(stored: bytes) -> str:
    """Return a canonical text as it was packed."""
    return zlib.decompress(stored).decode("utf-8", _TEXT_ERRORS)


def document_row(document: Document, *, load_recipe: str, cut_recipe: str) -> dict[str, Any]:
    """Return a document's columns by name.

    Args:
        document: As it was loaded.
        load_recipe: Fingerprint of what decided its text.
        cut_recipe: Fingerprint of what decided its chunks.
    """
    source, metadata = document.source, document.metadata
    return {
        "id": document.id,
        "path": source.path,
        "media_type": source.media_type,
        "sha256": source.sha256,
        "size": source.size,
        "title": document.title,
        "title_origin": metadata.title_origin.value,
        "author": metadata.author,
        "author_origin": _value(metadata.author_origin),
        "date": metadata.date,
        "date_origin": _value(metadata.date_origin),
        "language": metadata.language,
        "characters": len(document.text),
        "text": pack_text(document.text),
        "text_sha256": text_hash(document.text),
        "structure": _pack_structure(document),
        "page_count": len(document.pages),
        "load_recipe": load_recipe,
        "cut_recipe": cut_recipe,
    }


def document_from(row: sqlite3.Row) -> Document:
    """Return the document a row was made from, equal to the one that was stored."""
    blocks, pages = _unpack_structure(row["structure"])
    return Document(
        id=row["id"],
        source=Source(
            path=row["path"],
            media_type=row["media_type"],
            sha256=row["sha256"],
            size=row["size"],
        ),
        title=row["title"],
        text=unpack_text(row["text"]),
        blocks=blocks,
        pages=pages,
        metadata=Metadata(
            title_origin=Origin(row["title_origin"]),
            author=row["author"],
            author_origin=_origin(row["author_origin"]),
            date=row["date"],
            date_origin=_origin(row["date_origin"]),
            language=row["language"],
        ),
    )


def chunk_row(chunk: Chunk, *, vector_key: bytes) -> dict[str, Any]:
    """Return a chunk's columns by name; an embedding text that ends in the text is stored once."""
    is_whole = not chunk.embedding_text.endswith(chunk.text)
    lead = chunk.embedding_text
    return {
        "id": chunk.id,
        "document_id": chunk.document_id,
        "ordinal": chunk.ordinal,
        "span_start": chunk.span.start,
        "span_end": chunk.span.end,
        "text": chunk.text,
        "lead": lead if is_whole else lead[: len(lead) - len(chunk.text)],
        "is_lead_whole": int(is_whole),
        "heading_path": json.dumps(chunk.heading_path, ensure_ascii=False),
        "page_numbers": json.dumps(chunk.page_numbers),
        "vector_key": vector_key,
    }


def chunk_from(row: sqlite3.Row) -> Chunk:
    """Return the chunk a row was made from."""
    return Chunk(
        id=row["id"],
        document_id=row["document_id"],
        ordinal=row["ordinal"],
        span=Span(start=row["span_start"], end=row["span_end"]),
        text=row["text"],
        embedding_text=embedding_text(row),
        heading_path=_unpack_list(row["heading_path"]),
        page_numbers=_unpack_list(row["page_numbers"]),
    )


@lru_cache(maxsize=1024)
def _unpack_list(stored: str) -> tuple[Any, ...]:
    """Return a stored list; chunks of one section all have the same."""
    return tuple(json.loads(stored))


def embedding_text(row: sqlite3.Row) -> str:
    """Return what is embedded for the chunk of a row."""
    return str(row["lead"]) if row["is_lead_whole"] else str(row["lead"]) + str(row["text"])


def _value(origin: Origin | None) -> str | None:
    return None if origin is None else origin.value


def _origin(value: str | None) -> Origin | None:
    return None if value is None else Origin(value)


def _pack_structure(document: Document) -> bytes:
    blocks = [
        [
            block.kind.value,
            block.span.start,
            block.span.end,
            block.level,
            None if block.header is None else [block.header.start, block.header.end],
        ]
        for block in document.blocks
    ]
    pages = [[page.number, page.span.start, page.span.end] for page in document.pages]
    return zlib.compress(json.dumps([blocks, pages], separators=(",", ":")).encode())


def _unpack_structure(stored: bytes) -> tuple[tuple[Block, ...], tuple[Page, ...]]:
    blocks, pages = json.loads(zlib.decompress(stored))
    return (
        tuple(
            Block(
                kind=BlockKind(kind),
                span=Span(start=start, end=end),
                level=level,
                header=None if header is None else Span(start=header[0], end=header[1]),
            )
            for kind, start, end, level, header in blocks
        ),
        tuple(Page(number=number, span=Span(start=start, end=end)) for number, start, end in pages),
    )
