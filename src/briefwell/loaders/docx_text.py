"""Reads the words of one Word paragraph as a reader of the page sees them."""

from __future__ import annotations

from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element, iterwalk

from briefwell.loaders.docx_package import Parts, find, is_on, value_of

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT, _MATH_TEXT = qn("w:t"), f"{_MATH}t"
_RUN = qn("w:r")
_BOX = qn("w:txbxContent")
_FALLBACK = f"{_CHOICE}Fallback"
_LEFT_OUT = frozenset(
    qn(f"w:{name}")
    for name in (
        "pPr rPr del moveFrom instrText delText delInstrText sdtPr sdtEndPr rt annotationRef "
        "footnoteRef endnoteRef commentReference object tbl"
    ).split()
)
_SPACES = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
}
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_SMALLEST_HALF_POINTS = 4
_WHITE = "FFFFFF"


@dataclass(slots=True)
class ParagraphText:
    """The visible words of a paragraph and what hangs on it.

    Attributes:
        pieces: Its text, in order.
        notes: Kinds and ids of the notes it refers to.
        boxes: Text boxes anchored in it.
        bold: Characters set in bold type.
        plain: Characters that are not.
    """

    pieces: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    bold: int = 0
    plain: int = 0

    @property
    def text(self) -> str:
        """The text, line breaks kept, other white space folded."""
        lines = (" ".join(line.split()) for line in "".join(self.pieces).split("\n"))
        return "\n".join(line for line in lines if line)

    @property
    def is_bold(self) -> bool:
        """Whether every visible character is bold."""
        return self.bold > 0 and self.plain == 0


def read_paragraph(paragraph: _Element, parts: Parts, *, in_table: bool = False) -> ParagraphText:
    """Return what `paragraph` shows: no deletions, field codes, hidden or invisible letters."""
    read = ParagraphText()
    style = parts.style(value_of(paragraph, "w:pPr/w:pStyle"))
    has_ground = in_table or find(paragraph, "w:pPr/w:shd") is not None
    is_bold = style.is_bold
    walk = iterwalk(paragraph, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag == _RUN:
            if _is_hidden(element, parts, has_ground) or style.is_hidden:
                walk.skip_subtree()
                continue
            is_bold = _is_bold(element, parts, style.is_bold)
        elif tag in (_TEXT, _MATH_TEXT):
            words = element.text or ""
            read.pieces.append(words)
            ink = sum(char.isalnum() for char in words)
            read.bold += ink if is_bold else 0
            read.plain += 0 if is_bold else ink
        elif tag in _SPACES:
            read.pieces.append(_SPACES[tag])
        elif tag in _NOTES:
            read.notes.append((_NOTES[tag], element.get(qn("w:id"), "")))
        elif tag == _BOX:
            read.boxes.append(element)
            walk.skip_subtree()
        elif tag in _LEFT_OUT or _is_second_choice(element) or _is_placeholder(element):
            walk.skip_subtree()
    return read


def _is_second_choice(element: _Element) -> bool:
    """Tell whether an element repeats, for older programs, what stands before it."""
    if element.tag != _FALLBACK:
        return False
    parent = element.getparent()
    return parent is not None and parent[0] is not element


def _is_placeholder(element: _Element) -> bool:
    return element.tag == qn("w:sdt") and is_on(element, "w:sdtPr/w:showingPlcHdr")


def _is_bold(run: _Element, parts: Parts, inherited: bool) -> bool:
    if find(run, "w:rPr/w:b") is not None:
        return is_on(run, "w:rPr/w:b")
    style_id = value_of(run, "w:rPr/w:rStyle")
    return parts.style(style_id).is_bold if style_id else inherited


def _is_hidden(run: _Element, parts: Parts, has_ground: bool) -> bool:
    """Tell whether a run's letters are hidden, tiny, or white on the white page."""
    properties = find(run, "w:rPr")
    if properties is None:
        return False
    if find(properties, "w:vanish") is not None or find(properties, "w:webHidden") is not None:
        return is_on(properties, "w:vanish") or is_on(properties, "w:webHidden")
    if parts.style(value_of(properties, "w:rStyle")).is_hidden:
        return True
    size = value_of(properties, "w:sz")
    if size and size.isdecimal() and int(size) < _SMALLEST_HALF_POINTS:
        return True
    is_white = (value_of(properties, "w:color") or "").upper() == _WHITE
    is_marked = any(find(properties, name) is not None for name in ("w:shd", "w:highlight"))
    return is_white and not is_marked and not has_ground
