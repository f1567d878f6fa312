"""Words of one column -> lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice_app.ingest.pdf.parts import Line, Word, is_rtl

_DROPPED = 1.8  # times the size of the text beside it: a drop cap


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """The lines from top to bottom, each in reading order. Raised and lowered marks belong to the line they touch."""
    words = _without_drop_caps(words)
    groups: list[tuple[Word, list[Word]]] = []
    for word in sorted(words, key=lambda word: word.base):
        near = (index for index in range(len(groups) - 1, max(-1, len(groups) - 4), -1))
        at = next((index for index in near if _share(groups[index][0], word)), None)
        if at is None:
            groups.append((word, [word]))
            continue
        chief, line = groups[at]
        line.append(word)
        groups[at] = (max(chief, word, key=lambda one: (one.size > 0.8 * chief.size, one.x1 - one.x0)), line)
    left, right = min((w.x0 for w in words), default=0), max((w.x1 for w in words), default=0)
    ordered = sorted((group for group in groups), key=lambda group: group[0].base)
    return [Line(_ordered(line), page, (left, right)) for _, line in ordered]


def _share(chief: Word, word: Word) -> bool:
    """Whether a word stands on the line of another: half of the lower one's height is beside the other."""
    overlap = min(chief.bottom, word.bottom) - max(chief.top, word.top)
    return overlap >= 0.5 * min(chief.bottom - chief.top, word.bottom - word.top)


def _ordered(words: list[Word]) -> list[Word]:
    """From edge to edge; a line written from right to left as the file has it, if that is in one piece: then figures
    and foreign words in it are in their order too."""
    if not is_rtl(words):
        return sorted(words, key=lambda word: word.x0)
    indexes = sorted(word.index for word in words)
    if indexes[-1] - indexes[0] == len(indexes) - 1:
        return sorted(words, key=lambda word: word.index)
    return sorted(words, key=lambda word: word.x0)


def _without_drop_caps(words: Sequence[Word]) -> list[Word]:
    """The words with each drop cap put before the word it begins."""
    out = list(words)
    for cap in [w for w in words if len(w.text) == 1 and w.text.isupper()]:
        beside = [
            w
            for w in out
            if w is not cap
            and w.size * _DROPPED < cap.size
            and cap.base - cap.size < w.base <= cap.base + 0.3 * w.size
            and -0.3 * w.size < w.x0 - cap.x1 < w.size
        ]
        first = min(beside, key=lambda w: w.base, default=None)
        if first is None or cap.base - first.base < 0.5 * first.size:
            continue
        out.remove(cap)
        is_whole = first.text[:1].isupper() and cap.text in "AI" and not first.is_glued and first.text[1:2].islower()
        if is_whole:
            out.append(replace(cap, base=first.base, size=first.size))
        else:
            first.text, first.x0 = cap.text + first.text, cap.x0
    return out
