"""Whole numbers in words, for rules that must not leave the figures to the normaliser; and words for abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def cardinal(number: int) -> str:
    """0 to 999,999,999 in words."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[rest]}" if rest else "")
    size, name = (10**6, "million") if number >= 10**6 else (1000, "thousand") if number >= 1000 else (100, "hundred")
    above, rest = divmod(number, size)
    return f"{cardinal(above)} {name}" + (f" {cardinal(rest)}" if rest else "")


def decimal(number: str) -> str:
    """ "3.14" in words; whole numbers too."""
    whole, _, part = number.partition(".")
    return cardinal(int(whole)) + (f" point {figure_by_figure(part)}" if part else "")


def figure_by_figure(figures: str) -> str:
    return " ".join(cardinal(int(figure)) for figure in figures)


def ordinal(number: int) -> str:
    """1 to 99 in words, as a place in a row."""
    before, hyphen, last = cardinal(number).rpartition("-")
    said = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{before}{hyphen}{said}"


def year(number: int) -> str:
    """1100 to 2099 in words, as years are said: in pairs, but "two thousand eight"."""
    first, last = divmod(number, 100)
    if first % 10 == 0 and last < 10:
        return f"{cardinal(first // 10)} thousand" + (f" {cardinal(last)}" if last else "")
    if last == 0:
        return f"{cardinal(first)} hundred"
    return f"{cardinal(first)} {'oh ' if last < 10 else ''}{cardinal(last)}"


def in_pairs(number: int) -> str:
    """Below 10,000, as houses and sections are numbered: "forty", "two twenty-one", "sixteen hundred"."""
    first, last = divmod(number, 100)
    if not first or not last or (first == 20 and last < 10):
        return cardinal(number) if first < 11 or first % 10 == 0 else f"{cardinal(first)} hundred"
    return f"{cardinal(first)} {'oh ' if last < 10 else ''}{cardinal(last)}"


def roman(letters: str) -> int:
    """What a number in the letters I, V, X and L is worth."""
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def either(shorts: Iterable[str]) -> str:
    """A pattern for one of the abbreviations, the longest first."""
    return "|".join(sorted(map(re.escape, shorts), key=len, reverse=True))


def before(match: re.Match[str]) -> str:
    """The few words that stand before the match: rules that begin with a figure look there, which is faster."""
    return match.string[max(0, match.start() - 24) : match.start()]


def written_out(match: re.Match[str], said: str) -> str:
    """What is said for an abbreviation, with its full stop where that ends the sentence too."""
    ends = match.group().endswith(".") and not match.string[match.end() :].strip("\"'”’)] ")
    return f"{said}." if ends else said
