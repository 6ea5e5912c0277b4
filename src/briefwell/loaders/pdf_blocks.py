"""Makes paragraphs, headings, list items and tables of the rows of a PDF page."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefwell.loaders.bylines import labelled_author
from briefwell.loaders.dates import parse_date
from briefwell.loaders.furniture import is_furniture
from briefwell.loaders.pdf_layout import Row
from briefwell.loaders.pdf_tables import runs_of, table_text
from briefwell.loaders.shape import ends_sentence, starts_small
from briefwell.types import BlockKind

_ITEM = re.compile(r"(?:[•▪●○■◦‣·–*-]|\(?\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]{1,4}\))\s+\S")
_CONTENTS = re.compile(r"(?:\.\s?){5}\s*(?:\d{1,4}|[ivxlc]{1,6})?$")
_LARGER = 1.12
_SAME_SIZE = 0.93
_LONGEST_LEADER = 60
_USUAL_LEADING = 1.1
_WIDEST_LEADING = 2.2
_PARAGRAPH_STEP = 1.3
_MOST_HEADING_ROWS = 3
_MOST_HEADING_WORDS = 22
_MOST_BOLD_WORDS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A block of one page; `size` is the height of its letters, 0 where it does not matter."""

    kind: BlockKind
    text: str
    level: int = 0
    header_lines: int = 0
    size: float = 0.0


def body_size(rows: Iterable[Row]) -> float:
    """Return the height of most of the document's letters."""
    counts: Counter[float] = Counter()
    for row in rows:
        counts[round(row.height * 2) / 2] += len(row.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def blocks_of(rows: Sequence[Row], *, body: float, leading: float) -> list[Raw]:
    """Return the blocks of a page's rows, tables among them.

    Args:
        rows: In reading order.
        body: The height of the document's usual letters.
        leading: The step from row to row, in heights of letters.
    """
    blocks: list[Raw] = []
    groups: list[list[Row]] = []
    for is_table, run in runs_of(rows):
        if is_table:
            blocks += [_block(group, body) for group in groups]
            groups = []
            text, header_lines = table_text(run)
            blocks.append(Raw(kind=BlockKind.TABLE, text=text, header_lines=header_lines))
            continue
        for row in run:
            if groups and _goes_on(groups[-1], row, leading):
                groups[-1].append(row)
            else:
                groups.append([row])
    return [*blocks, *(_block(group, body) for group in groups)]


def usual_leading(pages: Sequence[Sequence[Row]]) -> float:
    """Return the step from row to row inside a document's paragraphs, in heights of letters."""
    steps = [
        (above.y0 - below.y0) / below.height
        for rows in pages
        for above, below in pairwise(rows)
        if above.column == below.column and 0 < above.y0 - below.y0 < _WIDEST_LEADING * below.height
    ]
    return statistics.median(steps) if steps else _USUAL_LEADING


def _goes_on(group: list[Row], row: Row, leading: float) -> bool:
    """Tell whether `row` continues the block of the rows before it."""
    above = group[-1]
    if abs(above.height - row.height) > 0.1 * above.height or above.is_bold != row.is_bold:
        return _is_mixed_line(above, row)
    if _ITEM.match(row.text) or _is_contents(row) or _is_contents(above):
        return False
    if above.column != row.column:
        return not ends_sentence(above.text) and starts_small(row.text)
    step = above.y0 - row.y0
    if step <= 0 or step > _PARAGRAPH_STEP * leading * row.height:
        return False
    is_item = _ITEM.match(group[0].text) is not None
    width = max(item.x1 for item in group) - min(item.x0 for item in group)
    if is_item and row.x0 < group[0].x0 - row.height:
        return False
    if (
        len(group) > 1
        and not is_item
        and row.x0 > above.x0 + row.height
        and (ends_sentence(above.text))
    ):
        return False
    is_short = above.x1 < group[0].x0 + 0.75 * width
    return not (ends_sentence(above.text) and is_short and not starts_small(row.text))


def _is_contents(row: Row) -> bool:
    """Tell whether a row is an entry of a table of contents: dots that lead to a page."""
    return _CONTENTS.search(row.text[-_LONGEST_LEADER:]) is not None


def _is_mixed_line(above: Row, row: Row) -> bool:
    """Tell whether a change of type falls inside a sentence, as at a bold term."""
    return (
        above.column == row.column
        and not ends_sentence(above.text)
        and starts_small(row.text)
        and 0 < above.y0 - row.y0 < 2 * row.height
    )


def _block(group: list[Row], body: float) -> Raw:
    text = "\n".join(row.text for row in group)
    size = round(statistics.median(row.height for row in group) * 2) / 2
    is_bold = all(row.is_bold for row in group)
    if is_furniture(text) or _is_contents(group[0]):
        return Raw(kind=BlockKind.FURNITURE, text=text)
    if _is_heading(group, text, size, body, is_bold=is_bold):
        return Raw(kind=BlockKind.HEADING, text=text, size=size)
    if _ITEM.match(text):
        return Raw(kind=BlockKind.LIST_ITEM, text=text, level=1)
    return Raw(kind=BlockKind.PARAGRAPH, text=text, size=size)


def _is_heading(group: list[Row], text: str, size: float, body: float, *, is_bold: bool) -> bool:
    words = len(text.split())
    if len(group) > _MOST_HEADING_ROWS or not any(char.isalpha() for char in text):
        return False
    if ends_sentence(text) and not text.endswith((":", "?")) or starts_small(text):
        return False
    if parse_date(text) or labelled_author(text):
        return False
    if size >= _LARGER * body:
        return words <= _MOST_HEADING_WORDS
    return is_bold and words <= _MOST_BOLD_WORDS and size >= 0.9 * body and not text.endswith(":")


def levelled(pages: Sequence[Sequence[Raw]]) -> list[list[Raw]]:
    """Return the blocks with headings given levels by the size of their letters, largest first."""
    level: dict[float, int] = {}
    largest = 0.0
    sizes = {raw.size for page in pages for raw in page if raw.kind is BlockKind.HEADING}
    for size in sorted(sizes, reverse=True):
        # Sizes that hardly differ are one level.
        is_new = size < _SAME_SIZE * largest or not level
        largest = size if is_new else largest
        level[size] = min(6, len(set(level.values())) + is_new)
    return [
        [
            replace(raw, level=level[raw.size]) if raw.kind is BlockKind.HEADING else raw
            for raw in page
        ]
        for page in pages
    ]
