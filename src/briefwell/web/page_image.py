"""Draws one page of a PDF as PNG; run as a process of its own, because the PDF is hostile.

python -m briefwell.web.page_image FILE PAGE MEMORY SECONDS > page.png
"""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no such limits; the caller's clock is all there is.
    resource = None  # type: ignore[assignment]

WIDTH = 1100
"""Pixels across; the height follows."""

TALLEST = 4000


def draw(data: bytes, page: int) -> bytes:
    """Return page `page`, counted from 1, of the PDF `data` as PNG.

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
    return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)


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
    sys.stdout.buffer.write(draw(Path(file).read_bytes(), int(page)))


if __name__ == "__main__":
    _main(*sys.argv[1:5])
