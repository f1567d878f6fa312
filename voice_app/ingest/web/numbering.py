"""The numbers of a list's items, as a browser counts them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voice_app.ingest.numerals import LARGEST, roman

MAX_NUMBER = 100_000


def numbers(element: Any) -> Iterator[str]:
    """The marker of each `li` of an `ol`: start, value, reversed and type count."""
    items = [child for child in element if child.tag == "li"]
    is_reversed = element.get("reversed") is not None
    number = _number(element.get("start"), len(items) if is_reversed else 1)
    kind = element.get("type") or _styled(element)
    for item in items:
        number = _number(item.get("value"), number)
        yield f"{_written(number, item.get('type') or kind)}."
        number += -1 if is_reversed else 1


def _number(told: str | None, otherwise: int) -> int:
    text = (told or "").strip()
    is_number = text.lstrip("-").isdecimal() and len(text) < 7
    return int(text) if is_number and abs(int(text)) <= MAX_NUMBER else otherwise


def _styled(element: Any) -> str:
    style = (element.get("style") or "").replace(" ", "").lower()
    names = {
        "lower-alpha": "a",
        "lower-latin": "a",
        "upper-alpha": "A",
        "upper-latin": "A",
        "lower-roman": "i",
        "upper-roman": "I",
    }
    return next((kind for name, kind in names.items() if f":{name}" in style), "1")


def _written(number: int, kind: str) -> str:
    if kind in ("a", "A") and number > 0:
        text = _letters(number)
    elif kind in ("i", "I") and 0 < number <= LARGEST:
        text = roman(number)
    else:
        return str(number)
    return text.upper() if kind.isupper() else text


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
