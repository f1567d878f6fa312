"""Roman numerals, as lists, headings and pages have them."""

from __future__ import annotations

LARGEST = 3999
_SIGNS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_FIGURES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman(number: int) -> str:
    """A number from 1 to `LARGEST` in small letters."""
    text = ""
    for value, sign in _SIGNS:
        count, number = divmod(number, value)
        text += sign * count
    return text


def value_of(numeral: str) -> int:
    """The value of a numeral in small letters."""
    figures = [_FIGURES[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(figures, [*figures[1:], 0], strict=True))
