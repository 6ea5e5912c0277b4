"""Turns bytes into text: UTF-8 exactly as it stands, anything else by its marks."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from briefwell.errors import UnreadableDocument
from briefwell.loaders.base import storable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_WESTERN = "cp1252"
_DAMAGE = re.compile("\ufffd+")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the text of `data`.

    UTF-8 is decoded strictly and kept character for character, a byte order mark included.

    Args:
        data: A file's bytes.
        declared: The encoding the file names for itself, tried after UTF-8.

    Raises:
        UnreadableDocument: The bytes are no text.
    """
    text = _decoded(data, declared)
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls > max(8, len(text[:_SAMPLE]) // 100):
        raise UnreadableDocument(
            "The file holds binary data, not text.",
            "Save it as text in UTF-8, or correct the file's ending.",
        )
    return text


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return storable(data.decode(encoding, errors="replace"))
    wide = _wide_without_mark(data)
    if wide:
        return storable(data.decode(wide, errors="replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return storable(_foreign(data, declared))


def _wide_without_mark(data: bytes) -> str | None:
    """Recognise UTF-16 by its NUL bytes, which all fall on the same side of each pair."""
    sample = data[: 2 * (min(len(data), 4096) // 2)]
    if len(sample) < 16 or sample.count(0) < len(sample) * 0.3:
        return None
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if low == 0:
        return "utf-16-le"
    return "utf-16-be" if high == 0 else None


def _foreign(data: bytes, declared: str | None) -> str:
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            declared = None
    text = data.decode("utf-8", errors="replace")
    # Damaged UTF-8 reads better with a few marks than in any other encoding.
    if len(_MULTIBYTE.findall(data[:_SAMPLE])) >= 2 * len(_DAMAGE.findall(text[:_SAMPLE])):
        return text
    encoding = _guessed(data[:_SAMPLE])
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode(encoding, errors="replace")


def _guessed(data: bytes) -> str:
    """Return the likeliest encoding; among equals the Western one, which is by far commonest."""
    matches = charset_normalizer.from_bytes(data)
    best = matches.best()
    if best is None:
        return _WESTERN
    for match in matches:
        is_equal = match.chaos <= best.chaos and match.coherence >= best.coherence
        if is_equal and _WESTERN in (match.encoding, *match.could_be_from_charset):
            return _WESTERN
    return best.encoding
