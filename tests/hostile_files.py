"""Files made to break a reader: one maker for each, and what is to come of it."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

SENTENCE = "The harbour of Port Ellery was dredged in 2019."
_SPACES = b" " * 10_000_000
_DEEP = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HostileFile:
    """A file, and what reading it must come to.

    Attributes:
        name: Its name in the documents folder.
        make: Puts it at a path.
        reason: A pattern in the reason it fails with; empty when it is to be read.
        text: Its canonical text when it is read; empty for `SENTENCE`.
    """

    name: str
    make: Callable[[Path], object]
    reason: str = ""
    text: str = ""


def _bytes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(text.encode("utf-8", "surrogatepass"))


def pdf(*, password: str = "") -> bytes:
    """Return a PDF of one sentence, locked when there is a password."""
    stream = io.BytesIO()
    lock = pdfencrypt.StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(stream, encrypt=lock)
    canvas.drawString(72, 700, SENTENCE)
    canvas.save()
    return stream.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def _million_pages() -> bytes:
    return raw_pdf(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Count 1000000 /Kids [%b]>>" % (b"3 0 R " * 1_000_000),
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]>>",
    )


def _giant_object() -> bytes:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(_SPACES) for _ in range(300)) + packer.flush()
    return raw_pdf(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Count 1 /Kids [3 0 R]>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R>>",
        b"<</Length %d /Filter /FlateDecode>>\nstream\n%b\nendstream" % (len(packed), packed),
    )


def word(*, body: bytes | None = None) -> bytes:
    """Return a Word document of one sentence, or with another body."""
    stream = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    document.part.rels.get_or_add_ext_rel(kind, "file:///etc/hosts")
    document.save(stream)
    if body is None:
        return stream.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = body if item.filename == "word/document.xml" else old.read(item)
            new.writestr(item.filename, content)
    return out.getvalue()


def _zip_bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(60):
            part.write(_SPACES)


def _lying_zip_bomb(path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", _SPACES)
    true, false = (size.to_bytes(4, "little") for size in (len(_SPACES), 1000))
    path.write_bytes(stream.getvalue().replace(true, false))


def _huge_page(path: Path) -> None:
    piece = b"<p>The harbour was dredged, and the ships of the valley came.</p>\n" * 10_000
    with path.open("wb") as stream:
        while stream.tell() < 100_000_000:
            stream.write(piece)


def _expanding(opening: str, use: str) -> str:
    bomb = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 30))
    outer = '<!ENTITY f SYSTEM "file:///etc/hosts">'
    return f'<!DOCTYPE {opening} [<!ENTITY a0 "x">{bomb}{outer}]>{use}'


_LINKS = (
    f'<link rel="stylesheet" href="http://127.0.0.1:9/a.css"><p>{SENTENCE}</p>'
    '<img src="http://127.0.0.1:9/a.png"><iframe src="file:///etc/hosts"></iframe>'
    '<script src="http://127.0.0.1:9/a.js"></script>'
)

FILES = (
    HostileFile(name="encrypted.pdf", make=_bytes(pdf(password="secret")), reason="password"),
    HostileFile(
        name="encrypted.docx",
        make=_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000),
        reason="password",
    ),
    HostileFile(name="truncated.pdf", make=_bytes(pdf()[:200]), reason="damaged"),
    HostileFile(name="truncated.docx", make=_bytes(word()[:5000]), reason="damaged"),
    HostileFile(name="bomb.docx", make=_zip_bomb, reason="unpacks to 600,000,000 bytes"),
    HostileFile(name="lying-bomb.docx", make=_lying_zip_bomb, reason="damaged"),
    HostileFile(name="million.pdf", make=_bytes(_million_pages()), reason="1,000,000 pages"),
    HostileFile(
        name="giant.pdf",
        make=lambda path: path.write_bytes(_giant_object()),
        reason="memory|longer than",
    ),
    HostileFile(name="huge.html", make=_huge_page, reason="characters|longer than"),
    HostileFile(name="deep.html", make=_text("<div>" * _DEEP + SENTENCE), reason="nested"),
    HostileFile(name="deep.md", make=_text("> " * _DEEP + SENTENCE), reason="no text"),
    HostileFile(name="deep.docx", make=_bytes(word(body=b"<a>" * _DEEP)), reason="damaged"),
    HostileFile(
        name="entities.docx",
        make=_bytes(word(body=_expanding("x", "<x>&a29;&f;</x>").encode())),
        reason="damaged",
    ),
    HostileFile(
        name="entities.html", make=_text(_expanding("html", f"<p>{SENTENCE}</p>")), text="part"
    ),
    HostileFile(name="links.html", make=_text(_LINKS)),
    HostileFile(name="links.docx", make=_bytes(word())),
    HostileFile(name="picture.txt", make=_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), reason="image"),
    HostileFile(name="really-a-pdf.docx", make=_bytes(pdf()), reason="holds a PDF"),
    HostileFile(name="binary.txt", make=_bytes(bytes(range(256)) * 40), reason="binary"),
    HostileFile(name="empty.txt", make=_bytes(b""), reason="empty"),
    HostileFile(name="surrogates.txt", make=_text(f"{SENTENCE} \ud800 end"), text="part"),
    HostileFile(name="nul.txt", make=_text(f"{SENTENCE}\0 end"), text=f"{SENTENCE}\0 end"),
    HostileFile(
        name="directions.txt",
        make=_text(f"{SENTENCE} \u202eevil\u202c \u200bmid\u200bdle مرحبا"),
        text=f"{SENTENCE} \u202eevil\u202c \u200bmid\u200bdle مرحبا",
    ),
    HostileFile(name="pipe.txt", make=os.mkfifo, reason="a pipe"),
    HostileFile(name="self.txt", make=lambda path: path.symlink_to(path), reason="symbolic links"),
    HostileFile(
        name="out.txt", make=lambda path: path.symlink_to("/etc/hosts"), reason="leads out"
    ),
    HostileFile(
        name="zero.txt", make=lambda path: path.symlink_to("/dev/zero"), reason="leads out"
    ),
    HostileFile(name="round", make=lambda path: path.symlink_to(path.parent), text="none"),
    HostileFile(name="good.txt", make=_text(SENTENCE)),
)
"""`text` may also be `part` (the sentence is in it) or `none`
(neither read nor failed)."""
