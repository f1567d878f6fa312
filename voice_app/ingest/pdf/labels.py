"""The words inside a diagram: its labels, which say nothing without it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from voice_app.ingest.pdf.lines import lines_of
from voice_app.ingest.pdf.marks import CAPTION, TABLE_WORDS
from voice_app.ingest.pdf.parts import Box, Line, Page, Word

LABEL = "text in a figure"
_NEAR = 70.0  # points between a figure and its caption, at most
_REACH = 14.0  # points that labels stand outside of what they name
MAX_LABEL_WORDS = 7  # on one line; more is text that stands on a picture


def without_labels(page: Page) -> list[str]:
    """Take the labels of captioned diagrams out of the page's words; what they say, one text a diagram."""
    captions = list(_caption_starts(page)) if page.pictures else []
    texts = []
    for box in page.pictures:
        if not any(_belongs(box, start) for start in captions):
            continue
        wide = _with_rules(box, page)
        inside = [w for w in page.words if _is_in(w, wide)]
        lines = [line for line in lines_of(inside, page.number) if not _is_text(line)]
        labels = {id(word) for line in lines for word in line.words}
        if labels:
            page.words = [w for w in page.words if id(w) not in labels]
            texts.append(" ".join(line.text for line in lines))
    return texts


def _caption_starts(page: Page) -> Iterator[Word]:
    words = page.words
    for a, b in pairwise(words):
        if CAPTION.match(f"{a.text} {b.text} ") and a.text.rstrip(".").casefold() not in TABLE_WORDS:
            yield a


def _belongs(box: Box, start: Word) -> bool:
    is_below = -5 < start.top - box.bottom < _NEAR
    is_above = -5 < box.top - start.bottom < _NEAR
    return (is_below or is_above) and box.x0 - 150 < start.x0 < box.x1


def _with_rules(box: Box, page: Page) -> Box:
    """The box, grown by the rules that touch it, as the axes of a chart."""
    axes = [*page.rules, *page.uprights]
    near = [
        r
        for r in axes
        if box.x0 - 20 < r.x1 and r.x0 < box.x1 + 20 and box.top - 20 < r.bottom and r.top < box.bottom + 20
    ]
    whole = box.around(near)
    return Box(whole.x0 - _REACH, whole.top - _REACH, whole.x1 + _REACH, whole.bottom + _REACH)


def _is_in(word: Word, box: Box) -> bool:
    return box.x0 < word.x0 and word.x1 < box.x1 and box.top < word.top and word.bottom < box.bottom


def _is_text(line: Line) -> bool:
    return len(line.words) > MAX_LABEL_WORDS or bool(CAPTION.match(line.text))
