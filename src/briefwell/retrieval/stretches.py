"""From sentences with probabilities to the stretches of text that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefwell.ranking.relevance import Unit
from briefwell.ranking.windows import best_runs
from briefwell.retrieval.scenes import Staged
from briefwell.types import Chunk, Span

PRICE = 1.25e-5
"""What one shown character costs, as a share of the question's whole relevance."""

LEAST_CHARACTERS = 40
"""A sentence shorter than this is shown alone only where a chunk has no longer one."""

_WIDEST_GAP = 8
"""Code points between two chunks over which a stretch may go on: white space, no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of neighbouring sentences of one document.

    Attributes:
        chunk: The chunk that holds most of its relevance.
        span: The run itself.
        whole: From the start of its first to the end of its last chunk.
        mass: Share of the question's relevance in it.
        gain: `mass` less the price of its characters.
    """

    chunk: Chunk
    span: Span
    whole: Span
    mass: float
    gain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    chunk: Chunk
    unit: Unit
    mass: float

    @property
    def gain(self) -> float:
        return self.mass - PRICE * (self.unit.end - self.unit.start)


def stretches(staged: Sequence[Staged], masses: Sequence[Sequence[float]]) -> list[Stretch]:
    """Return disjoint stretches, the one with the greatest gain first.

    A chunk none of whose sentences is worth its characters gives its best sentence.

    Args:
        staged: In the order of their documents.
        masses: For each, the probabilities of its units.
    """
    found = [_stretch(run) for row in _rows(staged, masses) for run in _runs(row)]
    return sorted(found, key=lambda item: (-item.gain, item.chunk.id, item.span.start))


def _rows(
    staged: Sequence[Staged], masses: Sequence[Sequence[float]]
) -> Iterator[list[list[_Piece]]]:
    """Gather neighbouring chunks of one section."""
    row: list[list[_Piece]] = []
    for item, mass in zip(staged, masses, strict=True):
        pieces = [
            _Piece(chunk=item.chunk, unit=unit, mass=value)
            for unit, value in zip(item.scene.units, mass, strict=True)
        ]
        if not pieces:
            continue
        if row and not _is_going_on(row[-1][-1].chunk, item.chunk):
            yield row
            row = []
        row.append(pieces)
    if row:
        yield row


def _is_going_on(left: Chunk, right: Chunk) -> bool:
    return (
        left.document_id == right.document_id
        and left.ordinal + 1 == right.ordinal
        and left.heading_path == right.heading_path
        and 0 <= right.span.start - left.span.end <= _WIDEST_GAP
    )


def _runs(row: Sequence[Sequence[_Piece]]) -> Iterator[Sequence[_Piece]]:
    pieces = [piece for chunk in row for piece in chunk]
    runs = best_runs([piece.gain for piece in pieces])
    for start, end in runs:
        yield pieces[start:end]
    held = {piece.chunk.id for start, end in runs for piece in pieces[start:end]}
    for chunk in row:
        if chunk[0].chunk.id not in held:
            yield [max(chunk, key=_worth_alone)]


def _worth_alone(piece: _Piece) -> tuple[bool, float]:
    return piece.unit.end - piece.unit.start >= LEAST_CHARACTERS, piece.gain


def _stretch(pieces: Sequence[_Piece]) -> Stretch:
    masses: dict[str, float] = {}
    for piece in pieces:
        masses[piece.chunk.id] = masses.get(piece.chunk.id, 0.0) + piece.mass
    main = max(pieces, key=lambda piece: masses[piece.chunk.id]).chunk
    first, last = pieces[0], pieces[-1]
    return Stretch(
        chunk=main,
        span=Span(start=first.unit.start, end=last.unit.end),
        whole=Span(start=first.chunk.span.start, end=last.chunk.span.end),
        mass=sum(piece.mass for piece in pieces),
        gain=sum(piece.gain for piece in pieces),
    )
