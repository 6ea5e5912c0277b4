"""Draws one page of a PDF as PNG; run as a process of its own, because the PDF is hostile.

python -m briefwell.web.page_image FILE PAGE MEMORY SECONDS < quotes.json > page.png
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limits; the caller's clock is all there is.
    resource = None  # type: ignore[assignment]

WIDTH = 1100
"""Pixels across; the height follows."""

TALLEST = 4000


MARK = (255, 226, 120)
"""The colour that marked words are seen through."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in pixels, from the upper left corner."""


def draw(data: bytes, page: int, quotes: Sequence[str] = ()) -> bytes:
    """Return page `page`, counted from 1, of the PDF `data` as PNG.

    Args:
        data: The PDF.
        page: Which page.
        quotes: Words to be marked where they stand; those that are not found are left out.

    Raises:
        ValueError: There is no such page.
    """
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    if not 1 <= page <= len(document):
        raise ValueError(f"no page {page}")
    wanted = document[page - 1]
    wide, high = wanted.get_size()
    scale = min(WIDTH / max(wide, 1), TALLEST / max(high, 1))
    bitmap = wanted.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    pixels = bytearray(bitmap.buffer)
    if bitmap.n_channels >= len(MARK):
        for box in _boxes(wanted, quotes, scale):
            _colour(pixels, box, bitmap)
    return _png(bytes(pixels), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)


def _boxes(page: Any, quotes: Sequence[str], scale: float) -> Iterator[Box]:
    """Yield the places of quotes on a page that is not turned, a box for each line."""
    if page.get_rotation():
        return
    words = page.get_textpage()
    compact, places = _compact(words.get_text_range())
    left, _, _, top = page.get_cropbox()
    for quote in quotes:
        sought, _ = _compact(quote)
        at = compact.find(sought) if sought else -1
        if at < 0:
            continue
        first, last = places[at], places[at + len(sought) - 1]
        for index in range(words.count_rects(first, last - first + 1)):
            x0, y0, x1, y1 = words.get_rect(index)
            yield (x0 - left) * scale, (top - y1) * scale, (x1 - left) * scale, (top - y0) * scale


def _compact(text: str) -> tuple[str, list[int]]:
    """Return text without white space, hyphens and control characters, and where each stood."""
    kept = [at for at, char in enumerate(text) if char.isprintable() and char not in " \u00a0-"]
    return "".join(text[at] for at in kept), kept


def _colour(pixels: bytearray, box: Box, bitmap: Any) -> None:
    """Let one box of the pixels be seen through the colour of marks."""
    wide, high, stride, channels = bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels
    x0, x1 = max(0, int(box[0]) - 2), min(wide, int(box[2]) + 3)
    for y in range(max(0, int(box[1]) - 2), min(high, int(box[3]) + 3)):
        for channel, most in enumerate(MARK):
            part = slice(y * stride + x0 * channels + channel, y * stride + x1 * channels, channels)
            pixels[part] = pixels[part].translate(_DARKER[most])


_DARKER = {most: bytes(min(value, most) for value in range(256)) for most in MARK}


def _png(pixels: bytes, wide: int, high: int, stride: int, channels: int) -> bytes:
    """Return pixels as PNG: grey for one channel, RGB for three, RGBA or RGBx for four."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    rows = b"".join(
        b"\0" + pixels[at * stride : at * stride + wide * channels] for at in range(high)
    )
    header = struct.pack(">IIBBBBB", wide, high, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, body) for name, body in parts)


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _main(file: str, page: str, memory: str, seconds: str) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(draw(Path(file).read_bytes(), int(page), json.load(sys.stdin)))


if __name__ == "__main__":
    _main(*sys.argv[1:5])
