"""Equations of a DOCX (Office Math) -> MathML, which the page's walker says in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from voice_app.ingest.xml import attribute, local

MAX_DEPTH = 60
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\S")
_FUNCTIONS = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "log", "ln", "exp",
    "lim", "max", "min", "det",
})  # fmt: skip
_SHAPES = {  # the MathML element, and the parts that it has in this order
    "f": ("mfrac", ("num", "den")),
    "sSup": ("msup", ("e", "sup")),
    "sSub": ("msub", ("e", "sub")),
    "sSubSup": ("msubsup", ("e", "sub", "sup")),
    "limLow": ("munder", ("e", "lim")),
    "limUpp": ("mover", ("e", "lim")),
}


def math_of(equation: Any) -> str:
    """The equation as the text of a MathML element."""
    from lxml import etree

    math = etree.Element("math")
    _add(math, list(equation), 0)
    return etree.tostring(math, encoding="unicode", method="html")


def _add(parent: Any, children: Sequence[Any], depth: int) -> None:
    for child in children:
        name = local(child)
        if name == "t" or depth > MAX_DEPTH:
            _tokens(parent, "".join(child.itertext()))
        elif name in _SHAPES:
            shape, parts = _SHAPES[name]
            _filled(_sub(parent, shape), child, parts, depth)
        elif name in _RULES:
            _RULES[name](parent, child, depth)
        elif not name.endswith("Pr"):
            _add(parent, list(child), depth + 1)


def _root(parent: Any, element: Any, depth: int) -> None:
    is_square = not "".join(text for part in _parts(element, "deg") for text in part.itertext()).strip()
    parts = ("e",) if is_square else ("e", "deg")
    _filled(_sub(parent, "msqrt" if is_square else "mroot"), element, parts, depth)


def _accent(parent: Any, element: Any, depth: int) -> None:
    over = _sub(parent, "mover")
    _filled(over, element, ("e",), depth)
    _sub(over, "mo", _property(element, "chr", "¯" if local(element) == "bar" else "^"))


def _function(parent: Any, element: Any, depth: int) -> None:
    row = _sub(parent, "mrow")
    _filled(row, element, ("fName",), depth)
    _sub(row, "mo", "\u2061")
    _filled(row, element, ("e",), depth)


def _filled(shape: Any, element: Any, parts: Sequence[str], depth: int) -> None:
    """Put each part into the shape as a row of its own, an empty one for what is missing."""
    for name in parts:
        row = _sub(shape, "mrow")
        for part in _parts(element, name)[:1]:
            _add(row, list(part), depth + 1)


def _large(parent: Any, element: Any, depth: int) -> None:
    """A sum or an integral with its limits."""
    row = _sub(parent, "mrow")
    sign = _sub(row, "munderover")
    _sub(sign, "mo", _property(element, "chr", "∫"))
    _filled(sign, element, ("sub", "sup"), depth)
    _filled(row, element, ("e",), depth)


def _fenced(parent: Any, element: Any, depth: int) -> None:
    row = _sub(parent, "mrow")
    _sub(row, "mo", _property(element, "begChr", "("))
    for number, part in enumerate(_parts(element, "e")):
        if number:
            _sub(row, "mo", _property(element, "sepChr", ","))
        _add(_sub(row, "mrow"), list(part), depth + 1)
    _sub(row, "mo", _property(element, "endChr", ")"))


def _rows(parent: Any, element: Any, depth: int) -> None:
    table = _sub(parent, "mtable")
    for row in element:
        if local(row) in ("mr", "e"):
            line = _sub(table, "mtr")
            for cell in _parts(row, "e") if local(row) == "mr" else [row]:
                _add(_sub(line, "mtd"), list(cell), depth + 1)


def _tokens(parent: Any, text: str) -> None:
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            _sub(parent, "mn", token)
        elif not token[0].isalpha():
            _sub(parent, "mo", token)
        else:
            for name in [token] if token in _FUNCTIONS else token:
                _sub(parent, "mi", name)


def _parts(element: Any, name: str) -> list[Any]:
    return [child for child in element if local(child) == name]


def _property(element: Any, name: str, usual: str) -> str:
    told = [p for properties in element if local(properties).endswith("Pr") for p in _parts(properties, name)]
    return attribute(told[0], "val") if told else usual


def _sub(parent: Any, name: str, text: str | None = None) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, name)
    child.text = text
    return child


_RULES: dict[str, Callable[[Any, Any, int], None]] = {
    "rad": _root,
    "nary": _large,
    "acc": _accent,
    "bar": _accent,
    "d": _fenced,
    "m": _rows,
    "eqArr": _rows,
    "func": _function,
}
