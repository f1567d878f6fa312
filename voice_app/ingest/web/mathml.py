"""MathML in words, as one would read a formula to somebody: "x squared plus the square root of a over b". Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

MAX_DEPTH = 60
_SIGNS = {
    "+": "plus", "-": "minus", "−": "minus", "±": "plus or minus", "∓": "minus or plus", "=": "equals",
    "×": "times", "⋅": "times", "·": "times", "∗": "times", "*": "times", "/": "over", "÷": "divided by",
    "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least", "≪": "is much less than",
    "≫": "is much greater than", "≠": "is not equal to", "≈": "is about", "∼": "is similar to", "≡": "is equivalent to",
    "∝": "is proportional to", "→": "goes to", "⇒": "implies", "⇔": "if and only if", "↦": "maps to", "∞": "infinity",
    "∈": "in", "∉": "not in", "⊂": "is a subset of", "⊆": "is a subset of", "∪": "union", "∩": "intersection",
    "∅": "the empty set", "∀": "for all", "∃": "there is", "¬": "not", "∧": "and", "∨": "or", "∂": "partial",
    "∇": "nabla", "∑": "the sum", "∏": "the product", "∫": "the integral", "∮": "the closed integral",
    "!": "factorial", "%": "percent", "°": "degrees", "′": "prime", "'": "prime", "″": "double prime", "…": "and so on",
    "⋯": "and so on", "|": "bar", "‖": "double bar", "(": "open bracket", ")": "close bracket", "[": "open bracket",
    "]": "close bracket", "{": "open brace", "}": "close brace", "⟨": "open angle", "⟩": "close angle",
    "\u2061": "of", "\u2062": "", "\u2063": "", "\u2064": "and", "&": "",
}  # fmt: skip
_ACCENTS = {
    "^": "hat", "ˆ": "hat", "¯": "bar", "‾": "bar", "\u0305": "bar", "~": "tilde", "˜": "tilde", "→": "vector",
    "⃗": "vector", "˙": "dot", "¨": "double dot", "⏞": "", "⏟": "", "_": "",
}  # fmt: skip
_LARGE = frozenset("∑∏∫∮⋃⋂")
_LIMITS = frozenset({"lim", "max", "min", "sup", "inf"})
_FENCES = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "⟨": "⟩"}
_SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "mspace", "none", "mprescripts"})
_GREEK = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?(\w+)")


def words(element: Any, depth: int = 0) -> str:
    """A formula or a part of one in words. Empty for what shows nothing."""
    tag = _name(element)
    if depth > MAX_DEPTH or tag in _SILENT:
        return ""
    if tag in ("mi", "mn", "mo", "mtext", "ms"):
        return _token(element)
    parts = [child for child in element if isinstance(child.tag, str)]
    if tag == "semantics":
        parts = parts[:1]
    rule = _RULES.get(tag)
    needed = _NEEDED.get(tag, 0)
    if rule is None or len(parts) < needed:
        return _row(parts, depth)
    return _tidy(rule(element, parts, depth + 1))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,;])", r"\1", " ".join(text.split()))


def _token(element: Any) -> str:
    text = " ".join(str(element.text_content()).split())
    if _name(element) == "mo":
        return _SIGNS.get(text, text)
    if len(text) == 1:
        greek = _GREEK.match(unicodedata.name(unicodedata.normalize("NFKC", text), ""))
        plain = unicodedata.normalize("NFKC", text)
        return greek.group(1).lower().replace("lamda", "lambda") if greek else _SIGNS.get(plain, plain)
    return text


def _row(parts: Sequence[Any], depth: int) -> str:
    """Parts side by side. Bars around something are its absolute value, brackets after a name are "of"."""
    out: list[str] = []
    at = 0
    while at < len(parts):
        sign = _sign(parts[at])
        end = _closing(parts, at) if sign in _FENCES else None
        if end is None:
            out.append(words(parts[at], depth + 1))
            at += 1
            continue
        inside = _row(parts[at + 1 : end], depth + 1)
        before = parts[at - 1] if at else None
        out.append(_fenced(sign, inside, parts[at + 1 : end], before))
        at = end + 1
    return _tidy(" ".join(out))


def _sign(element: Any) -> str:
    return str(element.text_content()).strip() if _name(element) == "mo" else ""


def _closing(parts: Sequence[Any], start: int) -> int | None:
    opening = _sign(parts[start])
    depth = 0
    for at in range(start + 1, len(parts)):
        sign = _sign(parts[at])
        if sign == _FENCES[opening]:
            if not depth:
                return at
            depth -= 1
        elif sign == opening:
            depth += 1
    return None


def _fenced(sign: str, inside: str, parts: Sequence[Any], before: Any) -> str:
    if len(parts) == 1 and _name(parts[0]) == "mtable":
        return f"the determinant of {inside}" if sign == "|" else f"the {inside}"
    if sign in "|‖":
        return f"the {'absolute value' if sign == '|' else 'norm'} of {inside}"
    if len(parts) == 1 and _name(parts[0]) == "mfrac" and parts[0].get("linethickness", "").startswith("0"):
        return inside
    if sign == "(" and before is not None:
        if _sign(before) == "\u2061":
            return inside
        if _is_function(before):
            return f"of {inside}"
    return f"{_SIGNS[sign]} {inside} {_SIGNS[_FENCES[sign]]}"


def _is_function(element: Any) -> bool:
    """A letter that commonly names a function, or a name of several letters as sin."""
    while _name(element) in ("msub", "msup", "mrow") and len(element):
        element = element[0]
    text = str(element.text_content()).strip()
    return _name(element) == "mi" and (len(text) > 1 or text in "fghFGHPφψ")


def _is_simple(element: Any) -> bool:
    return _name(element) in ("mi", "mn", "mtext") or (len(element) == 1 and _is_simple(element[0]))


def _fraction(element: Any, parts: Sequence[Any], depth: int) -> str:
    top, bottom = (words(part, depth) for part in parts[:2])
    if element.get("linethickness", "").startswith("0"):
        return f"{top} choose {bottom}"
    if _is_simple(parts[0]) and _is_simple(parts[1]):
        return f"{top} over {bottom}"
    return f"the fraction with numerator {top} and denominator {bottom}"


def _square_root(element: Any, parts: Sequence[Any], depth: int) -> str:
    return f"the square root of {_row(parts, depth)}"


def _root(element: Any, parts: Sequence[Any], depth: int) -> str:
    base, index = (words(part, depth) for part in parts[:2])
    name = {"2": "square root", "3": "cube root", "4": "fourth root"}.get(index)
    return f"the {name} of {base}" if name else f"the root of order {index} of {base}"


def _power(element: Any, parts: Sequence[Any], depth: int) -> str:
    return f"{words(parts[0], depth)} {_exponent(parts[1], depth)}"


def _exponent(element: Any, depth: int) -> str:
    sign = str(element.text_content()).strip()
    if sign in ("′", "'", "″", "°", "%"):
        return _SIGNS[sign]
    if sign in ("*", "∗", "⋆"):
        return "star"
    if sign in ("2", "3"):
        return "squared" if sign == "2" else "cubed"
    return f"to the power of {words(element, depth)}"


def _index(element: Any, parts: Sequence[Any], depth: int) -> str:
    base, below = parts[:2]
    if _is_large(base):
        return _with_limits(base, below, None, depth)
    name = words(base, depth)
    return f"{name} base {words(below, depth)}" if name == "log" else f"{name} sub {words(below, depth)}"


def _index_and_power(element: Any, parts: Sequence[Any], depth: int) -> str:
    base, below, above = parts[:3]
    if _is_large(base):
        return _with_limits(base, below, above, depth)
    return f"{words(base, depth)} sub {words(below, depth)} {_exponent(above, depth)}"


def _under(element: Any, parts: Sequence[Any], depth: int) -> str:
    base, below = parts[:2]
    if _is_large(base):
        return _with_limits(base, below, None, depth)
    accent = _ACCENTS.get(str(below.text_content()).strip())
    return f"{words(base, depth)} {words(below, depth) if accent is None else accent}"


def _over(element: Any, parts: Sequence[Any], depth: int) -> str:
    base, above = parts[:2]
    accent = _ACCENTS.get(str(above.text_content()).strip())
    return f"{words(base, depth)} {words(above, depth) if accent is None else accent}"


def _under_and_over(element: Any, parts: Sequence[Any], depth: int) -> str:
    base, below, above = parts[:3]
    if _is_large(base):
        return _with_limits(base, below, above, depth)
    return f"{words(base, depth)} from {words(below, depth)} to {words(above, depth)}"


def _is_large(element: Any) -> bool:
    text = str(element.text_content()).strip()
    return text in _LARGE or text in _LIMITS


def _with_limits(base: Any, below: Any, above: Any | None, depth: int) -> str:
    text = str(base.text_content()).strip()
    low = words(below, depth)
    if text in _LIMITS:
        name = {"lim": "limit", "max": "maximum", "min": "minimum"}.get(text, text)
        return f"the {name} {'as' if text == 'lim' else 'over'} {low} of"
    name = words(base, depth)
    return f"{name} over {low} of" if above is None else f"{name} from {low} to {words(above, depth)} of"


def _matrix(element: Any, parts: Sequence[Any], depth: int) -> str:
    """A matrix row by row; equations under each other one after the other."""
    rows = [[words(cell, depth) for cell in row if isinstance(cell.tag, str)] for row in parts]
    wide = max((len(row) for row in rows), default=0)
    if _sign_before(element) not in _FENCES:
        return "; ".join(" ".join(cell for cell in row if cell) for row in rows)
    lines = "; ".join(f"row {n}: {', '.join(row)}" for n, row in enumerate(rows, start=1))
    return f"{len(rows)} by {wide} matrix, {lines};"


def _sign_before(element: Any) -> str:
    place = element
    while place is not None and place.getprevious() is None and _name(place.getparent()) in ("mrow", "mstyle"):
        place = place.getparent()
    before = place.getprevious()
    return _sign(before) if before is not None else ""


def _with_fences(element: Any, parts: Sequence[Any], depth: int) -> str:
    opening, closing = element.get("open", "("), element.get("close", ")")
    inside = ", ".join(words(part, depth) for part in parts)
    if opening in ("|", "‖"):
        return f"the {'absolute value' if opening == '|' else 'norm'} of {inside}"
    before = element.getprevious()
    if opening == "(" and before is not None and (_is_function(before) or _sign(before) == "\u2061"):
        return inside if _sign(before) == "\u2061" else f"of {inside}"
    return f"{_SIGNS.get(opening, opening)} {inside} {_SIGNS.get(closing, closing)}"


def _first(element: Any, parts: Sequence[Any], depth: int) -> str:
    return words(parts[0], depth)


_RULES = {
    "mfrac": _fraction, "msqrt": _square_root, "mroot": _root, "msup": _power, "msub": _index,
    "msubsup": _index_and_power, "munder": _under, "mover": _over, "munderover": _under_and_over,
    "mtable": _matrix, "mfenced": _with_fences, "maction": _first,
}  # fmt: skip
_NEEDED = {
    "mfrac": 2, "mroot": 2, "msup": 2, "msub": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "maction": 1,
}  # fmt: skip
