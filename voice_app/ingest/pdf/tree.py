"""The structure tree of a tagged file, as far as it is on one page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from voice_app.ingest.pdf.parts import Tag

MAX_DEPTH = 40
MAX_TAGS = 20_000


def structure_of(raw: Any, handle: Any) -> tuple[Tag, ...]:
    """The elements that have something on this page; empty when the file is not tagged."""
    tree = raw.FPDF_StructTree_GetForPage(handle)
    if not tree:
        return ()
    try:
        budget = [MAX_TAGS]
        count = max(0, min(MAX_TAGS, raw.FPDF_StructTree_CountChildren(tree)))
        kids = (raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count))
        return tuple(_tag(raw, kid, budget, 0) for kid in kids if kid)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _tag(raw: Any, element: Any, budget: list[int], depth: int) -> Tag:
    budget[0] -= 1
    kids: list[Tag | int] = []
    count = raw.FPDF_StructElement_CountChildren(element) if depth < MAX_DEPTH else 0
    for index in range(max(0, count)):
        if budget[0] <= 0:
            break
        kid = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if kid:
            kids.append(_tag(raw, kid, budget, depth + 1))
            continue
        content = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if content >= 0:
            kids.append(content)
    return Tag(
        kind=_string(raw.FPDF_StructElement_GetType, element),
        alt=_string(raw.FPDF_StructElement_GetAltText, element),
        language=_string(raw.FPDF_StructElement_GetLang, element),
        kids=tuple(kids),
    )


def _string(get: Callable[..., int], element: Any) -> str:
    size = get(element, None, 0)
    if not 2 < size < 20_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(element, buffer, size)
    return " ".join(buffer.raw[: size - 2].decode("utf-16-le", "ignore").split())
