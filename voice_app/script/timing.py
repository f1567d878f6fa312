"""From when spoken words sound to when written words do. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from voice_app.model import Mark, Sentence

_WORD = re.compile(r"[—–]*[^\s—–]+[—–]*")
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Link:
    """Written characters and those that are said for them; `is_same` when they are the same letter by letter."""

    written_start: int
    written_end: int
    spoken_start: int
    spoken_end: int
    is_same: bool = False

    def written(self, mark: Mark) -> tuple[int, int]:
        """The written characters of the part of the mark that lies here."""
        if not self.is_same:
            return self.written_start, self.written_end
        moved = self.written_start - self.spoken_start
        return max(mark.start, self.spoken_start) + moved, min(mark.end, self.spoken_end) + moved


def written_words(sentence: Sentence, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """When the words of `written` sound, given marks over `spoken`. In order; a word's signs belong to it.

    A written word has the time of all that is said for it ("$5" of "five dollars"). Written words that are said
    together ("$5.2 million" as "five point two million dollars") are one. What is not said has no time.
    """
    words = [match.span() for match in _WORD.finditer(sentence.written)]
    starts, ends = [start for start, _ in words], [end for _, end in words]
    links = list(_links(sentence))
    spoken_starts, spoken_ends = [link.spoken_start for link in links], [link.spoken_end for link in links]
    found: list[Mark] = []
    for mark in marks:
        touched = links[bisect_right(spoken_ends, mark.start) : bisect_left(spoken_starts, mark.end)]
        if not touched:
            continue
        low = bisect_right(ends, touched[0].written(mark)[0])
        high = bisect_left(starts, touched[-1].written(mark)[1])
        if low < high:
            _add(found, replace(mark, start=starts[low], end=ends[high - 1]))
    return tuple(found)


def _add(found: list[Mark], word: Mark) -> None:
    """Put the word behind the others, as one with the last when they share a written word."""
    if found and word.start < found[-1].end:
        last = found.pop()
        word = replace(last, end=max(last.end, word.end), end_seconds=word.end_seconds)
    found.append(word)


def _links(sentence: Sentence) -> Iterator[_Link]:
    """The sentence's spans; one whose words differ is taken apart at those that are the same on both sides."""
    for span in sentence.spans:
        written = sentence.written[span.written_start : span.written_end]
        spoken = sentence.spoken[span.spoken_start : span.spoken_end]
        if len(written) == len(spoken) and written.casefold() == spoken.casefold():
            yield _Link(span.written_start, span.written_end, span.spoken_start, span.spoken_end, is_same=True)
            continue
        here, said = list(_PIECE.finditer(written)), list(_PIECE.finditer(spoken))
        for first, last, begins, stops in _pairs([_folded(m) for m in here], [_folded(m) for m in said]):
            yield _Link(
                span.written_start + here[first].start(),
                span.written_start + here[last - 1].end(),
                span.spoken_start + said[begins].start(),
                span.spoken_start + said[stops - 1].end(),
            )


def _pairs(written: Sequence[str], spoken: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Words [first, last) of the one and those of the other that are said for them: same words one by one.

    What is said beside them belongs to the one before it, as "dollars" in "$5 million", or else to the next one.
    """
    found: list[tuple[int, int, int, int]] = []
    for kind, a, b, c, d in SequenceMatcher(None, written, spoken, autojunk=False).get_opcodes():
        if kind == "insert" and found:
            found[-1] = (*found[-1][:3], d)
        elif kind == "equal":
            found += [(a + n, a + n + 1, c + n if found or n else 0, c + n + 1) for n in range(b - a)]
        elif kind == "replace":
            found.append((a, b, c if found else 0, d))
    return found


def _folded(word: re.Match[str]) -> str:
    return "".join(c for c in word.group().casefold() if c.isalnum()) or word.group()
