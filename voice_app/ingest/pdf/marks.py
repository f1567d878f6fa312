"""The marks that begin a line: of a list's item, of a caption, of an entry in a list of works."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voice_app.ingest.pdf.parts import Line, Page, Word

BULLETS = "•‣◦▪▫■□●○◆◇►▸➢➤✓✔∙·⁃⚫⚬❖"
UNKNOWN = "\ufffd"  # a sign without meaning, which at the start of a line is a bullet of some font of symbols
_DASHES = "–—-*"
_NUMBER = re.compile(r"^(?:\[(\d{1,4})\]|\(?(\d{1,3})[.)]|\(?([a-z])[.)]|\(?([ivx]{1,5})[.)])$", re.I)
CAPTION = re.compile(
    r"^(figure|fig\.|table|abbildung|abb\.|tabelle|tab\.|tableau|figura|tabla|illustration|listing|scheme|chart|plate|"
    r"bild|рис\.|таблица|図|表)\s*([A-Z]?\.?\d+(?:[.-]\d+)*|[IVX]+)\s*[:.|–—-](?=\s|$)",
    re.I,
)
TABLE_WORDS = ("table", "tab", "tabelle", "tableau", "tabla", "таблица", "表")


@dataclass(frozen=True, slots=True)
class Marker:
    """`text` is an item's number, empty for a bullet; `value` counts, 0 for a bullet; `series` is how it is written."""

    text: str
    value: int
    series: str


def marker_of(line: Line) -> Marker | None:
    """What the line's first word is, if it can be the mark of an item."""
    first = line.words[0]
    if len(line.words) < 2:
        return None
    gap = line.words[1].x0 - first.x1
    if first.text in BULLETS or (first.text == UNKNOWN and gap > 0.2 * first.size):
        return Marker("", 0, "•")
    if first.text in _DASHES:
        return Marker("", 0, "–") if gap > 0.3 * first.size else None
    match = _NUMBER.match(first.text)
    if not match or gap < 0.1 * first.size:
        return None
    bracketed, number, letter, latin = match.groups()
    if bracketed:
        return Marker(first.text, int(bracketed), "[]")
    if number:
        return Marker(first.text, int(number), "1" + first.text[-1])
    if letter and letter not in "ivx":
        return Marker(first.text, ord(letter.lower()) - 96, ("A" if letter.isupper() else "a") + first.text[-1])
    numeral = latin or letter
    return Marker(first.text, roman(numeral.lower()), ("I" if numeral.isupper() else "i") + first.text[-1])


def roman(numeral: str) -> int:
    """The value of a numeral in small letters."""
    figures = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[c] for c in numeral]
    return sum(-a if a < b else a for a, b in zip(figures, [*figures[1:], 0], strict=True))


def drawn_bullets(page: Page) -> list[Word]:
    """A bullet for each dot that is drawn, not written, at a little distance before the first word of a line."""
    found = []
    for dot in page.dots:
        middle = (dot.top + dot.bottom) / 2
        level = [word for word in page.words if word.top < middle < word.bottom]
        after = [word for word in level if 2 < word.x0 - dot.x1 < 1.5 * word.size]
        if after and not any(dot.x0 - 3 * word.size < word.x1 < dot.x1 + 2 for word in level):
            word = after[0]
            found.append(Word("•", dot.x0, dot.x1, word.base, word.size, word.font, index=word.index))
    return found


def items_in(lines: Sequence[Line]) -> dict[int, Marker]:
    """By id(), the lines that begin an item. A number counts only in a row of at least two that grows by one."""
    found = [(index, line, marker) for index, line in enumerate(lines) if (marker := marker_of(line))]
    out = {id(line): marker for _, line, marker in found if not marker.value}
    last: dict[str, tuple[int, Line, Marker]] = {}
    for index, line, marker in found:
        if not marker.value:
            continue
        before = last.get(marker.series)
        if before and marker.value == before[2].value + 1 and index - before[0] < 80:
            out[id(before[1])], out[id(line)] = before[2], marker
        last[marker.series] = (index, line, marker)
    return out
