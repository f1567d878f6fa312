"""Tables: their cells as a grid, which of them are names, and which tables only lay out a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voice_app.ingest.web.figures import description
from voice_app.ingest.web.inline import HEADINGS, Inline, is_hidden

MAX_CELLS = 100_000
MAX_SPAN = 200
MAX_CELL_WORDS = 80  # a cell without a name and with more than that holds a page's text
_FIGURES = re.compile(r"\d")
_INNER = ("pre", "blockquote", "form", "article", "section", "h1", "h2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`rows` are equally long. `referred` are the anchors of the notes that its cells refer to."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    named_columns: bool
    named_rows: bool
    referred: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Cell:
    """`is_name` when it is a header; `wide` and `high` are how many columns and rows it covers."""

    text: str
    is_name: bool
    is_bold: bool
    scope: str
    wide: int
    high: int


@dataclass(slots=True, kw_only=True)
class _Row:
    cells: list[_Cell]
    in_head: bool


def table_of(element: Any) -> Table | None:
    """The table's cells; None for a table that only lays out a page."""
    if element.get("role") in ("presentation", "none") or next(element.iterdescendants("table"), None) is not None:
        return None
    if _is_layout(element):
        return None
    referred: list[str] = []
    rows = [_row(row, referred) for row in element.iter("tr") if not is_hidden(row)]
    caption = _caption(element, rows)
    rows = [row for row in rows if any(cell.text for cell in row.cells)]
    grid = _grid(rows)
    wide = max(map(len, grid), default=0)
    has_names = any(cell.is_name for row in rows for cell in row.cells)
    if wide < 2 or len(rows) < (1 if has_names else 2):
        return None
    grid = [line + [""] * (wide - len(line)) for line in grid]
    grid, wide = _without_empty_columns(grid)
    if wide < 2:
        return None
    heads = _head_rows(rows)
    named_rows = _has_named_rows(rows[heads:])
    named_columns = bool(heads) or (not has_names and _looks_named(rows, grid))
    lines = [_joined(grid[:heads]), *grid[heads:]] if heads > 1 else grid
    return Table(
        caption=caption,
        rows=tuple(map(tuple, lines)),
        named_columns=named_columns,
        named_rows=named_rows,
        referred=tuple(dict.fromkeys(referred)),
    )


def _row(element: Any, referred: list[str]) -> _Row:
    cells = [_cell(e, referred) for e in element if e.tag in ("td", "th") and not is_hidden(e)]
    return _Row(cells=cells, in_head=element.getparent().tag == "thead")


def _cell(element: Any, referred: list[str]) -> _Cell:
    words = Inline(marks=False)
    words.children(element)
    text = words.whole()[0]
    if not text:
        text = "; ".join(filter(None, (description(picture) for _, picture in words.pictures)))
    referred += words.referred
    role = element.get("role") or ""
    bold = "".join(e.text_content() for e in element.iter("b", "strong")).strip()
    return _Cell(
        text=text,
        is_name=element.tag == "th" or role in ("columnheader", "rowheader"),
        is_bold=bool(text) and len(bold) >= len(text),
        scope=(element.get("scope") or {"rowheader": "row", "columnheader": "col"}.get(role, "")).lower(),
        wide=_span(element.get("colspan")),
        high=_span(element.get("rowspan")),
    )


def _span(told: str | None) -> int:
    return min(MAX_SPAN, max(1, int(told))) if told and told.strip().isdecimal() else 1


def _caption(element: Any, rows: list[_Row]) -> str:
    """The caption, or a first row that is one header over the whole width, which is then taken out of the rows."""
    told = element.find("caption")
    if told is not None:
        words = Inline(marks=False)
        words.children(told)
        return words.whole()[0]
    top = next((row for row in rows if any(cell.text for cell in row.cells)), None)
    if top and len(top.cells) == 1 and top.cells[0].is_name and top.cells[0].wide > 1:
        rows.remove(top)
        return top.cells[0].text
    return ""


def _grid(rows: Sequence[_Row]) -> list[list[str]]:
    """Cells that cover several columns or rows say their text in each; one over a whole row says it once."""
    wide = max((sum(cell.wide for cell in row.cells) for row in rows), default=0)
    below: dict[int, tuple[int, str]] = {}  # column -> how many more rows a cell above covers, and its text
    grid: list[list[str]] = []
    for row in rows[: MAX_CELLS // max(1, wide)]:
        line: list[str] = []
        taken = below
        below = {at: (high - 1, text) for at, (high, text) in taken.items() if high > 1}
        for cell in row.cells:
            _fill(line, taken)
            is_whole = cell.wide >= wide and len(row.cells) == 1
            for n in range(cell.wide):
                if cell.high > 1:
                    below[len(line)] = (cell.high - 1, cell.text)
                line.append(cell.text if n == 0 or not is_whole else "")
        _fill(line, taken)
        grid.append(line)
    return grid


def _fill(line: list[str], taken: dict[int, tuple[int, str]]) -> None:
    while len(line) in taken:
        line.append(taken[len(line)][1])


def _without_empty_columns(grid: list[list[str]]) -> tuple[list[list[str]], int]:
    used = [n for n in range(len(grid[0])) if any(line[n] for line in grid)]
    return [[line[n] for n in used] for line in grid], len(used)


def _head_rows(rows: Sequence[_Row]) -> int:
    """How many of the first rows hold the names of columns."""
    count = 0
    for row in rows:
        texts = [cell for cell in row.cells if cell.text]
        is_names = bool(texts) and all(cell.is_name and cell.scope not in ("row", "rowgroup") for cell in texts)
        is_lone = len(texts) == 1 and len(row.cells) > 1 and not row.in_head
        if not row.in_head and (not is_names or is_lone):
            break
        count += 1
    return count if count < len(rows) or any(row.in_head for row in rows) else 1


def _has_named_rows(rows: Sequence[_Row]) -> bool:
    first = [row.cells[0] for row in rows if row.cells and len(row.cells) > 1]
    names = [cell for cell in first if cell.is_name and cell.scope not in ("col", "colgroup")]
    return bool(first) and len(names) * 2 > len(first)


def _looks_named(rows: Sequence[_Row], grid: Sequence[Sequence[str]]) -> bool:
    """Without marked headers: names are bold, or words over figures."""
    top, *others = rows
    if not others:
        return False
    if all(cell.is_bold for cell in top.cells if cell.text):
        return not all(cell.is_bold for row in others for cell in row.cells if cell.text)
    columns = list(zip(*grid, strict=True))
    return any(
        column[0] and not _FIGURES.search(column[0]) and all(_FIGURES.search(cell) for cell in column[1:])
        for column in columns
    )


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    """Several rows of names as one: "2019", "women" -> "2019 women"."""
    return [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*lines, strict=True)]


def _is_layout(element: Any) -> bool:
    if next(element.iter("th"), None) is not None:
        return next(element.iterdescendants("pre", "article", "form"), None) is not None
    cells = list(element.iter("td"))
    has_parts = any(next(cell.iterdescendants("p", "ul", "ol", *HEADINGS, *_INNER), None) is not None for cell in cells)
    if has_parts and element.find("thead") is None:
        return True
    return any(len(cell.text_content().split()) > MAX_CELL_WORDS for cell in cells)
