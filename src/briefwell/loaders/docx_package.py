"""Opens a Word file safely and finds its styles, notes, headers and footers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import docx
import docx.document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import LxmlError, _Element

from briefwell.errors import UnreadableDocument
from briefwell.loaders.base import Limits

_MOST_PARTS = 20_000
_DAMAGED_REMEDY = "Open it in a word processor and save it again as .docx."


def open_package(data: bytes, *, limits: Limits) -> docx.document.Document:
    """Return the opened Word document; its unpacked size is checked before it is unpacked.

    Raises:
        UnreadableDocument: It is locked, damaged, no Word document, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableDocument("The Word document is damaged.", _DAMAGED_REMEDY) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument(
            "This Word document is locked with a password.", "Save a copy without the password."
        )
    size = sum(entry.file_size for entry in entries)
    if size > limits.decompressed_bytes or len(entries) > _MOST_PARTS:
        raise UnreadableDocument(
            f"The Word document unpacks to {size:,} bytes in {len(entries):,} parts; at most "
            f"{limits.decompressed_bytes:,} bytes and {_MOST_PARTS:,} parts are read.",
            "Save a smaller copy, for example without pictures.",
        )
    if not any(entry.filename.startswith("word/") for entry in entries):
        raise UnreadableDocument(
            "The name says this is a Word document, but it holds something else.",
            "Save it as .docx, PDF or text.",
        )
    try:
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, LxmlError, KeyError, ValueError, EOFError, OSError) as error:
        if "memory" in str(error).casefold():
            raise MemoryError from error
        raise UnreadableDocument("The Word document is damaged.", _DAMAGED_REMEDY) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("docx", "zlib", "lzma"):
            raise
        raise UnreadableDocument("The Word document is damaged.", _DAMAGED_REMEDY) from error
    if find(document.element, "w:body") is None:
        raise UnreadableDocument("The Word document has no body.", _DAMAGED_REMEDY)
    return document


def value_of(parent: _Element | None, path: str) -> str | None:
    """Return the `w:val` of the first element at `path` (such as `w:pPr/w:jc`)."""
    element = find(parent, path)
    return element.get(qn("w:val")) if element is not None else None


def find(parent: _Element | None, path: str) -> _Element | None:
    """Return the first element at `path` below `parent`, names written with their prefix."""
    if parent is None:
        return None
    return parent.find("/".join(qn(name) for name in path.split("/")))


def is_on(parent: _Element | None, path: str) -> bool:
    """Tell whether a switch such as `w:vanish` is present and not turned off."""
    element = find(parent, path)
    return element is not None and element.get(qn("w:val")) not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a paragraph or run style says; `outline` counts from 1, 0 for none."""

    name: str = ""
    outline: int = 0
    is_list: bool = False
    list_level: int = 0
    is_hidden: bool = False
    is_bold: bool = False


class Parts:
    """The parts of a Word document beside its body."""

    def __init__(self, document: docx.document.Document) -> None:
        self._document = document
        elements = document.styles.element.iterchildren(qn("w:style"))
        self._elements = {element.get(qn("w:styleId")): element for element in elements}
        self._styles: dict[str, Style] = {}

    def style(self, style_id: str | None) -> Style:
        """Return a style with what it inherits."""
        chain: list[_Element] = []
        wanted = style_id
        while wanted in self._elements and self._elements[wanted] not in chain:
            chain.append(self._elements[wanted])
            wanted = value_of(chain[-1], "w:basedOn")
        if style_id is None or not chain:
            return Style()
        if style_id not in self._styles:
            style = Style()
            for element in reversed(chain):
                style = _inherited(style, element)
            self._styles[style_id] = style
        return self._styles[style_id]

    @cached_property
    def notes(self) -> dict[tuple[str, str], _Element]:
        """Footnotes and endnotes by kind (`footnote`, `endnote`) and id."""
        found: dict[tuple[str, str], _Element] = {}
        for kind, relation in (
            ("footnote", RELATIONSHIP_TYPE.FOOTNOTES),
            ("endnote", RELATIONSHIP_TYPE.ENDNOTES),
        ):
            for part in self._related(relation):
                for note in _root(part).iterchildren(qn(f"w:{kind}")):
                    if note.get(qn("w:type")) in (None, "normal"):
                        found[kind, note.get(qn("w:id"), "")] = note
        return found

    def headers(self) -> list[_Element]:
        """Return the roots of the page headers."""
        return [_root(part) for part in self._related(RELATIONSHIP_TYPE.HEADER)]

    def footers(self) -> list[_Element]:
        """Return the roots of the page footers."""
        return [_root(part) for part in self._related(RELATIONSHIP_TYPE.FOOTER)]

    def _related(self, relation: str) -> Iterator[Part]:
        for related in self._document.part.rels.values():
            # What lies outside the file is never opened.
            if related.reltype == relation and not related.is_external:
                yield related.target_part


def _root(part: Part) -> _Element:
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _inherited(style: Style, element: _Element) -> Style:
    name = value_of(element, "w:name") or ""
    outline = value_of(element, "w:pPr/w:outlineLvl")
    if outline is not None and outline.isdecimal():
        style = replace(style, outline=int(outline) + 1 if int(outline) < 9 else 0)
    if find(element, "w:pPr/w:numPr") is not None:
        level = value_of(element, "w:pPr/w:numPr/w:ilvl") or "0"
        style = replace(style, is_list=True, list_level=int(level) if level.isdecimal() else 0)
    if find(element, "w:rPr/w:vanish") is not None:
        style = replace(style, is_hidden=is_on(element, "w:rPr/w:vanish"))
    if find(element, "w:rPr/w:b") is not None:
        style = replace(style, is_bold=is_on(element, "w:rPr/w:b"))
    return replace(style, name=name.casefold())
