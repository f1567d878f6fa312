"""A text on its way from written to spoken that remembers where each character came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from voice_app.model import Alignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Characters [start, end) of the text so far become `text`."""

    start: int
    end: int
    text: str


class Mapped:
    """Spoken text so far, and for each of its characters the written characters [start, end) that it stands for."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.text = written
        self._origin = [(n, n + 1) for n in range(len(written))]

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make edits, which must not overlap. One that changes nothing is ignored."""
        for edit in sorted(edits, key=lambda e: e.start, reverse=True):
            if self.text[edit.start : edit.end] == edit.text:
                continue
            replaced = self._origin[edit.start : edit.end]
            first = replaced[0][0] if replaced else 0
            last = replaced[-1][1] if replaced else 0
            self.text = self.text[: edit.start] + edit.text + self.text[edit.end :]
            self._origin[edit.start : edit.end] = [(first, last)] * len(edit.text)

    def alignments(self) -> tuple[Alignment, ...]:
        """In order and without gaps: what was dropped belongs to the piece before it, or else to the next one."""
        if not self.text:
            return ()
        pieces: list[list[int]] = []  # written start, written end, spoken start, spoken end
        for n, (start, end) in enumerate(self._origin):
            last = pieces[-1] if pieces else None
            if last and (start, end) == (last[0], last[1]) and end - start != 1:
                last[3] = n + 1
            elif last and end - start == 1 and last[1] == start and last[1] - last[0] == last[3] - last[2]:
                last[1], last[3] = end, n + 1
            elif last and start < last[1]:
                last[1], last[3] = max(end, last[1]), n + 1
            else:
                pieces.append([start, end, n, n + 1])
        pieces[0][0] = 0
        for before, after in pairwise(pieces):
            before[1] = after[0]
        pieces[-1][1] = len(self.written)
        return tuple(Alignment(written_start=a, written_end=b, spoken_start=c, spoken_end=d) for a, b, c, d in pieces)
