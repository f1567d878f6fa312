"""A column's lines -> pieces of text: paragraphs, items, headings, tables, captions, formulas, code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from voice_app.ingest.pdf.heads import Heads
from voice_app.ingest.pdf.lines import lines_of
from voice_app.ingest.pdf.marks import CAPTION, Marker
from voice_app.ingest.pdf.parts import Line, Word
from voice_app.ingest.pdf.prose import Prose, Vocabulary, prose
from voice_app.ingest.pdf.tables import Table
from voice_app.model import BlockKind

FORMULA, CONTENTS = "formula", "table of contents"
_LEADERS = re.compile(r"(?:\s?[.·…_]){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})$", re.I)
_END = re.compile(r"[.!?:;。！？…][\"'”’»)\]]*$")
_FUNCTIONS = re.compile(r"^(?:max|min|sin|cos|tan|log|exp|lim|arg|det|mod|sup|inf|ln|if|and|or|for|where)\b")
_SYMBOLS = re.compile(r"[=+−×÷<>≤≥≈∑∫∏√∂∈]")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass
class Piece:
    """A block in the making. `first` and `last` are its outer lines, `x0` where it begins."""

    kind: BlockKind
    prose: Prose
    lines: Sequence[Line]
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    reason: str = ""
    is_caption: bool = False
    anchor: str = ""

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


@dataclass
class Setting:
    """What the whole file says about how it is set."""

    size: float
    leading: float
    heads: Heads
    words: Vocabulary
    items: Mapping[int, Marker] = field(default_factory=dict)
    calls: Mapping[int, str] = field(default_factory=dict)
    endnotes: Mapping[int, str] = field(default_factory=dict)
    grids: Mapping[int, Sequence[Sequence[Sequence[Word]]]] = field(default_factory=dict)


def pieces_of(part: Sequence[Line], tables: Sequence[Table], setting: Setting) -> Iterator[Piece]:
    """The pieces of one part of a page, in order."""
    starts = {table.start: table for table in tables}
    index = 0
    while index < len(part):
        line = part[index]
        run = setting.heads.of(line)
        table = starts.get(index)
        grid = next((setting.grids[id(word)] for word in line.words if id(word) in setting.grids), None)
        if grid:
            yield Piece(BlockKind.TABLE, Prose(), [line], rows=_rows(grid, line.page, setting))
            index += 1
        elif table:
            yield Piece(BlockKind.TABLE, Prose(), part[index : table.end], rows=table.rows)
            index = table.end
        elif run:
            yield Piece(BlockKind.HEADING, prose(run, setting.words, setting.calls), run)
            index += len(run)
        else:
            end = index + 1
            while end < len(part) and end not in starts and not _begins(part, index, end, setting):
                end += 1
            yield _piece(part[index:end], setting)
            index = end


def _rows(grid: Sequence[Sequence[Sequence[Word]]], page: int, setting: Setting) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(prose(lines_of(cell, page), setting.words).text if cell else "" for cell in row) for row in grid)


def _piece(lines: Sequence[Line], setting: Setting) -> Piece:
    first = lines[0]
    if is_formula(first):
        text = " ".join(line.text for line in lines).replace("\ufffd", "")
        return Piece(BlockKind.PARAGRAPH, Prose(text), lines, reason=FORMULA)
    if _LEADERS.search(first.text):
        text = " ".join(_LEADERS.sub("", line.text) for line in lines)
        return Piece(BlockKind.ITEM, Prose(text), lines, reason=CONTENTS)
    if _is_code(first):
        return Piece(BlockKind.CODE, Prose(code_of(lines)), lines)
    marker = setting.items.get(id(first))
    if marker:
        rest = [Line(first.words[1:], first.page, first.column), *lines[1:]]
        made = prose(rest, setting.words, setting.calls)
        anchor = setting.endnotes.get(id(first), "")
        if anchor:
            return Piece(BlockKind.NOTE, made, lines, marker=marker.text.strip("[]()."), anchor=anchor)
        return Piece(BlockKind.ITEM, made, lines, marker=marker.text)
    made = prose(lines, setting.words, setting.calls)
    if CAPTION.match(made.text):
        return Piece(BlockKind.FIGURE, made, lines, is_caption=True)
    kind = BlockKind.QUOTE if _is_set_in(lines) else BlockKind.PARAGRAPH
    return Piece(kind, made, lines)


def _begins(part: Sequence[Line], start: int, at: int, setting: Setting) -> bool:
    """Whether a new piece begins at line `at`, when the present one began at `start`."""
    before, line = part[at - 1], part[at]
    if any(id(word) in setting.grids for word in line.words):
        return True
    if _LEADERS.search(line.text) or _LEADERS.search(before.text):
        return True
    if is_formula(part[start]):
        return not is_formula(line) or setting.heads.of(line) is not None
    if is_formula(line) or setting.heads.of(line) or id(line) in setting.items or CAPTION.match(line.text):
        return True
    step = line.base - before.base
    leading = setting.leading * line.size / setting.size
    if _is_code(before) or _is_code(line):
        return _is_code(before) != _is_code(line) or step > 2.5 * leading or step < 0
    if step < -1 or step > 1.32 * leading or abs(line.size - before.size) > 0.08 * max(line.size, before.size):
        return True
    if _is_centred(before) and _is_centred(line):
        return False
    return _ends_early(before, line) or _is_moved(part, start, at, setting)


def _is_moved(part: Sequence[Line], start: int, at: int, setting: Setting) -> bool:
    """Whether the line's indent says that it begins a paragraph."""
    before, line = part[at - 1], part[at]
    em = line.size
    marker = setting.items.get(id(part[start]))
    if marker:
        text_x0 = part[start].words[1].x0
        is_hanging = at - start > 1 and part[start + 1].x0 > part[start].x0 + 0.5 * em
        return line.x0 < text_x0 - 0.5 * em and (is_hanging or _is_ended(before))
    left = part[start + 1].x0 if at - start > 1 else part[start].x0
    if line.x0 > left + 0.7 * em:
        return _is_ended(before) or _is_short(before)
    return at - start > 1 and line.x0 < left - 0.7 * em and (_is_ended(before) or _is_short(before))


def _ends_early(before: Line, line: Line) -> bool:
    """Whether the first word of a line would have fitted on the line before, which ends a sentence."""
    if before.text.endswith("-"):
        return False
    word = line.words[0]
    room = before.column[1] - before.x1
    fits = room > (word.x1 - word.x0) + 1.3 * line.size
    return fits and (_is_ended(before) or room > 0.4 * (before.column[1] - before.column[0]))


def _is_ended(line: Line) -> bool:
    return bool(_END.search(line.text))


def _is_short(line: Line) -> bool:
    return line.x1 < line.column[1] - 2.5 * line.size


def _is_centred(line: Line) -> bool:
    left, right = line.x0 - line.column[0], line.column[1] - line.x1
    return left > line.size and abs(left - right) < line.size


def _is_set_in(lines: Sequence[Line]) -> bool:
    """Whether a paragraph is set in from both sides, as a quotation is."""
    if len(lines) < 3:
        return False
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    column = lines[0].column
    return left - column[0] > 1.2 * lines[0].size and column[1] - right > 0.8 * lines[0].size


def is_formula(line: Line) -> bool:
    """Whether a line that stands apart is made of symbols, so that nothing in it can be read out."""
    if line.x0 - line.column[0] < 0.8 * line.size or len(line.text) > 120:
        return False
    plain = [w for w in line.words if not w.font.is_math and _WORD.search(w.text) and not _FUNCTIONS.match(w.text)]
    if plain:
        return False
    has_letters = any(w.font.is_math for w in line.words)
    return has_letters or (bool(_SYMBOLS.search(line.text)) and len(line.words) > 2)


def _is_code(line: Line) -> bool:
    return line.share("is_mono") > 0.9


def code_of(lines: Sequence[Line]) -> str:
    """The lines as they stand, with their indents in blanks."""
    left = min((line.x0 for line in lines), default=0.0)
    out = []
    for line in lines:
        letters = sum(len(word.text) for word in line.words)
        width = sum(word.x1 - word.x0 for word in line.words) / max(1, letters)
        text, edge = "", left
        for word in line.words:
            blanks = round((word.x0 - edge) / width) if width > 0.5 else 1
            text += " " * max(0, min(blanks, 80)) + word.text
            edge = word.x1
        out.append(text.replace("\ufffd", "").rstrip())
    return "\n".join(out)
