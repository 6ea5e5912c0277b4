"""What all loaders share: limits, the parsed form, and a builder that never loses an offset."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefwell.config import Settings
from briefwell.errors import InternalError, UnreadableDocument
from briefwell.types import Block, BlockKind, Origin, Page, Span

_SEPARATOR = "\n\n"
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What loading one source may cost; beyond any of these it fails with a reason.

    Attributes:
        file_bytes: Largest file that is read.
        characters: Most characters of canonical text.
        pages: Most pages.
        seconds: Most wall-clock seconds.
        memory_bytes: Most address space of the loading process.
        decompressed_bytes: Most bytes a packed file may unpack to.

    Nesting is bounded by the parsers themselves: 2,048 levels of HTML, 256 of XML.
    """

    file_bytes: int = 200_000_000
    characters: int = 20_000_000
    pages: int = 5_000
    seconds: float = 120.0
    memory_bytes: int = 2_000_000_000
    decompressed_bytes: int = 500_000_000

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Return the limits that `settings` choose."""
        return cls(
            file_bytes=settings.max_file_bytes,
            characters=settings.max_characters,
            pages=settings.max_pages,
            seconds=settings.load_seconds,
            memory_bytes=settings.load_memory_bytes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece of metadata and where it was found."""

    value: str
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a format's parser makes of a file's bytes.

    Attributes:
        text: The canonical text.
        blocks: In order, without overlap, only white space between them.
        title: From front matter, file metadata or markup; None leaves it to the text.
        author: Likewise.
        date: Likewise, ISO 8601, whole or partial.
        language: What the file declares, ISO 639-1.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    title: Found | None = None
    author: Found | None = None
    date: Found | None = None
    language: str | None = None


class DocumentBuilder:
    """Builds a canonical text block by block, for formats whose text is not the file itself.

    Blocks are set apart by a blank line. Every span counts in the text built so far.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[tuple[int, int]] = []

    @property
    def length(self) -> int:
        """Code points of text so far."""
        return self._length

    def add(
        self, kind: BlockKind, text: str, *, level: int = 0, header_lines: int = 0
    ) -> Span | None:
        """Append a block; return its span, or None when `text` is only white space.

        Args:
            kind: What the block is.
            text: Its text; white space at its ends is dropped.
            level: As in `Block`.
            header_lines: For a table, how many of its first lines are column headings.

        Raises:
            UnreadableDocument: The document is longer than the limit.
        """
        text = _INVISIBLE.sub("", _CONTROL.sub(" ", storable(text))).strip()
        if not text:
            return None
        if self._parts:
            self._parts.append(_SEPARATOR)
            self._length += len(_SEPARATOR)
        span = Span(start=self._length, end=self._length + len(text))
        check_length(span.end, self._limits)
        header = None
        if header_lines:
            head = "\n".join(text.split("\n")[:header_lines])
            header = Span(start=span.start, end=span.start + len(head))
        self._parts.append(text)
        self._length = span.end
        self._blocks.append(Block(kind=kind, span=span, level=level, header=header))
        return span

    def begin_page(self, number: int, *, at: int | None = None) -> None:
        """Let page `number` begin at offset `at`, or with the next block."""
        start = self._length + (len(_SEPARATOR) if self._parts else 0) if at is None else at
        self._pages.append((number, start))

    def finish(self) -> tuple[str, tuple[Block, ...], tuple[Page, ...]]:
        """Return the text, its blocks and its pages."""
        starts = [min(start, self._length) for _, start in self._pages]
        ends = [*starts[1:], self._length][: len(starts)]
        pages = tuple(
            Page(number=number, span=Span(start=start, end=max(start, end)))
            for (number, _), start, end in zip(self._pages, starts, ends, strict=True)
        )
        return "".join(self._parts), tuple(self._blocks), pages


def check_length(length: int, limits: Limits) -> None:
    """Refuse a text longer than the limit.

    Raises:
        UnreadableDocument: If it is.
    """
    if length > limits.characters:
        raise UnreadableDocument(
            f"The document has more than {limits.characters:,} characters.",
            "Split it into smaller files, or raise max_characters.",
        )


def check_blocks(text: str, blocks: Iterable[Block]) -> None:
    """Prove the block rule: in order, no overlap, none empty, white space between.

    Raises:
        InternalError: A loader broke it.
    """
    end = 0
    for block in blocks:
        gap = text[end : block.span.start]
        if block.span.start < end or not len(block.span) or gap.strip():
            raise InternalError(f"The block at {block.span} does not follow the one before.")
        end = block.span.end
    if text[end:].strip() or end > len(text):
        raise InternalError(f"The text from {end} on belongs to no block.")


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return `[start, end)` without white space at its ends; None when nothing is left."""
    piece = text[start:end]
    ink = piece.strip()
    if not ink:
        return None
    start += len(piece) - len(piece.lstrip())
    return Span(start=start, end=start + len(ink))


def with_gaps_covered(text: str, blocks: Iterable[Block], kind: BlockKind) -> tuple[Block, ...]:
    """Return `blocks` with a block of `kind` wherever non-white text belongs to none."""
    covered: list[Block] = []
    end = 0
    for block in blocks:
        gap = trimmed(text, end, block.span.start)
        if gap:
            covered.append(Block(kind=kind, span=gap))
        covered.append(block)
        end = block.span.end
    gap = trimmed(text, end, len(text))
    if gap:
        covered.append(Block(kind=kind, span=gap))
    return tuple(covered)


_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """Return `text` with lone surrogates replaced by U+FFFD: they have no UTF-8 form."""
    return _SURROGATE.sub("\ufffd", text)


_NEWLINE = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of a text with their places; a line ends at LF, CR LF or CR."""

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = [(match.start(), match.end()) for match in _NEWLINE.finditer(text)]
        self.starts = [0, *(end for _, end in breaks)]
        self.ends = [*(start for start, _ in breaks), len(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def span(self, first: int, last: int) -> Span | None:
        """Return lines `[first, last)` without white space at the ends; None when blank."""
        last = min(last, len(self))
        if first >= last:
            return None
        return trimmed(self.text, self.starts[first], self.ends[last - 1])

    def number(self, offset: int) -> int:
        """Return the line, from 0, in which `offset` stands."""
        return bisect.bisect_right(self.starts, offset) - 1
