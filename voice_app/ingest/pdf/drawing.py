"""What is drawn on a page: rules, and boxes of pictures and diagrams."""

from __future__ import annotations

import ctypes
from typing import Any

from voice_app.ingest.pdf.parts import Box, Page, touching

MAX_OBJECTS = 20_000  # a map has hundreds of thousands; what they are made of is not needed
MAX_SHAPES = 2_000
MIN_SHAPES = 4
MAX_DOTS = 200
MIN_HEIGHT = 30.0
_REACH = 6.0
_MOST = 0.7  # a picture of more than this share of the page is its background


def draw(raw: Any, handle: Any, page: Page, corners: tuple[float, float, float, float]) -> None:
    """Put rules and pictures into `page`. Only upright pages have them: a turned one is a table, as a rule."""
    left, _, right, top = corners
    is_upright = abs(right - left - page.width) < 1
    edges = tuple(ctypes.c_float() for _ in range(4))
    shapes: list[Box] = []
    for index in range(min(MAX_OBJECTS, raw.FPDFPage_CountObjects(handle))):
        thing = raw.FPDFPage_GetObject(handle, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            continue
        page.drawn += 1
        if not is_upright or not raw.FPDFPageObj_GetBounds(thing, *edges):
            continue
        x0, y0, x1, y1 = (edge.value for edge in edges)
        box = Box(x0 - left, top - y1, x1 - left, top - y0)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _kept(box, page, shapes)
        elif (x1 - x0) * (y1 - y0) < _MOST * page.width * page.height:
            page.pictures.append(box)
    page.pictures += _diagrams(shapes, page)


def _kept(box: Box, page: Page, shapes: list[Box]) -> None:
    """Put a path where it belongs by its form."""
    if box.is_flat:
        page.rules.append(box)
    elif box.is_upright:
        page.uprights.append(box)
    else:
        shapes.append(box)
        if box.is_dot and len(page.dots) < MAX_DOTS:
            page.dots.append(box)


def _diagrams(shapes: list[Box], page: Page) -> list[Box]:
    """Boxes around many shapes that touch: a diagram. A frame or a coloured ground alone is none."""
    small = [s for s in shapes if (s.x1 - s.x0) * (s.bottom - s.top) < _MOST * page.width * page.height]
    groups = touching(small[:MAX_SHAPES], _REACH)
    return [box for box, some in groups if len(some) >= MIN_SHAPES and box.bottom - box.top > MIN_HEIGHT]
