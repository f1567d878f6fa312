"""Tables whose cells are drawn: rules across and down make the cells, and each word is in one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from voice_app.ingest.pdf.parts import Page, Word, touching

MAX_RULES = 3_000
MAX_CELL = 1_500  # letters; a frame around a page is no cell
_TOUCH = 2.5
PLACE = "\ufffc"  # the word that stands where a table was taken out


def take_grids(page: Page) -> dict[int, list[list[list[Word]]]]:
    """Take the words of drawn tables out of the page; by the id() of the word left in their place, the rows of cells,
    each with its words."""
    found: dict[int, list[list[list[Word]]]] = {}
    rules = [*page.rules, *page.uprights][:MAX_RULES]
    for _, group in touching(rules, _TOUCH):
        xs = _levels(box.x0 for box in group if not box.is_flat)
        ys = _levels(box.top for box in group if box.is_flat)
        if len(xs) < 3 or len(ys) < 3:
            continue
        rows = _cells(page.words, xs, ys)
        inside = [word for row in rows for cell in row for word in cell]
        if not _is_table(rows, inside):
            continue
        gone = {id(word) for word in inside}
        place = min(inside, key=lambda word: word.top)
        mark = Word(PLACE, xs[0], xs[-1], place.base, place.size, place.font, index=place.index)
        page.words = [*(word for word in page.words if id(word) not in gone), mark]
        found[id(mark)] = rows
    return found


def _levels(places: Iterator[float]) -> list[float]:
    """Places that differ, in order."""
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > 2 * _TOUCH:
            out.append(place)
    return out


def _cells(words: Sequence[Word], xs: Sequence[float], ys: Sequence[float]) -> list[list[list[Word]]]:
    rows: list[list[list[Word]]] = [[[] for _ in xs[1:]] for _ in ys[1:]]
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        column, row = bisect_right(xs, x) - 1, bisect_right(ys, y) - 1
        if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
            rows[row][column].append(word)
    kept = [row for row in rows if any(row)]
    used = [i for i in range(len(xs) - 1) if any(row[i] for row in kept)]
    return [[row[i] for i in used] for row in kept]


def _is_table(rows: Sequence[Sequence[Sequence[Word]]], inside: Sequence[Word]) -> bool:
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    filled = sum(bool(cell) for row in rows for cell in row)
    longest = max(sum(len(word.text) for word in cell) for row in rows for cell in row)
    return filled >= 0.5 * len(rows) * len(rows[0]) and longest <= MAX_CELL and len(inside) > 3
