"""What the index must know about any embedder, also one that says nothing of itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from briefwell.errors import ModelFailed
from briefwell.protocols import Embedder, TokenCounter
from briefwell.text import words

USUAL_WINDOW = 256
"""Tokens an embedder is trusted to see when it does not say."""

_PROBE = "The quick brown fox jumps over the lazy dog, 1984."


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderTraits:
    """What decides how chunks are cut for an embedder and whether its vectors still fit.

    Attributes:
        fingerprint: Changes when the vectors do.
        max_tokens: The window, special tokens included.
        count_tokens: Counts a text's tokens, special tokens not included.
    """

    fingerprint: str
    max_tokens: int
    count_tokens: TokenCounter


def describe(embedder: Embedder) -> EmbedderTraits:
    """Return the embedder's own `fingerprint`, `max_tokens` and `count_tokens`, or stand-ins.

    The stand-in fingerprint is made of the class, the model's name and the vector of a fixed
    text, rounded so that another processor's arithmetic gives the same; the stand-in count is
    a high estimate.

    Raises:
        ModelFailed: A fingerprint had to be worked out and the embedder gave no vector.
    """
    fingerprint = getattr(embedder, "fingerprint", None)
    window = getattr(embedder, "max_tokens", None)
    counter = getattr(embedder, "count_tokens", None)
    return EmbedderTraits(
        fingerprint=fingerprint if isinstance(fingerprint, str) else _probe(embedder),
        max_tokens=window if isinstance(window, int) and window > 0 else USUAL_WINDOW,
        count_tokens=counter if callable(counter) else estimate_tokens,
    )


def estimate_tokens(text: str) -> int:
    """Return about how many word pieces `text` has, rather too many than too few.

    Word-piece vocabularies keep common words whole and cut rare ones into pieces of three
    or more letters; marks and characters outside the ASCII range mostly stand alone.
    """
    inside = words(text)
    pieces = sum(1 + (len(word.text) - 1) // 4 for word in inside if word.text.isascii())
    covered = sum(len(word.text) for word in inside if word.text.isascii())
    return pieces + sum(not char.isspace() for char in text) - covered


def _probe(embedder: Embedder) -> str:
    kind = type(embedder)
    names = (getattr(embedder, name, None) for name in ("model", "model_name", "model_id"))
    model = next((name for name in names if isinstance(name, str)), "")
    try:
        vector = embedder.embed_query(_PROBE)
        rounded = [round(float(number), 2) + 0.0 for number in vector]
    except Exception as error:  # any vendor's error, from any embedder
        raise ModelFailed(
            f"The embedder {kind.__name__} gave no vector for a short text: {error}.",
            "Check that its service runs and its key is right, then try again.",
            retryable=True,
        ) from error
    parts = (kind.__module__, kind.__qualname__, model, rounded)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
