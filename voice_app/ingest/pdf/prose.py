"""Lines -> running text: words broken at the ends of lines are whole again, and styles and note marks become spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voice_app.ingest.pdf.parts import CJK, Line, Word, has_blank
from voice_app.model import Span

_LAST = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_FIRST = re.compile(r"^[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
# first parts that keep their hyphen even where the file shows the word nowhere else
_KEEPING = frozenset({
    "self", "well", "half", "non", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
})  # fmt: skip
_MOSTLY = 0.8  # a block all in bold has no stress in it


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a file writes within its lines."""

    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Vocabulary:
        words: set[str] = set()
        for line in lines:
            text = line.text
            words.update(_WORD.findall((text.rsplit(" ", 1)[0] if text.endswith("-") else text).casefold()))
        return cls(frozenset(words))

    def joint(self, before: str, after: str) -> tuple[int, str]:
        """How two lines join: how many letters go from the end of the first, and what comes between."""
        last, first = _LAST.search(before), _FIRST.match(after)
        if not last:
            is_solid = before.endswith(("—", "/")) or (CJK.search(before[-1:]) and CJK.search(after[:1]))
            return 0, "" if is_solid else " "
        if not first:
            return 0, "" if after[:1].isdigit() else " "
        left, right = last[1].casefold(), first[0].casefold()
        if left + right in self.words:
            return 1, ""
        if f"{left}-{right}" in self.words or left.split("-")[-1] in _KEEPING or first[0][0].isupper():
            return 0, ""
        if right in ("and", "or", "und", "oder", "et", "y"):
            return 0, " "  # "two- and three-fold"
        return 1, ""


@dataclass(slots=True)
class Prose:
    """A text with its spans."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)

    def append(self, other: Prose, words: Vocabulary) -> None:
        """Put a text that continues this one behind it."""
        cut, between = words.joint(self.text, other.text)
        self.text = self.text[: len(self.text) - cut] + between
        shift = len(self.text)
        self.text += other.text
        self.spans += [Span(start=s.start + shift, end=s.end + shift, kind=s.kind, value=s.value) for s in other.spans]


def prose(lines: Sequence[Line], words: Vocabulary, notes: Mapping[int, str] | None = None) -> Prose:
    """The lines as one text. `notes` are the anchors of the words, by id(), that are marks of notes."""
    out = Prose()
    runs: dict[str, list[tuple[int, int]]] = {"strong": [], "emphasis": [], "code": []}
    for line in lines:
        before: Word | None = None
        for word in line.words:
            text = shown(word, line, is_note=bool(notes and id(word) in notes))
            if not text:
                continue
            cut, between = (0, "") if not out.text else _between(before, word, out.text, text, words)
            out.text = out.text[: len(out.text) - cut] + between
            start = len(out.text)
            out.text += text
            if notes and id(word) in notes:
                out.spans.append(Span(start=start, end=len(out.text), kind="note", value=notes[id(word)]))
            else:
                _style(runs, word, start, len(out.text))
            before = word
    for kind, places in runs.items():
        if sum(end - start for start, end in places) < _MOSTLY * len(out.text):
            out.spans += [Span(start=start, end=end, kind=kind) for start, end in places]
    out.spans.sort(key=lambda span: (span.start, -span.end))
    return out


def _between(before: Word | None, word: Word, so_far: str, text: str, words: Vocabulary) -> tuple[int, str]:
    if before is None:
        return words.joint(so_far, text)
    return 0, " " if has_blank(before, word) else ""


def shown(word: Word, line: Line, *, is_note: bool = False) -> str:
    """A word as text: raised figures as such, without letters that have no meaning."""
    text = word.text.replace("\ufffd", "")
    is_figure = bool(text) and all(c in "0123456789+-−n" for c in text) and any(c.isdigit() for c in text)
    return text.translate(_RAISED) if is_figure and not is_note and is_raised(word, line) else text


def is_raised(word: Word, line: Line) -> bool:
    return word.size < 0.85 * line.size and line.base - word.base > 0.15 * line.size


def _style(runs: dict[str, list[tuple[int, int]]], word: Word, start: int, end: int) -> None:
    font = word.font
    kind = "code" if font.is_mono else "strong" if font.is_bold else "emphasis" if font.is_italic else ""
    if not kind or font.is_math:
        return
    places = runs[kind]
    if places and start - places[-1][1] <= 1:
        places[-1] = (places[-1][0], end)
    else:
        places.append((start, end))
