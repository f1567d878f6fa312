"""Equations of a DOCX (Office Math) -> one line of text, with the signs that people write in plain text."""

from __future__ import annotations

import re
from typing import Any

from voice_app.ingest.xml import attribute, local

_PARTS = frozenset({"num", "den", "e", "sub", "sup", "deg", "lim", "fName"})
_PROPERTIES = frozenset({"rPr", "ctrlPr", "fPr", "radPr", "naryPr", "dPr", "sSupPr", "sSubPr", "sSubSupPr", "mPr"})
_TOO_DEEP = 60
_RELATION = re.compile(r"\s*([=<>≤≥≈≠±×])\s*")


def line_of(equation: Any) -> str:
    """The equation as "x^2", "(a+b)/c", "√(x)" or "∑_(i = 1)^n"."""
    return " ".join(_RELATION.sub(r" \1 ", _line(equation, 0)).split())


def _line(element: Any, depth: int) -> str:
    if depth > _TOO_DEEP:
        return ""
    name = local(element)
    parts = {local(c): _inside(c, depth + 1) for c in element if local(c) in _PARTS}
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_closed(parts.get('num', ''))}/{_closed(parts.get('den', ''))}"
    if name == "rad":
        degree = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(parts.get("deg", ""))
        return (degree or f"root {parts['deg']} of ") + _group(parts.get("e", ""))
    if name in ("sSup", "sSub", "sSubSup", "nary", "limLow", "limUpp", "func", "sPre"):
        return _scripted(element, name, parts)
    if name == "d":
        inner = ", ".join(_inside(child, depth + 1) for child in element if local(child) == "e")
        return _property(element, "begChr", "(") + inner + _property(element, "endChr", ")")
    if name in ("m", "eqArr"):
        rows = [child for child in element if local(child) in ("mr", "e")]
        return "; ".join(_row(row, depth + 1) for row in rows)
    return _inside(element, depth + 1)


def _scripted(element: Any, name: str, parts: dict[str, str]) -> str:
    base = parts.get("e", "")
    below, above = parts.get("sub", ""), parts.get("sup", "")
    if name == "nary":
        sign = _property(element, "chr", "∫")
        return f"{sign}{_low(below)}{_high(above)} {base}"
    if name == "func":
        return f"{parts.get('fName', '')} {base}" if base[:1] in "([{" else f"{parts.get('fName', '')}({base})"
    if name in ("limLow", "limUpp"):
        lim = parts.get("lim", "")
        return base + (_low(lim) if name == "limLow" else _high(lim))
    return base + _low(below) + _high(above)


def _inside(element: Any, depth: int) -> str:
    return "".join(_line(child, depth) for child in element if local(child) not in _PROPERTIES)


def _row(row: Any, depth: int) -> str:
    cells = [child for child in row if local(child) == "e"]
    return ", ".join(_inside(cell, depth) for cell in cells) if local(row) == "mr" else _inside(row, depth)


def _property(element: Any, name: str, usual: str) -> str:
    for properties in element:
        for child in properties if local(properties).endswith("Pr") else ():
            if local(child) == name:
                return attribute(child, "val")
    return usual


def _closed(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _group(text: str) -> str:
    return f"({text})"


def _low(text: str) -> str:
    return f"_{_closed(text)}" if text else ""


def _high(text: str) -> str:
    return f"^{_closed(text)}" if text else ""
