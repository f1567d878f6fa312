"""Shapes in plain text: lists, tables and code, recognised by how their lines stand. When in doubt they are lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voice_app.ingest.lines import indent, joined
from voice_app.model import Block, BlockKind

_BULLET = re.compile(
    r"^(?P<indent>\s*)(?:[-*+\u2022\u00b7\u2023\u25e6\u25aa\u25cf\u2013]"
    r"|\(?(?P<number>\d{1,3}|[a-zA-Z]|[ivx]{2,5})[.)])(?P<gap>[ \t]+)(?P<text>\S.*)$"
)
_INITIAL = re.compile(r"^\s*[A-Z]\.\s")
_GAP = re.compile(r"\t+|\s{2,}")
_CODE = re.compile(
    r"[;{}]\s*$|^\s*(?:\$|#!|//|/\*|>>>|\w+\(.*\)\s*[;{:]?$|(?:def|class|import|from|return|if|for|while|else|function"
    r"|var|let|const|public|private|void|int|echo|sudo|cd|git|pip|npm)\b.*[(){}=;:/-])"
    r"|\S\s*(?:[-+*/]?=|==|->|=>|:=|\|\||&&)\s*\S|^\s*</?\w+[^<>]*>"
)
MIN_CODE_INDENT = 4
MAX_CELL = 80


def items(chunk: Sequence[str]) -> list[Block] | None:
    """A chunk as a list, with the line that leads to it as a paragraph; None when it is no list."""
    first = next((n for n, line in enumerate(chunk) if _bullet(line, chunk)), None)
    if first is None or (first and not _leads(chunk, first)):
        return None
    lead = [" ".join(line.split()) for line in chunk[:first]]
    found = [Block(kind=BlockKind.PARAGRAPH, text=joined(lead))] if lead else []
    places: list[int] = []  # the indents of the lists that are open
    for match, lines in _entries(chunk[first:], chunk):
        at = len(match["indent"].expandtabs(4))
        while places and places[-1] > at:
            places.pop()
        if not places or at > places[-1]:
            places.append(at)
        text = joined([" ".join(line.split()) for line in (match["text"], *lines)])
        marker = f"{match['number']}." if match["number"] else ""
        found.append(Block(kind=BlockKind.ITEM, level=len(places), marker=marker, text=text))
    return found


def _leads(chunk: Sequence[str], first: int) -> bool:
    """A list inside a chunk: after a line that announces it, or with two marks that stand alike at least."""
    marks = [line for line in chunk[first:] if _bullet(line, chunk)]
    return chunk[first - 1].rstrip().endswith((":", "：")) or (len(marks) > 1 and len(marks) * 2 > len(chunk) - first)


def _entries(lines: Sequence[str], chunk: Sequence[str]) -> Iterator[tuple[re.Match[str], list[str]]]:
    match, rest = _bullet(lines[0], chunk), []
    for line in lines[1:]:
        found = _bullet(line, chunk)
        if found is None:
            rest.append(line)
            continue
        if match:
            yield match, rest
        match, rest = found, []
    if match:
        yield match, rest


def _bullet(line: str, chunk: Sequence[str]) -> re.Match[str] | None:
    """The mark of an item. A letter is one when another letter follows in the chunk: "A. Smith" is a name."""
    match = _BULLET.match(line)
    if match and match["number"] and match["number"].isalpha():
        if _INITIAL.match(line) and line.split()[1:2] and line.split()[1][:1].isupper() and len(chunk) < 3:
            return None
        marks = {found["number"] for other in chunk if (found := _BULLET.match(other)) and found["number"]}
        return match if len({mark for mark in marks if mark.isalpha()}) > 1 else None
    return match


def table(chunk: Sequence[str]) -> Block | None:
    """A chunk as a table; None when its columns are not sure."""
    lines = [line for line in chunk if line.strip()]
    rulers = [n for n, line in enumerate(lines) if _is_ruler(line)]
    body = [line for n, line in enumerate(lines) if n not in rulers]
    if len(body) < 2:
        return None
    rows = _barred(body) or _ruled(lines, rulers, body) or _tabbed(body) or _aligned(body)
    if rows is None or any(len(cell) > MAX_CELL for row in rows for cell in row):
        return None
    is_named = any(0 < n < len(lines) - 1 for n in rulers) or _is_header(rows)
    return Block(kind=BlockKind.TABLE, text="", rows=rows, named_columns=is_named)


def _is_ruler(line: str) -> bool:
    """A line of dashes or the like, as under the names of columns."""
    signs = set(line)
    return signs <= set("-=+|:_ \t") and any(sign * 2 in line for sign in signs & set("-=_"))


Rows = tuple[tuple[str, ...], ...]


def _barred(body: Sequence[str]) -> Rows | None:
    if not all("|" in line for line in body):
        return None
    rows = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in body]
    return tuple(rows) if len(set(map(len, rows))) == 1 and len(rows[0]) > 1 else None


def _ruled(lines: Sequence[str], rulers: Sequence[int], body: Sequence[str]) -> Rows | None:
    """Columns by a line of dashes that stand under them; cells may be empty."""
    groups = next((g for n in rulers if len(g := list(re.finditer(r"[-=]{2,}", lines[n]))) > 1), None)
    if groups is None:
        return None
    cuts = [match.start() for match in groups]
    rows = []
    for line in body:
        if any(line[cut - 1 : cut].strip() for cut in cuts[1:]):
            return None  # a word runs over the edge of a column
        ends = [*cuts[1:], None]
        rows.append(tuple(line[a:b].strip() for a, b in zip([0, *cuts[1:]], ends, strict=True)))
    return tuple(rows)


def _tabbed(body: Sequence[str]) -> Rows | None:
    counts = {line.strip().count("\t") for line in body}
    if len(counts) != 1 or 0 in counts:
        return None
    return tuple(tuple(cell.strip() for cell in line.strip().split("\t")) for line in body)


def _aligned(body: Sequence[str]) -> Rows | None:
    """At least three lines with the same number of cells, each column flush on its left or on its right."""
    cut = [_cells(line.expandtabs(8)) for line in body]
    if len(cut) < 3 or len(set(map(len, cut))) != 1 or len(cut[0]) < 2:
        return None
    for column in zip(*cut, strict=True):
        starts, ends = {start for start, _, _ in column}, {end for _, end, _ in column}
        if len(starts) > 1 and len(ends) > 1:
            return None
    return tuple(tuple(text for _, _, text in row) for row in cut)


def _cells(line: str) -> list[tuple[int, int, str]]:
    """(start, end, text) of what is parted by two blanks or more."""
    found, at = [], len(line) - len(line.lstrip())
    for text in _GAP.split(line.strip()):
        start = line.index(text, at)
        at = start + len(text)
        found.append((start, at, text))
    return found


def _is_header(rows: Rows) -> bool:
    """A first row without figures over a column of figures."""
    first, *rest = rows
    has_figures = [n for n in range(len(first)) if all(re.search(r"\d", row[n]) for row in rest if n < len(row))]
    return bool(rest) and bool(has_figures) and not any(re.search(r"\d", first[n]) for n in has_figures)


def code(chunk: Sequence[str]) -> Block | None:
    """A chunk that is set in and looks like a program; None when it does not."""
    if min(map(indent, chunk)) < MIN_CODE_INDENT:
        return None
    if sum(bool(_CODE.search(line)) for line in chunk) * 2 < len(chunk):
        return None
    least = min(map(indent, chunk))
    return Block(kind=BlockKind.CODE, text="\n".join(line.expandtabs(4)[least:] for line in chunk))
