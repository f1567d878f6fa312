"""Tables: lines whose words stand in columns. Where that is not sure, the lines are left as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voice_app.ingest.pdf.parts import Box, Line, Word, has_blank

CELL_GAP = 0.9  # of the type's size between two cells, at least
MIN_ROWS = 3
MIN_RULED_ROWS = 2
_MAX_CELL = 160  # letters; longer ones are columns of text


@dataclass(frozen=True, slots=True)
class Table:
    """Lines [start, end) of a part, as rows of cells."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    x0: float
    x1: float
    text: str


def tables_in(lines: Sequence[Line], rules: Sequence[Box]) -> list[Table]:
    """The tables of one part of a page, from top to bottom."""
    cells = [_cells(line) for line in lines]
    found: list[Table] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and _goes_on(lines, cells, index, end, rules):
            end += 1
        table = _table(lines, cells, index, end, rules) if end - index >= MIN_RULED_ROWS else None
        if table:
            found.append(table)
        index = max(index + 1, end if table else index + 1)
    return found


def _goes_on(lines: Sequence[Line], cells: Sequence[list[_Cell]], start: int, end: int, rules: Sequence[Box]) -> bool:
    """Whether line `end` may belong to a table that begins at `start`."""
    if end > start and lines[end].base - lines[end - 1].base > 4 * lines[end].size:
        return False
    if len(cells[end]) > 1:
        return True
    # a line of one cell is a wrapped cell when rules go on below it
    return end > start and _frame(lines[start], rules)[1] > lines[end].base and len(cells[end]) == 1


def _frame(line: Line, rules: Sequence[Box]) -> tuple[float, float]:
    """From where to where the rules go that a line stands between, as far as they are less than an inch apart."""
    over = sorted(r.top for r in rules if r.x0 < line.x1 and line.x0 < r.x1)
    above = [y for y in over if y <= line.base]
    bottom = line.base
    for y in over:
        if y > line.base and y - bottom < 10 * line.size:
            bottom = y
    return (above[-1] if above else line.base), bottom


def _cells(line: Line) -> list[_Cell]:
    groups: list[list[Word]] = []
    for word in sorted(line.words, key=lambda w: w.x0):
        if groups and word.x0 - max(w.x1 for w in groups[-1]) < CELL_GAP * line.size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_Cell(min(w.x0 for w in g), max(w.x1 for w in g), _text(g)) for g in groups]


def _text(words: Sequence[Word]) -> str:
    out = ""
    for before, word in zip([None, *words], words, strict=False):
        out += (" " if before and has_blank(before, word) else "") + word.text
    return out.replace("\ufffd", "").strip()


def _table(
    lines: Sequence[Line], cells: Sequence[list[_Cell]], start: int, end: int, rules: Sequence[Box]
) -> Table | None:
    inside = [r for r in rules if lines[start].top - 1.5 * lines[start].size < r.top < lines[end - 1].bottom + 6]
    over = [r for r in inside if r.x0 < lines[start].x1 and lines[start].x0 < r.x1]
    levels = sorted({round(r.top / 3) for r in over})
    if len(levels) < 2 and end - start < MIN_ROWS:
        return None
    edges = _edges([c for row in cells[start:end] for c in row], end - start)
    if len(edges) < 2:
        return None
    rows = [_row(row, edges) for row in cells[start:end]]
    if any(row is None for row in rows) or any(len(cell) > _MAX_CELL for row in rows if row for cell in row):
        return None
    whole = _merged([row for row in rows if row], lines[start:end], over)
    filled = sum(bool(cell) for row in whole for cell in row)
    if filled < 0.6 * len(whole) * len(edges) or len(whole) < 2 or _is_list(whole) or _is_prose(whole, bool(over)):
        return None
    return Table(start, end, tuple(whole))


def _edges(cells: Sequence[_Cell], count: int) -> list[tuple[float, float]]:
    """The columns: stretches that cells cover, with white between."""
    edges: list[list[float]] = []
    for cell in sorted(cells, key=lambda c: c.x0):
        if edges and cell.x0 < edges[-1][1] + 1:
            edges[-1][1] = max(edges[-1][1], cell.x1)
        else:
            edges.append([cell.x0, cell.x1])
    return [(a, b) for a, b in edges]


def _row(row: Sequence[_Cell], edges: Sequence[tuple[float, float]]) -> tuple[str, ...] | None:
    out = [""] * len(edges)
    for cell in row:
        at = next(i for i, (a, b) in enumerate(edges) if a - 1 <= cell.x0 <= b + 1)
        if out[at]:
            return None
        out[at] = cell.text
    return tuple(out)


def _merged(rows: list[tuple[str, ...]], lines: Sequence[Line], rules: Sequence[Box]) -> list[tuple[str, ...]]:
    """Rows whose cells run over several lines made one, where rules part the rows."""
    levels = sorted({r.top for r in rules})
    bands = [sum(y < line.base for y in levels) for line in lines]
    is_grid = len(set(bands)) > 2 or (len(set(bands)) == 2 and bands[-1] != bands[0] and len(rows) == 2)
    head = bands.count(bands[0])
    out: list[tuple[str, ...]] = []
    for index, row in enumerate(rows):
        joins = index > 0 and bands[index] == bands[index - 1] and (is_grid or (len(levels) > 2 and index < head <= 3))
        if joins:
            out[-1] = tuple(" ".join(filter(None, pair)) for pair in zip(out[-1], row, strict=True))
        else:
            out.append(row)
    return out


def _is_list(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first column holds only the marks of a list."""
    return len(rows[0]) == 2 and all(len(row[0].strip("().[]")) <= 2 for row in rows)


def _is_prose(rows: Sequence[tuple[str, ...]], is_ruled: bool) -> bool:
    """Whether the cells are pieces of sentences that a wide blank parts by chance."""
    cells = [cell for row in rows for cell in row if cell]
    long = sum(len(cell.split()) > 8 for cell in cells)
    return not is_ruled and long > 0.3 * len(cells)
