"""What is drawn on a page: rules, and boxes of pictures and diagrams."""

from __future__ import annotations

import ctypes
from typing import Any

from voice_app.ingest.pdf.parts import Box, Page

MAX_OBJECTS = 20_000  # a map has hundreds of thousands; what they are made of is not needed
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
            (page.rules if box.is_flat else page.uprights if box.is_upright else shapes).append(box)
        elif (x1 - x0) * (y1 - y0) < _MOST * page.width * page.height:
            page.pictures.append(box)
    page.pictures += _diagrams(shapes, page)


def _diagrams(shapes: list[Box], page: Page) -> list[Box]:
    """Boxes around many shapes that touch: a diagram. A frame or a coloured ground alone is none."""
    small = [s for s in shapes if (s.x1 - s.x0) * (s.bottom - s.top) < _MOST * page.width * page.height]
    groups: list[tuple[Box, int]] = []
    for shape in sorted(small, key=lambda s: s.top)[:2000]:
        near = [g for g in groups if _touch(g[0], shape)]
        groups = [g for g in groups if g not in near]
        boxes = [*(g[0] for g in near), shape]
        joined = Box(
            min(b.x0 for b in boxes),
            min(b.top for b in boxes),
            max(b.x1 for b in boxes),
            max(b.bottom for b in boxes),
        )
        groups.append((joined, sum(g[1] for g in near) + 1))
    return [box for box, count in groups if count >= 4 and box.bottom - box.top > 30]


def _touch(a: Box, b: Box, reach: float = 6) -> bool:
    return a.x0 - reach < b.x1 and b.x0 - reach < a.x1 and a.top - reach < b.bottom and b.top - reach < a.bottom
