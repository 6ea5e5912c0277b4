"""Tells letters a reader of a PDF page cannot see: white ones on the bare white page."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]

_WHITE = 250
_MOST_OBJECTS = 20_000


def is_white(raw: Any, index: int) -> bool:
    """Tell whether letter `index` of a text page is painted white."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFText_GetFillColor(raw, index, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _WHITE or alpha.value == 0


def grounds(page: Any) -> list[Box]:
    """Return the places of a page (left, bottom, right, top) that are not bare white paper."""
    found: list[Box] = []
    kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
    for number, item in enumerate(page.get_objects(filter=kinds, max_depth=5)):
        # Beyond this many, what is not known to be bare counts as covered.
        if number >= _MOST_OBJECTS:
            return [(-1e9, -1e9, 1e9, 1e9)]
        if item.level == 0 and item.type == pdfium.FPDF_PAGEOBJ_PATH and _is_white_path(item.raw):
            continue
        # Inside a form the place is counted from the form's own corner: take it as everywhere.
        found.append(item.get_bounds() if item.level == 0 else (-1e9, -1e9, 1e9, 1e9))
    return found


def is_covered(box: Box, places: list[Box]) -> bool:
    """Tell whether the middle of `box` lies on one of `places`."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left <= x <= right and low <= y <= high for left, low, right, high in places)


def _is_white_path(raw: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if pdfium.FPDFPath_GetDrawMode(raw, mode, stroke) and mode.value == pdfium.FPDF_FILLMODE_NONE:
        return True
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(raw, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= _WHITE or alpha.value == 0
