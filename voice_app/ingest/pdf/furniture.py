"""What stands on every page and is not the text: running heads, page numbers, numbers of lines, sideways stamps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voice_app.ingest.pdf.lines import lines_of
from voice_app.ingest.pdf.marks import roman
from voice_app.ingest.pdf.parts import Line, Page, Word

HEADER, FOOTER, NUMBER, LINE_NUMBER, SIDEWAYS = (
    "page header", "page footer", "page number", "line number", "sideways text",
)  # fmt: skip
_ZONE = 0.14  # of the page's height, at the top and at the foot
_ROWS = 3  # in each zone
_SAME_Y = 2.5
MIN_GAP = 0.6  # of its size, between furniture and text
_ROMAN = r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_FIGURE = re.compile(rf"\d+|\b{_ROMAN}\b", re.I)
_ONLY_ROMAN = re.compile(rf"^{_ROMAN}$")
_NUMBER = re.compile(
    rf"^[\W_]*(?:(?:page|seite|p\.|s\.|pagina|página|strona|sida|side)\s*)?(?:\d{{1,4}}|[A-Z]?-?\d{{1,3}}|{_ROMAN})"
    r"(?:\s*(?:of|von|de|di|/|sur|van|z|av)\s*\d{1,4})?[\W_]*$",
    re.I,
)
MIN_LINE_NUMBERS = 6


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    line: Line
    is_top: bool
    gap: float  # to the text, in points

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def key(self) -> str:
        """The text without its figures."""
        return _FIGURE.sub("#", self.text.casefold())


def without_furniture(pages: Sequence[Page]) -> dict[int, list[tuple[str, str, bool]]]:
    """Take what is no text out of the pages' words. By page: (text, reason, whether it stood at the top), each text
    once in the whole file."""
    found: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for page in pages:
        for reason, words in ((LINE_NUMBER, _line_numbers(page)), (SIDEWAYS, page.sideways)):
            _note(found, seen, page, " ".join(w.text for w in words), reason, is_top=reason == SIDEWAYS)
            page.words = _without(page.words, words)
    rows = [row for page in pages for row in _rows(page)]
    by_number = {page.number: page for page in pages}
    for row in sorted(_repeated(rows, len(pages)), key=lambda row: row.page):
        page = by_number[row.page]
        reason = NUMBER if _NUMBER.match(row.text) else HEADER if row.is_top else FOOTER
        text = _FIGURE.sub("", row.text) if reason != NUMBER else "#"
        _note(found, seen, page, row.text, reason, is_top=row.is_top, key=text)
        page.words = _without(page.words, row.line.words)
    return found


def _note(
    found: dict[int, list[tuple[str, str, bool]]],
    seen: set[tuple[str, str]],
    page: Page,
    text: str,
    reason: str,
    *,
    is_top: bool,
    key: str | None = None,
) -> None:
    name = (reason, " ".join((text if key is None else key).split()).casefold())
    if reason == LINE_NUMBER:
        name = (reason, "")
    if text and name not in seen:
        seen.add(name)
        found[page.number].append((text, reason, is_top))


def _without(words: list[Word], dropped: Sequence[Word]) -> list[Word]:
    gone = {id(word) for word in dropped}
    return [word for word in words if id(word) not in gone] if gone else words


def _rows(page: Page) -> Iterator[_Row]:
    """The outermost lines of a page, from its edges inwards."""
    top = [w for w in page.words if w.base < _ZONE * page.height]
    foot = [w for w in page.words if w.base > (1 - _ZONE) * page.height]
    rest = [w for w in page.words if _ZONE * page.height <= w.base <= (1 - _ZONE) * page.height]
    above = lines_of(top, page.number)
    for index, line in enumerate(above[:_ROWS]):
        next_top = above[index + 1].top if index + 1 < len(above) else min((w.top for w in rest), default=page.height)
        yield _Row(page.number, line, True, next_top - line.bottom)
    below = lines_of(foot, page.number)[::-1]
    for index, line in enumerate(below[:_ROWS]):
        last = below[index + 1].bottom if index + 1 < len(below) else max((w.bottom for w in rest), default=0)
        yield _Row(page.number, line, False, line.top - last)


def _repeated(rows: Sequence[_Row], count: int) -> list[_Row]:
    """The rows that are furniture: those at a height where texts repeat, and lone page numbers."""
    out: dict[int, _Row] = {}
    for slot in _slots(rows):
        keys: dict[str, set[int]] = defaultdict(set)
        for row in slot:
            keys[row.key].add(row.page)
        numbered = _counted(slot)
        pages = {row.page for row in slot}
        sure = [row for row in slot if _is_spread(keys[row.key])]
        if len({row.page for row in sure}) < 0.2 * count:
            sure = []  # a coincidence, as a line of a form that stands on two of twenty pages
        if len({row.page for row in [*sure, *numbered]}) >= 0.6 * len(pages) and len(pages) > 2:
            sure = slot  # running heads that change with the section
        for row in [*sure, *numbered]:
            out[id(row)] = row
    outermost = _outermost(rows)
    for row in outermost:
        is_lone = row.gap > 0.8 * row.line.size and _NUMBER.match(row.text) and any(c.isdigit() for c in row.text)
        if is_lone and len(row.text) <= 12 and _fits(row, count):
            out[id(row)] = row
    sides: dict[tuple[int, bool], list[_Row]] = defaultdict(list)
    for row in out.values():
        sides[row.page, row.is_top].append(row)
    return [r for r in out.values() if _NUMBER.match(r.text) or _is_apart(r, sides[r.page, r.is_top])]


def _is_apart(row: _Row, side: Sequence[_Row]) -> bool:
    """Whether white parts a row, or one of its kind between it and the text, from the text."""
    inner = (other for other in side if other is row or (other.line.base > row.line.base) == row.is_top)
    return any(other.gap > MIN_GAP * other.line.size for other in inner)


def _is_spread(pages: set[int]) -> bool:
    """Whether a text stands on pages in a row, or on each second one."""
    return any(b - a <= 2 for a, b in pairwise(sorted(pages)))


def _slots(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows at the same height of their pages."""
    slots: list[list[_Row]] = []
    for row in sorted(rows, key=lambda row: (row.is_top, row.line.base)):
        same = slots and slots[-1][0].is_top == row.is_top
        if same and row.line.base - slots[-1][-1].line.base <= _SAME_Y:
            slots[-1].append(row)
        else:
            slots.append([row])
    return slots


def _counted(slot: Sequence[_Row]) -> list[_Row]:
    """The rows whose outer figure grows with the pages."""
    offsets: dict[tuple[bool, int], list[_Row]] = defaultdict(list)
    for row in slot:
        parts = row.text.split()
        for figure in {part.strip(".,:|–—-()[]") for part in (parts[:1] + parts[-1:])}:
            if figure.isdecimal() and len(figure) < 5:
                offsets[False, int(figure) - row.page].append(row)
            elif figure.islower() and _ONLY_ROMAN.match(figure):
                offsets[True, roman(figure) - row.page].append(row)
    growing = [rows for rows in offsets.values() if len(rows) > 1]
    rows = list({id(row): row for some in growing for row in some}.values())
    return rows if len(rows) > 2 or all(_NUMBER.match(row.text) for row in rows) else []


def _outermost(rows: Sequence[_Row]) -> list[_Row]:
    edges: dict[tuple[int, bool], _Row] = {}
    for row in rows:
        at = (row.page, row.is_top)
        if at not in edges or (row.line.base < edges[at].line.base) == row.is_top:
            edges[at] = row
    return list(edges.values())


def _fits(row: _Row, count: int) -> bool:
    """Whether a lone number may be the page's: its own, or one in a part of a longer work."""
    match = re.search(r"\d+", row.text)
    return match is not None and (count > 1 or len(match[0]) < 4)


def _line_numbers(page: Page) -> list[Word]:
    """The numbers in the margin of a manuscript: one under the other, left or right of all lines, each one more."""
    for edge in ("x0", "x1"):
        near: dict[int, list[Word]] = defaultdict(list)
        for word in page.words:
            if word.text.isdecimal() and len(word.text) < 5:
                near[round(word.x1 / 6)].append(word)
        for place, words in near.items():
            group = sorted(words + near.get(place + 1, []), key=lambda w: w.base)
            if len(group) >= MIN_LINE_NUMBERS and _grows(group) and _is_margin(group, page, edge):
                return group
    return []


def _grows(words: Sequence[Word]) -> bool:
    steps = [int(b.text) - int(a.text) for a, b in pairwise(words)]
    return len(set(steps)) == 1 and steps[0] in (1, 2, 5, 10)


def _is_margin(group: Sequence[Word], page: Page, edge: str) -> bool:
    """Whether the words stand apart from the text, on the side named: nothing else is as far out."""
    ids = {id(word) for word in group}
    rest = [w for w in page.words if id(w) not in ids]
    others = [w for w in rest if group[0].top < w.base < group[-1].bottom]
    if not others or len(others) < 0.7 * len(rest):
        return False  # the first column of a table, not the margin of a page
    if edge == "x0":
        return max(w.x1 for w in group) + 3 < min(w.x0 for w in others)
    return min(w.x0 for w in group) - 3 > max(w.x1 for w in others)
