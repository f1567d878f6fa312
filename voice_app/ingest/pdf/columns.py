"""The order in which the parts of a page are read: columns from white strips that run down between words.

The order in the file is not looked at: programs write boxes, notes and columns as it suits them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from voice_app.ingest.pdf.parts import CJK, Word

MIN_GUTTER = 0.55  # of the type's size; LaTeX's own is 1.0 at 10 pt
SURE_GUTTER = 0.9
MIN_LINES = 3
MIN_NARROW_LINES = 7  # under a narrow strip: blanks between words can be above each other by chance
_HANGING = 0.3  # of the type's size: how far punctuation may hang out of its column
MIN_LINE_LETTERS = 12  # lines of cells are shorter, lines of columns longer
MIN_SIDE_LETTERS = 5  # in a narrow box beside the text
MIN_GRID_LETTERS = 20  # where the lines of both sides stand beside each other, as rows of a table do
_FULL = 0.72  # of a column's width is filled by its lines, on average; cells fill less
MAX_DEPTH = 10
MAX_GAPS = 40  # in one line; a newspaper has ten columns
MAX_STRIPS = 200
MAX_TRIES = 60
_BAND = 1.0  # of the type's size: white between parts of a page, at least
MAX_BANDS = 8


@dataclass(frozen=True, slots=True)
class _Strip:
    """A white rectangle; `is_cut` when text across it ends it."""

    x0: float
    x1: float
    top: float
    bottom: float
    is_cut: bool


def parts_of(words: Sequence[Word], depth: int = 0) -> list[list[Word]]:
    """The words of a page as parts, each one column wide, in reading order."""
    if not words:
        return []
    gutter = _gutter(words) if depth < MAX_DEPTH else None
    if gutter is None:
        return [list(words)]
    above, left, right, below = [], [], [], []  # type: tuple[list[Word], list[Word], list[Word], list[Word]]
    middle = (gutter.x0 + gutter.x1) / 2
    for word in words:
        y = (word.top + word.bottom) / 2
        if y < gutter.top:
            above.append(word)
        elif y > gutter.bottom:
            below.append(word)
        else:
            (left if (word.x0 + word.x1) / 2 < middle else right).append(word)
    return [part for some in (above, left, right, below) for part in parts_of(some, depth + 1)]


def type_size(words: Sequence[Word]) -> float:
    """The size most letters have."""
    sizes: dict[float, int] = {}
    for word in words:
        key = round(word.size * 2) / 2
        sizes[key] = sizes.get(key, 0) + len(word.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0) or 1.0


def _gutter(words: Sequence[Word]) -> _Strip | None:
    """The tallest strip that parts two columns of text."""
    size = type_size(words)
    for strip in sorted(_strips(words, size), key=lambda s: s.top - s.bottom)[:MAX_TRIES]:
        if strip.bottom - strip.top < MIN_LINES * size:
            return None
        if strip.x1 - strip.x0 < SURE_GUTTER * size and strip.bottom - strip.top < MIN_NARROW_LINES * size:
            continue
        for some in _stretches(strip, words, size):
            found = _between_columns(some, words, size)
            if found:
                return found
    return None


def _stretches(strip: _Strip, words: Sequence[Word], size: float) -> list[_Strip]:
    """The strip and its parts between white bands, the tallest first: a table can stand over columns."""
    inside = sorted((w for w in words if strip.top <= (w.top + w.bottom) / 2 <= strip.bottom), key=lambda w: w.top)
    breaks = [strip.top]
    edge = strip.top
    for word in inside:
        if word.top - edge > _BAND * size and edge > strip.top:
            breaks.append((word.top + edge) / 2)
        edge = max(edge, word.bottom)
    breaks = [*breaks[:MAX_BANDS], strip.bottom]
    if strip.is_cut and len(breaks) > 2 and _line_count(inside, breaks[-2]) <= MIN_LINES:
        breaks.pop()  # headings over what goes across
    tables = [(a, b) for a, b in pairwise(breaks) if _is_table(strip, inside, a, b)]
    pairs = [(a, b) for i, a in enumerate(breaks) for b in breaks[i + 1 :]]
    return [
        _Strip(strip.x0, strip.x1, a, b, strip.is_cut and b == strip.bottom)
        for a, b in sorted(pairs, key=lambda pair: pair[0] - pair[1])
        if b - a >= MIN_LINES * size and not any(a <= start and end <= b for start, end in tables)
    ]


def _line_count(words: Sequence[Word], top: float) -> int:
    return len({round(w.base) for w in words if w.top >= top})


def _is_table(strip: _Strip, words: Sequence[Word], top: float, bottom: float) -> bool:
    """Whether the strip parts cells here: short lines that stand level on both sides."""
    some = [w for w in words if top <= (w.top + w.bottom) / 2 <= bottom]
    left, right = (_by_line([w for w in some if (w.x1 <= strip.x0 + w.size) == side]) for side in (True, False))
    if len(left) < 2 or len(right) < 2:
        return False
    return _is_level(left, right) and min(_typical_letters(left), _typical_letters(right)) < MIN_GRID_LETTERS


def _is_level(left: dict[float, list[Word]], right: dict[float, list[Word]]) -> bool:
    """Whether the lines of two sides stand beside each other, as rows of a table do."""
    beside = sum(any(abs(y - other) < 1.5 for other in right) for y in left)
    return beside >= 0.8 * min(len(left), len(right))


def _strips(words: Sequence[Word], size: float) -> list[_Strip]:
    """White strips that are as tall as they can be, found by sweeping down in half lines."""
    step = 0.5 * size
    rows = _rows(words, step)
    least = MIN_GUTTER * size
    done: list[_Strip] = []
    active: dict[tuple[float, float], float] = {}
    top = min(w.top for w in words)
    for number, row in enumerate(rows):
        y = top + number * step
        gaps = _gaps(row, least)
        going: dict[tuple[float, float], float] = {}
        for (a, b), start in active.items():
            lives = False
            for c, d in gaps:
                low, high = max(a, c), min(b, d)
                if high - low >= least:
                    lives = True
                    going[low, high] = min(start, going.get((low, high), math.inf))
            if not lives:
                done.append(_Strip(a, b, start, y - step, is_cut=True))
        for gap in gaps:
            going.setdefault(gap, y)
        if len(going) > MAX_STRIPS:
            going = dict(sorted(going.items(), key=lambda strip: strip[1])[:MAX_STRIPS])
        active = going
    bottom = top + len(rows) * step
    done += [_Strip(a, b, start, bottom, is_cut=False) for (a, b), start in active.items()]
    return [s for s in done if s.x0 > -math.inf and s.x1 < math.inf]


def _rows(words: Sequence[Word], step: float) -> list[list[tuple[float, float, float]]]:
    """Which stretches are covered by words at each height, `step` apart, each with how far it reaches out: a blank in
    large type is wide, and dots that lead to a number hold together."""
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    rows: list[list[tuple[float, float, float]]] = [[] for _ in range(min(4000, int((bottom - top) / step) + 1))]
    for word in words:
        hanging = _HANGING * word.size if word.text[-1:] in "-,.;:'" else 0
        reach = (1.5 if not word.text.strip(". ") else 0.5) * word.size
        first, last = int((word.top - top) / step + 0.5), int((word.bottom - top) / step + 0.5)
        for row in rows[first : max(first, last) + 1]:
            row.append((word.x0, word.x1 - hanging, reach))
    return rows


def _gaps(row: list[tuple[float, float, float]], least: float) -> list[tuple[float, float]]:
    gaps = []
    edge, reach = -math.inf, 0.0
    for x0, x1, own in sorted(row):
        if x0 - edge >= max(least, reach, own):
            gaps.append((edge, x0))
        if x1 > edge:
            edge, reach = x1, own
    gaps.append((edge, math.inf))
    return gaps if len(gaps) <= MAX_GAPS else sorted(gaps, key=lambda gap: gap[0] - gap[1])[:MAX_GAPS]


def _between_columns(strip: _Strip, words: Sequence[Word], size: float) -> _Strip | None:
    """The strip, cut to where it has columns on both sides; None when what it parts is no running text."""
    inside = [w for w in words if strip.top <= (w.top + w.bottom) / 2 <= strip.bottom]
    middle = (strip.x0 + strip.x1) / 2
    left = [w for w in inside if (w.x0 + w.x1) / 2 < middle]
    right = [w for w in inside if (w.x0 + w.x1) / 2 >= middle]
    if not left or not right:
        return None
    top = max(strip.top, min(w.top for w in right) - 0.1 * size)
    bottom = strip.bottom
    end = max(w.bottom for w in right)
    below = [w for w in left if w.top > end]
    if strip.is_cut and below and _is_apart(below, left, end, size):
        bottom = end + 0.1 * size  # a short heading over what goes across
    left = [w for w in left if top <= (w.top + w.bottom) / 2 <= bottom]
    return _Strip(strip.x0, strip.x1, top, bottom, strip.is_cut) if _are_columns(left, right) else None


def _is_apart(below: list[Word], left: list[Word], end: float, size: float) -> bool:
    """Whether the few lines that the left side has below the right one are a heading and no more of the column."""
    if len({round(w.base) for w in below}) > MIN_LINES:
        return False
    over = max((w.bottom for w in left if w.top <= end), default=0.0)
    return min(w.top for w in below) - over > _BAND * size or type_size(below) > 1.08 * size


def _are_columns(left: list[Word], right: list[Word]) -> bool:
    a, b = _by_line(left), _by_line(right)
    if len(a) < MIN_LINES or len(b) < 2 or len(a) + len(b) < 2 * MIN_LINES:
        return False
    letters = sorted((_typical_letters(a), _typical_letters(b)))
    if not _is_level(a, b):
        return letters[0] >= MIN_SIDE_LETTERS and letters[1] >= MIN_LINE_LETTERS
    return letters[0] >= MIN_GRID_LETTERS and min(_filled(a), _filled(b)) >= _FULL


def _by_line(words: list[Word]) -> dict[float, list[Word]]:
    lines: dict[float, list[Word]] = {}
    for word in sorted(words, key=lambda w: w.base):
        y = next((y for y in reversed(lines) if word.base - y < 0.5 * word.size), None)
        lines.setdefault(word.base if y is None else y, []).append(word)
    return lines


def _typical_letters(lines: dict[float, list[Word]]) -> float:
    return median(sum(len(w.text) + 1 + len(CJK.findall(w.text)) for w in line) for line in lines.values())


def _filled(lines: dict[float, list[Word]]) -> float:
    """How far the lines reach, on average, between the outermost edges."""
    x0 = min(w.x0 for line in lines.values() for w in line)
    x1 = max(w.x1 for line in lines.values() for w in line)
    reach = [max(w.x1 for w in line) - min(w.x0 for w in line) for line in lines.values()]
    return sum(reach) / len(reach) / max(1.0, x1 - x0)
