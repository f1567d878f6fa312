"""Footnotes: small type at the foot of a column, and the raised marks in the text that call for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from voice_app.ingest.pdf.marks import Marker
from voice_app.ingest.pdf.parts import Line, Word
from voice_app.ingest.pdf.prose import is_raised

SMALL = 0.94  # of the text's size, at most
MARK = re.compile(r"^(?:\d{1,3}|[*†‡§¶‖]{1,3}|[a-z])$")
_GLUED = re.compile(r"^(\d{1,3}|[*†‡§¶]{1,3})(?=[^\W\d_]{2})")
_ENDNOTES = re.compile(r"^(?:\d+\.?\s+)?(?:end)?(?:notes|noten|anmerkungen|notas|note)\W*$", re.I)
_PLAIN = re.compile(r"^[\[(]?(\d{1,3}|[*†‡§¶]{1,3})[\])]?\.?$")


@dataclass(slots=True)
class Note:
    """A note: `mark` as printed, `anchor` unique in the file. `lines` are without the mark."""

    mark: str
    anchor: str
    page: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Notes:
    """All footnotes of a file, and by id() the words of the text that call for one."""

    notes: list[Note] = field(default_factory=list)
    calls: dict[int, str] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)

    def take(self, parts: Sequence[list[Line]], size: float) -> list[list[Line]]:
        """A page's parts without its footnotes, which are kept here. `size` is that of the running text."""
        marks = {_label(w) for part in parts for line in part for w in line.words if _is_call(w, line)}
        rest: list[list[Line]] = []
        own: list[Note] = []
        for part in parts:
            start = _foot(part, size, marks)
            own += self._read(part[start:])
            rest.append(part[:start])
        by_mark = {note.mark: note.anchor for note in own}
        for line in (line for part in rest for line in part):
            for word in line.words:
                if _is_call(word, line) and _label(word) in by_mark:
                    self.calls[id(word)] = by_mark[_label(word)]
        return rest

    def _read(self, lines: Sequence[Line]) -> list[Note]:
        """The notes in the lines at the foot; what stands before the first mark continues the page before."""
        found: list[Note] = []
        for line in lines:
            mark = opening(line)
            if mark:
                anchor = self._anchor(line.page, mark)
                found.append(Note(mark, anchor, line.page, [tail(line, mark)]))
                self.notes.append(found[-1])
            elif self.notes:
                self.notes[-1].lines.append(line)
        return found

    def _anchor(self, page: int, mark: str) -> str:
        name = f"p{page}-{mark}"
        self.taken[name] += 1
        return name if self.taken[name] == 1 else f"{name}-{self.taken[name]}"


def endnotes(
    lines: Sequence[Line], is_heading: Callable[[Line], bool], items: Mapping[int, Marker]
) -> tuple[dict[int, str], dict[int, str]]:
    """Notes that stand together under a heading of their own: the anchors of the lines that begin them, and of the
    words that call for them, both by id(). Empty unless the text calls for at least one."""
    at = next((i for i, line in enumerate(lines) if is_heading(line) and _ENDNOTES.match(line.text)), len(lines))
    starts: dict[int, str] = {}
    for line in lines[at + 1 :]:
        if is_heading(line):
            break
        marker = items.get(id(line))
        if marker and marker.value:
            starts[id(line)] = f"n{marker.value}"
    known = set(starts.values())
    calls = {
        id(word): f"n{_label(word)}"
        for line in lines[:at]
        for word in line.words
        if _is_call(word, line) and f"n{_label(word)}" in known
    }
    return (starts, calls) if calls else ({}, {})


def tail(line: Line, mark: str) -> Line:
    """A note's first line without its mark."""
    first = line.words[0]
    if _GLUED.match(first.text):
        words = [replace(first, text=first.text[len(mark) :]), *line.words[1:]]
    else:
        words = line.words[1:]
    return Line(words, line.page, line.column)


def _label(word: Word) -> str:
    return word.text.strip("()[].,;")


def _is_call(word: Word, line: Line) -> bool:
    return bool(MARK.match(_label(word))) and is_raised(word, line) and word is not line.words[0]


def opening(line: Line) -> str:
    """The mark a note's first line begins with."""
    first = line.words[0]
    plain = _PLAIN.match(first.text) if len(line.words) > 1 else _GLUED.match(first.text)
    plain = plain or _GLUED.match(first.text)
    if plain:
        return plain[1]
    return first.text if MARK.match(first.text) and is_raised(first, line) and len(line.words) > 1 else ""


def _foot(part: Sequence[Line], size: float, marks: Iterable[str]) -> int:
    """Where the footnotes of a column begin: the first line of small type at its foot that has a mark of the text,
    or a raised one. Small lines before that belong to a note of the page before when they touch it."""
    start = len(part)
    while start > 0 and part[start - 1].size <= SMALL * size:
        start -= 1
    called = set(marks)
    for index in range(start, len(part)):
        mark = opening(part[index])
        if mark and (mark in called or is_raised(part[index].words[0], part[index])):
            return index if _is_apart(part, index, start) else start
    return len(part)


def _is_apart(part: Sequence[Line], index: int, start: int) -> bool:
    """Whether the lines before the first mark are no note: a caption or a table that stands above the notes."""
    return index == start or part[index].base - part[index - 1].base > 1.6 * part[index].size
