"""Numbers of a DOCX's lists and headings, counted as Word counts them: restarts, several levels, letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from voice_app.ingest.ooxml import value, w

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX_ROMAN = 3999
_MAX_LINKS = 5
LEVELS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    style: str = ""


@dataclass(slots=True, kw_only=True)
class _List:
    """An abstract numbering: its levels, and how far each has counted."""

    levels: dict[int, _Level]
    link: str = ""
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through the document once, in its order."""

    def __init__(self, root: Any, style_list: Callable[[str], str]) -> None:
        """`style_list` gives the list that a numbering style uses."""
        self._style_list = style_list
        self._lists: dict[str, _List] = {}
        self._of_number: dict[str, str] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        for element in root.iter(w("abstractNum")) if root is not None else ():
            levels = {_number(e.get(w("ilvl"))): _level(e) for e in element.iter(w("lvl"))}
            self._lists[element.get(w("abstractNumId"), "")] = _List(
                levels=levels, link=value(element, "numStyleLink") or ""
            )
        for element in root.iter(w("num")) if root is not None else ():
            number = element.get(w("numId"), "")
            self._of_number[number] = value(element, "abstractNumId") or ""
            self._starts[number] = {
                _number(e.get(w("ilvl"))): _number(start)
                for e in element.iter(w("lvlOverride"))
                if (start := value(e, "startOverride")) is not None
            }

    def level_of(self, number: str, style: str) -> int:
        """The level of a list that is tied to a style."""
        found = self._list(number)
        return next((n for n, one in found.levels.items() if one.style == style), 0) if found else 0

    def label(self, number: str, level: int) -> tuple[str, bool]:
        """The label of the next paragraph of a list, and whether the list counts. Empty for a bullet."""
        found = self._list(number)
        level = max(0, min(LEVELS - 1, level))
        form = found.levels.get(level) if found else None
        if found is None or form is None:
            return "", False
        if number not in self._begun:
            self._begun.add(number)
            for at, start in self._starts.get(number, {}).items():
                found.counts[at] = start - 1
        found.counts[level] = found.counts.get(level, form.start - 1) + 1
        for deeper in [at for at in found.counts if at > level]:
            del found.counts[deeper]
        if form.form in ("bullet", "none"):
            return "", False
        return _PLACE.sub(lambda match: _count(found, int(match[1]) - 1), form.text).strip(), True

    def _list(self, number: str) -> _List | None:
        for _ in range(_MAX_LINKS):
            found = self._lists.get(self._of_number.get(number, ""))
            if found is None or not found.link:
                return found
            number = self._style_list(found.link)
        return None


def _level(element: Any) -> _Level:
    return _Level(
        start=_number(value(element, "start") or "1"),
        form=value(element, "numFmt") or "decimal",
        text=(value(element, "lvlText") or "")[:60],
        style=value(element, "pStyle") or "",
    )


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else 0


def _count(one: _List, level: int) -> str:
    form = one.levels.get(level, _Level())
    number = one.counts.get(level, form.start)
    if form.form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min(5, (number - 1) // 26 + 1)
        return letter.upper() if form.form == "upperLetter" else letter
    if form.form in ("lowerRoman", "upperRoman") and 0 < number <= _MAX_ROMAN:
        return _roman(number).upper() if form.form == "upperRoman" else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for size, letters in _ROMAN:
        out += letters * (number // size)
        number %= size
    return out
