"""Headings, from the size and weight of type, from numbers and from bookmarks; and the title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from voice_app.ingest.article import key
from voice_app.ingest.pdf.marks import CAPTION
from voice_app.ingest.pdf.parts import Book, Line

LARGER = 1.08  # times the running text: measured on 28 files, 90 of 97 headings found, none wrong
TITLE_LARGER = 1.15
MAX_LETTERS = 250
MAX_BOLD_LETTERS = 120
MAX_LINES = 4
MAX_TITLE_PAGE = 400  # letters
# how far below its line the next heading line may be, in its own size
_NEXT = 1.6
_NUMBER = re.compile(r"^(?:(?:chapter|part|section|kapitel|teil)\s+)?((?:\d{1,2}\.)*\d{1,2})[.:)]?\s+(?=\D)", re.I)
_ROMAN = re.compile(r"^(?:[IVX]{1,5}|[A-H])\.\s+\S")
_BAD_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)\b|untitled|unbenannt|ohne titel|document\d*$|dokument\d*$|title$|print$|"
    r"slide \d)|\.(?:docx?|dvi|tex|pdf|indd|qxd|odt|rtf|html?|pptx?|txt)$|^[\w-]+\.[\w.-]+$|^https?:",
    re.I,
)

Style = tuple[float, bool, bool]


@dataclass
class Heads:
    """Which lines of a file are headings. `found` are runs of lines by the id() of their first line."""

    size: float
    found: dict[int, list[Line]] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    title: list[Line] | None = None
    title_text: str = ""

    def of(self, line: Line) -> list[Line] | None:
        return self.found.get(id(line))


def title_fact(book: Book) -> str:
    """The file's own word for its title, unless a program made it up."""
    text = book.title.removeprefix("Microsoft Word - ") if not _BAD_TITLE.search(book.title) else ""
    return text if sum(c.isalpha() for c in text) > 2 else ""


def heads_of(book: Book, parts: Sequence[Sequence[Line]], size: float) -> Heads:
    """The headings in the parts of all pages, with their levels; the title is level 1, the others 2 to 6."""
    out = Heads(size)
    named = {(mark.page, key(mark.title)): mark.level for mark in book.marks if mark.title}
    bold = _is_bold_text(parts)
    marked: dict[int, int] = {}
    leading = leading_of(parts, size)
    for part in parts:
        index = 0
        while index < len(part):
            run = _run(part, index, size, is_bold_text=bold, leading=leading)
            level = _marked(part, index, named)
            if level and not run:
                run = part[index : index + level[1]]
            if run and level:
                marked[id(run[0])] = level[0]
            if run:
                out.found[id(run[0])] = list(run)
            index += max(1, len(run))
    _find_title(out, book)
    _set_levels(out, marked)
    return out


def _is_bold_text(parts: Sequence[Sequence[Line]]) -> bool:
    total = sum(len(line.text) for part in parts for line in part)
    return sum(line.share("is_bold") * len(line.text) for part in parts for line in part) > 0.5 * total


def leading_of(parts: Sequence[Sequence[Line]], size: float) -> float:
    """From one line of running text to the next."""
    steps: Counter[float] = Counter()
    for part in parts:
        for a, b in pairwise(part):
            if a.size == b.size == size and 0 < b.base - a.base < 3 * size:
                steps[round((b.base - a.base) * 2) / 2] += 1
    return max(steps, key=lambda step: steps[step], default=1.2 * size)


def text_of(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _run(part: Sequence[Line], index: int, size: float, *, is_bold_text: bool, leading: float) -> Sequence[Line]:
    """The heading that begins at a line, or nothing."""
    line = part[index]
    if CAPTION.match(line.text) or not any(c.isalpha() for c in line.text):
        return ()
    if line.share("is_math") > 0.5 or line.share("is_mono") > 0.9:
        return ()
    is_large = line.size >= LARGER * size
    end = index + 1
    while end < len(part) and _same(part[end - 1], part[end], is_large=is_large):
        end += 1
    run = part[index:end]
    text = text_of(run)
    if is_large:
        return run if len(run) <= MAX_LINES and len(text) <= MAX_LETTERS and not _is_sentences(text) else ()
    if len(run) > 2 or len(text) > MAX_BOLD_LETTERS or line.size < 0.9 * size or text.endswith((",", ";")):
        return ()
    is_apart = index == 0 or line.base - part[index - 1].base > 1.15 * leading
    if line.share("is_bold") > 0.95 and not is_bold_text and not text.endswith("."):
        return run if is_apart or _is_short(part[index - 1]) else ()
    opened = end == len(part) or part[end].base - part[end - 1].base > 0.9 * leading
    return run if is_apart and opened and _is_dressed(run) else ()


def _same(a: Line, b: Line, *, is_large: bool) -> bool:
    """Whether b goes on with the heading of a."""
    if abs(a.size - b.size) > 0.6 or b.base - a.base > _NEXT * a.size or b.base <= a.base or _NUMBER.match(b.text):
        return False
    return is_large or (a.share("is_bold") > 0.95) == (b.share("is_bold") > 0.95)


def _is_sentences(text: str) -> bool:
    """Whether larger type is a standfirst or a quotation and no heading."""
    return len(text) > 100 and len(re.findall(r"[.!?](?:\s|$)", text)) > 1


def _is_short(line: Line) -> bool:
    return line.x1 < line.column[1] - 0.1 * (line.column[1] - line.column[0])


def _is_dressed(run: Sequence[Line]) -> bool:
    """Whether a line of the text's own size is set as a heading: in capitals, or numbered and in italics."""
    text = text_of(run)
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) / max(1, len(letters))
    slanted = sum(line.share("is_italic") for line in run) / len(run) > 0.8
    small_capitals = any("CSC" in word.font.name.upper() for line in run for word in line.words)
    is_numbered = bool(_NUMBER.match(text) or _ROMAN.match(text))
    if is_numbered and len(letters) > 2:
        return capitals > 0.85 or slanted or small_capitals
    return (capitals > 0.95 or small_capitals) and len(letters) >= 4 and len(text) <= 80 and not text.endswith(".")


def _marked(part: Sequence[Line], index: int, named: Mapping[tuple[int, str], int]) -> tuple[int, int] | None:
    """The level of the bookmark that says these lines, and how many lines they are."""
    if not named:
        return None
    text = ""
    for count, line in enumerate(part[index : index + MAX_LINES], start=1):
        text += " " + line.text
        bare = _NUMBER.sub("", text.strip())
        for name in (key(text), key(bare)):
            if name and (line.page, name) in named:
                return named[line.page, name], count
    return None


def _find_title(heads: Heads, book: Book) -> None:
    """The largest heading at the top of the first page, or the one that says what the file says of itself."""
    told = title_fact(book)
    runs = list(heads.found.values())
    if not runs:
        heads.title_text = told
        return
    first = min(run[0].page for run in runs)
    near = [run for run in runs if run[0].page <= max(2, first)]
    same = next((run for run in near if told and key(text_of(run)) == key(told)), None)
    height = {page.number: page.height for page in book.pages}
    top = [r for r in near if r[0].page == near[0][0].page and r[0].base < 0.65 * height[r[0].page]]
    largest = max(top, key=lambda run: run[0].size, default=None)
    if largest and largest[0].size < TITLE_LARGER * heads.size:
        largest = None
    elif same or not largest or _is_title_page(book, largest):
        pass
    elif sum(run[0].size > largest[0].size + 0.6 for run in runs) > 1:
        largest = None  # a chapter's heading of a book whose title is elsewhere
    heads.title = same or (None if told and largest and _is_common(largest, runs) else largest)
    if heads.title is None:
        heads.title_text = told


def _is_title_page(book: Book, run: Sequence[Line]) -> bool:
    page = next(page for page in book.pages if page.number == run[0].page)
    return page.letters < MAX_TITLE_PAGE


def _is_common(run: Sequence[Line], runs: Sequence[Sequence[Line]]) -> bool:
    """Whether other headings are as large: then it is one of them."""
    return sum(abs(other[0].size - run[0].size) < 0.6 for other in runs) > 1


def style_of(line: Line) -> Style:
    letters = [c for c in line.text if c.isalpha()]
    return line.size, line.share("is_bold") > 0.5, sum(map(str.isupper, letters)) > 0.85 * len(letters)


def _set_levels(heads: Heads, marked: Mapping[int, int]) -> None:
    """Levels by numbers where there are any, else by bookmarks, else by the order of sizes and weights."""
    runs = [run for run in heads.found.values() if run is not heads.title]
    styles = sorted({style_of(run[0]) for run in runs}, reverse=True)
    depths: dict[Style, Counter[int]] = {style: Counter() for style in styles}
    for run in runs:
        number = _NUMBER.match(text_of(run))
        depth = marked.get(id(run[0])) or (number[1].count(".") + 1 if number else 0)
        if depth:
            depths[style_of(run[0])][depth] += 1
    ranks: dict[Style, int] = {}
    rank = 0
    for style in styles:
        usual = depths[style].most_common(1)
        rank = usual[0][0] if usual else rank + 1
        ranks[style] = rank
    if heads.title:
        heads.levels[id(heads.title[0])] = 1
    least = min(ranks.values(), default=1)
    for run in runs:
        number = _NUMBER.match(text_of(run))
        depth = marked.get(id(run[0])) or (number[1].count(".") + 1 if number else ranks[style_of(run[0])])
        heads.levels[id(run[0])] = max(2, min(6, depth - min(least, 1) + 2))
