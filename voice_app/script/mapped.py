"""A text on its way from written to spoken that remembers where each character came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, pairwise

from voice_app.model import Alignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Characters [start, end) of the text so far become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """The written characters [start, end) that a spoken one stands for; `kept` when it is the written one itself."""

    start: int
    end: int
    kept: bool


_kept: list[_Origin] = []


def _origins(length: int) -> list[_Origin]:
    """What a text that nothing was done to comes from. The values are the same for every text, so they are shared."""
    if len(_kept) < length:
        _kept.extend(_Origin(start=n, end=n + 1, kept=True) for n in range(len(_kept), length))
    return _kept[:length]


class Mapped:
    """Spoken text so far, and for each of its characters where it comes from."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.text = written
        self._origin = _origins(len(written))

    def copy(self) -> Mapped:
        twin = Mapped(self.written)
        twin.text, twin._origin = self.text, list(self._origin)
        return twin

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make edits, which must not overlap. One that changes nothing is ignored."""
        texts: list[str] = []  # from the last piece to the first
        origins: list[list[_Origin]] = []
        at = len(self.text)
        for wide in sorted(edits, key=lambda e: e.start, reverse=True):
            edit = _narrowed(wide, self.text)
            if self.text[edit.start : edit.end] == edit.text:
                continue
            replaced = self._origin[edit.start : edit.end]
            said = _Origin(start=replaced[0].start, end=replaced[-1].end, kept=False)
            texts += [self.text[edit.end : at], edit.text]
            origins += [self._origin[edit.end : at], [said] * len(edit.text)]
            at = edit.start
        self.text = "".join([self.text[:at], *reversed(texts)])
        self._origin = list(chain(self._origin[:at], *reversed(origins)))

    def alignments(self) -> tuple[Alignment, ...]:
        """In order and without gaps: what was dropped belongs to the word before it, or else to the next one."""
        pieces = self._pieces()
        if not pieces:
            return ()
        ends = [after.written_start for after in pieces[1:]] + [len(self.written)]
        found: list[Alignment] = []
        for piece, end in zip(pieces, ends, strict=True):
            start = found[-1].written_end if found else 0
            found += self._without_gaps(piece, start, end)
        return tuple(found)

    def _pieces(self) -> list[Alignment]:
        """Runs of kept characters, and of those that stand for the same written ones."""
        pieces: list[list[int]] = []  # written start, written end, spoken start, spoken end
        was_kept = False
        for n, origin in enumerate(self._origin):
            last = pieces[-1] if pieces else [0, 0, 0, 0]
            goes_on = origin.kept and was_kept and origin.start == last[1]
            if pieces and (goes_on or origin.start < last[1]):
                last[1], last[3] = max(origin.end, last[1]), n + 1
                was_kept = was_kept and origin.kept
            else:
                pieces.append([origin.start, origin.end, n, n + 1])
                was_kept = origin.kept
        return [Alignment(written_start=a, written_end=b, spoken_start=c, spoken_end=d) for a, b, c, d in pieces]

    def _without_gaps(self, piece: Alignment, start: int, end: int) -> list[Alignment]:
        """The piece over [start, end). Kept words that do not touch what was dropped stay a piece of their own."""
        written, spoken = piece.written_start, piece.spoken_start
        cuts = [(start, spoken)]
        if piece.written_end - written == piece.spoken_end - spoken:
            first = self.text.find(" ", spoken, piece.spoken_end)
            if start < written and first > spoken:
                cuts.append((written + first - spoken, first))
            last = self.text.rfind(" ", cuts[-1][1], piece.spoken_end - 1)
            if piece.written_end < end and last > cuts[-1][1]:
                cuts.append((written + last + 1 - spoken, last + 1))
        cuts.append((end, piece.spoken_end))
        return [
            Alignment(written_start=a, written_end=b, spoken_start=c, spoken_end=d) for (a, c), (b, d) in pairwise(cuts)
        ]


def _narrowed(edit: Edit, text: str) -> Edit:
    """The edit without the words at its edges that it keeps, and never an empty place: nothing comes from nowhere."""
    start, end, said = edit.start, edit.end, edit.text
    old = text[start:end]
    same = _same(old, said)
    before = old.rfind(" ", 0, same) + 1
    same = _same(old[before:][::-1], said[before:][::-1])
    behind = max(0, old[::-1].rfind(" ", 0, same) + 1)
    if before + behind < len(old):
        return Edit(start=start + before, end=end - behind, text=said[before : len(said) - behind])
    if start < end:
        return edit
    start, end = max(0, start - 1), end + (start == 0)
    return Edit(start=start, end=end, text=text[start : edit.start] + said + text[edit.end : end])


def _same(one: str, other: str) -> int:
    """How many characters the two begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
