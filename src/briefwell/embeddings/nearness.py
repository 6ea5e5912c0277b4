"""What the token vectors of two texts say of each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefwell.protocols import TokenVectors

Rows = Any
"""A float32 numpy array, one row of unit length for each span. Named without importing numpy."""


def rows_of(text: TokenVectors, spans: Sequence[tuple[int, int]]) -> Rows:
    """Return the mean of the tokens that share a code point with each span, of unit length.

    A span without tokens, as behind the model's window, gets a row of zeros.
    """
    import numpy as np

    starts, ends = np.array(text.spans).reshape(-1, 2).T
    asked_from, asked_to = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    shares = (starts < asked_to[:, None]) & (ends > asked_from[:, None]) & (ends > starts)
    rows = shares.astype(np.float32) @ np.asarray(text.vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, np.finfo(np.float32).tiny)


def nearest(one: Rows, other: Rows) -> list[float]:
    """Return for each row of `one` its cosine with the closest row of `other`; 0 without any."""
    if not len(other):
        return [0.0] * len(one)
    found: list[float] = (one @ other.T).max(axis=1).tolist()
    return found
