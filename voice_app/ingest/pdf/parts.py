"""What a PDF page is made of: words in fonts, rules and pictures. Points (1/72 inch); y grows downwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

# the part of a letter's size above and below its baseline that counts as the line's height
_ABOVE, _BELOW = 0.75, 0.2
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
CJK = re.compile(r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
_BOLD = re.compile(r"bold|black|heavy|demi|medi$|\bcmbx|\bsfbx|\bcmssbx", re.I)
_ITALIC = re.compile(r"ital|obli|slant|\bcmti|\bcmsl|\bsfti", re.I)
_MONO = re.compile(r"mono|courier|consol|typewriter|menlo|\bcmtt|\bsftt|\blmtt|lmmono", re.I)
_MATH = re.compile(r"\b(?:cmmi|cmsy|cmex|cmbsy|msam|msbm|lmmath|stixmath)|^symbol|cambria ?math|math", re.I)


@dataclass(frozen=True, slots=True)
class Font:
    """A typeface by its name in the file."""

    name: str
    is_bold: bool
    is_italic: bool
    is_mono: bool
    is_math: bool

    @classmethod
    def named(cls, name: str, *, is_fixed: bool = False) -> Font:
        plain = name.partition("+")[2] or name
        return cls(
            plain,
            is_bold=bool(_BOLD.search(plain)),
            is_italic=bool(_ITALIC.search(plain)),
            is_mono=is_fixed or bool(_MONO.search(plain)),
            is_math=bool(_MATH.search(plain)),
        )


@dataclass(slots=True)
class Word:
    """Letters in one font without a blank among them. `is_glued`: none stands before it either.

    `index` is its place in the file, `tag` the number of the marked content that holds it, or -1.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: Font
    index: int = 0
    tag: int = -1
    is_glued: bool = False
    top: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        self.top, self.bottom = self.base - _ABOVE * self.size, self.base + _BELOW * self.size


@dataclass(frozen=True, slots=True)
class Box:
    """A rule or a picture."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_flat(self) -> bool:
        return self.bottom - self.top < 3 and self.x1 - self.x0 > 15

    @property
    def is_upright(self) -> bool:
        return self.x1 - self.x0 < 3 and self.bottom - self.top > 8

    @property
    def is_dot(self) -> bool:
        wide, high = self.x1 - self.x0, self.bottom - self.top
        return 1.5 < wide < 8 and abs(wide - high) < 0.2 * wide

    def around(self, others: Iterable[Box]) -> Box:
        """The smallest box that holds this one and others."""
        boxes = [self, *others]
        return Box(
            min(box.x0 for box in boxes),
            min(box.top for box in boxes),
            max(box.x1 for box in boxes),
            max(box.bottom for box in boxes),
        )

    def is_near(self, other: Box, reach: float) -> bool:
        across = self.x0 - reach < other.x1 and other.x0 - reach < self.x1
        return across and self.top - reach < other.bottom and other.top - reach < self.bottom


def touching(boxes: Iterable[Box], reach: float) -> Iterator[tuple[Box, list[Box]]]:
    """Boxes in groups of those that touch, at most `reach` apart; each with the box around it."""
    groups: list[tuple[Box, list[Box]]] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.x0)):
        yield from (group for group in groups if group[0].bottom + reach < box.top)
        groups = [group for group in groups if group[0].bottom + reach >= box.top]
        near = [group for group in groups if group[0].is_near(box, reach)]
        groups = [group for group in groups if not group[0].is_near(box, reach)]
        groups.append((box.around(group[0] for group in near), [box, *(one for _, some in near for one in some)]))
    yield from groups


@dataclass
class Line:
    """Words that are read as one line, in order. `page` counts from 1; `column` is the width it was set in."""

    words: list[Word]
    page: int
    column: tuple[float, float] = (0, 0)
    block: int = 0

    @cached_property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @cached_property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most letters; the larger of two when the smaller ones are small capitals."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
        total = sum(sizes.values())
        return max(size for size, count in sizes.items() if count >= 0.25 * total or count == max(sizes.values()))

    @cached_property
    def base(self) -> float:
        tall = [word for word in self.words if word.size > 0.8 * self.size] or self.words
        return max(tall, key=lambda word: len(word.text)).base

    @property
    def top(self) -> float:
        return self.base - _ABOVE * self.size

    @property
    def bottom(self) -> float:
        return self.base + _BELOW * self.size

    def share(self, trait: str) -> float:
        """How much of the line's letters are in a font with this trait, as "is_bold"."""
        total = sum(len(word.text) for word in self.words)
        return sum(len(word.text) for word in self.words if getattr(word.font, trait)) / max(1, total)

    @cached_property
    def text(self) -> str:
        """The line's letters as they are, with blanks between the words."""
        out = ""
        for before, word in zip([None, *self.words], self.words, strict=False):
            out += (" " if before and has_blank(before, word) else "") + word.text
        return out


def has_blank(before: Word, word: Word) -> bool:
    """Whether a blank parts two words that follow each other on a line."""
    gap = max(word.x0 - before.x1, before.x0 - word.x1)
    if gap > 0.6 * max(before.size, word.size):
        return True
    if word.is_glued and word.index == before.index + 1:
        return False
    if CJK.search(before.text[-1:]) and CJK.search(word.text[:1]):
        return False
    return gap > 0.12 * min(before.size, word.size) or word.index == before.index + 1


def is_rtl(words: list[Word]) -> bool:
    """Whether most of the words with letters are written from right to left."""
    right = sum(bool(_RTL.search(word.text)) for word in words)
    return right > 0 and right >= sum(any(c.isalpha() for c in word.text) for word in words) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An element of a tagged file's structure: its type, as "H1" or "P", and its contents in order."""

    kind: str
    alt: str = ""
    language: str = ""
    kids: tuple[Tag | int, ...] = ()


@dataclass(slots=True, kw_only=True)
class Page:
    """A page's contents; `number` counts from 1. `sideways` are words at an angle to the others.

    `unknown` of its `letters` have no known meaning.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    sideways: list[Word] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    uprights: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    tree: tuple[Tag, ...] = ()
    letters: int = 0
    unknown: int = 0
    drawn: int = 0


def mirror(page: Page) -> None:
    """Turn a page that is read from right to left around, so that each rule for the left edge holds for its right."""
    for word in (*page.words, *page.sideways):
        word.x0, word.x1 = page.width - word.x1, page.width - word.x0
    for boxes in (page.rules, page.uprights, page.dots, page.pictures):
        boxes[:] = [Box(page.width - b.x1, b.top, page.width - b.x0, b.bottom) for b in boxes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A bookmark: `level` counts from 1, `page` from 1 (0 when it leads nowhere)."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A whole file."""

    pages: tuple[Page, ...]
    marks: tuple[Mark, ...] = ()
    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    language: str = ""
    created: date | None = None
