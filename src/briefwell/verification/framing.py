"""Framing lines: our own words from fixed templates, filled from a document's metadata alone.

A framing line asserts nothing but where the sentences after it stand.
"""

from __future__ import annotations

from briefwell.structure import heading_path_at
from briefwell.types import Block, Document, Span, Statement, Verdict


def frame_heading(document: Document, span: Span) -> Statement | None:
    """Return a line that names the heading over a place, or None when it has none.

    Args:
        document: Where the quoted sentence stands.
        span: The place of the sentence.
    """
    path = heading_path_at(document, span.start)
    if not path or path[-1] == document.title:
        return None
    return Statement(text=f"Under the heading “{path[-1]}”:", verdict=Verdict.FRAMING)


def frame_table(document: Document, block: Block) -> Statement | None:
    """Return a line that names the columns of a table, or None when it has no header."""
    if block.header is None:
        return None
    lines = block.header.cut(document.text).strip().splitlines()
    columns = [cell.strip() for cell in "".join(lines[:1]).split("|") if cell.strip()]
    if not columns:
        return None
    named = ", ".join(f"“{column}”" for column in columns)
    return Statement(text=f"In a table with the columns {named}:", verdict=Verdict.FRAMING)
