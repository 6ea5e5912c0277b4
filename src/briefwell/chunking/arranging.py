"""Which pieces go into a chunk together: the arrangement that costs least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefwell.chunking.pieces import Piece
from briefwell.types import Span

_LEAST_SHARE = 32


def arrange(pieces: Sequence[Piece], *, most: int) -> list[Sequence[Piece]]:
    """Return the pieces in order, in runs that each weigh at most `most`.

    A run costs 1, plus the square of the part of `most` it leaves empty, plus the price of the
    cut before its first piece; the least sum is found by dynamic programming, as Knuth and
    Plass break paragraphs into lines (Software: Practice and Experience 11, 1981). Very small
    pieces are first joined to what follows, which bounds the work.
    """
    grouped = list(_grouped(pieces, least=most // _LEAST_SHARE, most=most))
    costs, begins = [0.0], [0]
    for end in range(1, len(grouped) + 1):
        # A piece heavier than `most` stands alone.
        best, begin = costs[end - 1] + 2.0 + grouped[end - 1].price, end - 1
        weight = 0
        for first in range(end - 1, -1, -1):
            weight += grouped[first].tokens
            if weight > most:
                break
            cost = costs[first] + 1.0 + (1 - weight / most) ** 2 + grouped[first].price
            if cost < best:
                best, begin = cost, first
        costs.append(best)
        begins.append(begin)
    return _runs(grouped, begins)


def _grouped(pieces: Sequence[Piece], *, least: int, most: int) -> Iterator[Piece]:
    group: Piece | None = None
    for piece in pieces:
        if group is None or group.tokens >= least or group.tokens + piece.tokens > most:
            if group is not None:
                yield group
            group = piece
        else:
            span = Span(start=group.span.start, end=piece.span.end)
            group = replace(group, span=span, tokens=group.tokens + piece.tokens)
    if group is not None:
        yield group


def _runs(pieces: Sequence[Piece], begins: Sequence[int]) -> list[Sequence[Piece]]:
    runs = []
    end = len(pieces)
    while end:
        runs.append(pieces[begins[end] : end])
        end = begins[end]
    return runs[::-1]
