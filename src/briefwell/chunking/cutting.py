"""A document becomes chunks."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from briefwell.chunking.arranging import arrange
from briefwell.chunking.measure import Measure
from briefwell.chunking.pieces import Piece, pieces
from briefwell.errors import InternalError
from briefwell.protocols import TokenCounter
from briefwell.structure import heading_path_at, pages_at, sentences
from briefwell.types import BlockKind, Chunk, Document, Origin, Span

CHUNKER_VERSION = 2
"""Part of the index fingerprint: raise it when `cut` gives other chunks or embedding texts."""

_LETTER = re.compile(r"\w")
_SURE = 0.8
_TRIES = (1.0, 0.75, 0.5, 0.25, 0.1)


def cut(
    document: Document,
    *,
    count_tokens: TokenCounter,
    chunk_tokens: int,
    window: int,
    fingerprint: str,
) -> list[Chunk]:
    """Return the document's chunks in order, without overlap.

    All text but headings, furniture and stretches without a letter or digit is in a chunk. The
    embedding text is title, headings and, below a table's header, that header, then the text;
    a title that was only read off the file's name is left out.

    Args:
        document: What is cut.
        count_tokens: Counts as the embedding model does, special tokens not included.
        chunk_tokens: Most tokens of one chunk's text; less where the window demands it.
        window: Most tokens of an embedding text, the model's special tokens included.
        fingerprint: What decides a chunk's form; part of each chunk's id.

    Raises:
        InternalError: A text cannot be made to fit the window.
    """
    cutter = _Cutter(document, Measure(count_tokens, window=window), chunk_tokens=chunk_tokens)
    return [
        Chunk(
            id=_chunk_id(document, span, fingerprint),
            document_id=document.id,
            ordinal=ordinal,
            span=span,
            text=span.cut(document.text),
            embedding_text=embedding_text,
            heading_path=heading_path_at(document, span.start),
            page_numbers=pages_at(document, span),
        )
        for ordinal, (span, embedding_text) in enumerate(cutter.chunks())
    ]


def _chunk_id(document: Document, span: Span, fingerprint: str) -> str:
    text = span.cut(document.text)
    parts = (document.id, str(span.start), str(span.end), text, fingerprint)
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class _Cutter:
    def __init__(self, document: Document, measure: Measure, *, chunk_tokens: int) -> None:
        self._document = document
        self._measure = measure
        self._chunk_tokens = chunk_tokens
        self._starts: dict[int, list[int]] = {}
        for sentence in sentences(document):
            self._starts.setdefault(sentence.block, []).append(sentence.span.start)

    def chunks(self) -> Iterator[tuple[Span, str]]:
        """Yield each chunk's span and embedding text."""
        for section in self._sections():
            for span, embedding_text in self._cut_section(section):
                if _LETTER.search(self._document.text, span.start, span.end):
                    yield span, embedding_text

    def _sections(self) -> Iterator[list[int]]:
        """Yield runs of block indexes with neither a heading nor furniture among them."""
        run: list[int] = []
        for index, block in enumerate(self._document.blocks):
            if block.kind not in (BlockKind.HEADING, BlockKind.FURNITURE):
                run.append(index)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _cut_section(self, section: Sequence[int]) -> list[tuple[Span, str]]:
        start = self._document.blocks[section[0]].span.start
        context, taken = self._context(start)
        room = self._measure.room - taken
        # Summed counts are exact for word pieces; another vocabulary may need a second try.
        for share in _TRIES:
            most = max(1, int(min(self._chunk_tokens, room - self._header_room(section)) * share))
            runs = arrange(self._pieces(section, most), most=most)
            found = [(self._joined(run, context), self._tokens(run) + taken) for run in runs]
            if all(self._is_fitting(text, tokens) for (_, text), tokens in found):
                return [span_and_text for span_and_text, _ in found]
        raise InternalError(
            f"A section of {self._document.source.path!r} at {start} cannot be cut into texts "
            f"of {self._measure.room} tokens."
        )

    def _pieces(self, section: Sequence[int], most: int) -> list[Piece]:
        return [
            piece
            for index in section
            for piece in pieces(
                self._document, index, self._starts.get(index, ()), measure=self._measure, most=most
            )
        ]

    def _is_fitting(self, embedding_text: str, tokens: int) -> bool:
        room = self._measure.room
        return tokens <= room * _SURE or self._measure.count(embedding_text) <= room

    def _tokens(self, run: Sequence[Piece]) -> int:
        return sum(piece.tokens for piece in run) + self._header(run[0])[1]

    def _joined(self, run: Sequence[Piece], context: str) -> tuple[Span, str]:
        span = Span(start=run[0].span.start, end=run[-1].span.end)
        parts = (context, self._header(run[0])[0], span.cut(self._document.text))
        return span, "\n".join(part for part in parts if part)

    # --- what stands before a chunk's text ------------------------------------------------

    def _header(self, piece: Piece) -> tuple[str, int]:
        if piece.header is None:
            return "", 0
        return self._measure.head(piece.header.cut(self._document.text))

    def _header_room(self, section: Sequence[int]) -> int:
        """Return the most tokens that a table's header takes in this section."""
        blocks = (self._document.blocks[index] for index in section)
        headers = (block.header for block in blocks if block.header is not None)
        return max((self._measure.head(h.cut(self._document.text))[1] for h in headers), default=0)

    def _context(self, offset: int) -> tuple[str, int]:
        """Return title and headings over `offset`, as many as there is room for."""
        path = heading_path_at(self._document, offset)
        is_titled = self._document.metadata.title_origin is not Origin.FILE_NAME
        title = " ".join(self._document.title.split()) if is_titled else ""
        if path and path[0].casefold() == title.casefold():
            path = path[1:]
        for lines in ((title, " > ".join(path)), (title, *path[-1:]), path[-1:]):
            text = "\n".join(line for line in lines if line)
            tokens = self._measure.count(text)
            if tokens <= self._measure.context:
                return text, tokens
        return self._measure.head(path[-1] if path else title)
