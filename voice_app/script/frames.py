"""What is said around blocks: where a list, a quote or a sidebar begins and ends, and what is only mentioned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from voice_app.model import Block, BlockKind, Manner, Style, Treatment
from voice_app.script.phrases import Phrases, counted
from voice_app.script.style import is_mentioned_with_its_box, manner


class Frames:
    """`before` and `after` hold the announcements around each of the blocks, by its place in the sequence."""

    def __init__(self, blocks: Sequence[Block], style: Style, words: Phrases) -> None:
        self.before: list[list[str]] = [[] for _ in blocks]
        self.after: list[list[str]] = [[] for _ in blocks]
        self._blocks = blocks
        self._words = words
        for run in self._runs(lambda block: _is_said(block) and block.aside and style.sidebars is Manner.NAMED):
            self._around(run, words.sidebar, words.sidebar_end)
        for run in self._runs(lambda block: _is_named(block, BlockKind.QUOTE, style)):
            self._around(run, words.quote, words.quote_end)
        for run in self._runs(lambda block: _is_named(block, BlockKind.ITEM, style)):
            for part in self._lists(run):
                self.after[part[-1]].insert(0, words.list_end)
        self._mentions(style)

    def _runs(self, belongs: Callable[[Block], bool]) -> Iterator[list[int]]:
        """Places of neighbours that belong together."""
        for fits, run in groupby(range(len(self._blocks)), key=lambda n: belongs(self._blocks[n])):
            if fits:
                yield list(run)

    def _around(self, run: Sequence[int], opening: str, closing: str) -> None:
        self.before[run[0]].append(opening)
        self.after[run[-1]].insert(0, closing)

    def _lists(self, run: Sequence[int]) -> list[list[int]]:
        """Count each list of a run of items, and the lists inside its items. The places of each outer list."""
        depth = min(self._blocks[n].level for n in run)
        found: list[list[int]] = []
        for n in run:
            block = self._blocks[n]
            is_outer = block.level <= depth
            if not found or (is_outer and bool(block.marker) != bool(self._blocks[found[-1][0]].marker)):
                found.append([])
            found[-1].append(n)
        for part in found:
            outer = sum(self._blocks[n].level <= depth for n in part)
            self.before[part[0]].append(counted(self._words.list_, outer))
            for is_inner, inner in groupby(part, key=lambda n: self._blocks[n].level > depth):
                if is_inner:
                    self._lists(list(inner))
        return found

    def _mentions(self, style: Style) -> None:
        """One announcement for a run of blocks that are only mentioned for the same cause."""

        def cause(n: int) -> str:
            block = self._blocks[n]
            if block.treatment is not Treatment.ANNOUNCED:
                return ""
            return "sidebar" if is_mentioned_with_its_box(block, style) else block.kind

        for why, places in groupby(range(len(self._blocks)), key=cause):
            if why:
                run = list(places)
                self.before[run[0]].append(self._mention(why, [self._blocks[n] for n in run]))

    def _mention(self, why: str, run: Sequence[Block]) -> str:
        words = self._words
        if why == "sidebar":
            what = counted(words.sidebar_parts, len(run))
        elif len(run) > 1 or why not in words.names:
            what = counted(words.kinds[why], len(run))
        else:
            what = _one(run[0], words)
        what = what[:1].upper() + what[1:]
        return words.not_read.format(what=what)


def label(block: Block) -> str:
    """A note's number without the brackets around it; empty when it is a mere sign."""
    bare = block.marker.strip("[]().: ")
    return bare if bare.isalnum() else ""


def _is_said(block: Block) -> bool:
    return block.treatment is Treatment.SAID


def _is_named(block: Block, kind: BlockKind, style: Style) -> bool:
    return block.kind is kind and _is_said(block) and manner(block, style) is Manner.NAMED


def _one(block: Block, words: Phrases) -> str:
    """What one mentioned block is, with what can be said of it in a few words."""
    name = words.names[block.kind]
    match block.kind:
        case BlockKind.CODE:
            return f"{name}, {counted(words.lines, len(block.text.strip().splitlines()))}"
        case BlockKind.NOTE:
            return f"{name} {label(block)}".rstrip()
        case BlockKind.TABLE if block.text:
            return f"{name}: {block.text}"
        case _:
            return name
