"""An article's sentences as pages that change them. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from voice_app.publish.web.words import kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voice_app.model import Block, Line, Sheet

LEAF_LINES = 100
"""More sentences than this are too many for one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What stands on one page: a chapter, or a part of a long one."""

    title: str
    lines: tuple[Line, ...]


def leaves(sheet: Sheet) -> list[Leaf]:
    return [
        Leaf(title=chapter.title, lines=lines[start : start + LEAF_LINES])
        for chapter, lines in sheet.chapters
        for start in range(0, len(lines), LEAF_LINES)
    ]


def parts(sheet: Sheet, lines: Sequence[Line]) -> list[tuple[str, Block, list[Line]]]:
    """Lines by the block they belong to: (its id, the block, its lines)."""
    return [
        (sheet.block_ids[index], sheet.document.blocks[index], list(found))
        for index, found in groupby(lines, key=lambda line: line.sentence.block)
    ]


def told(sheet: Sheet) -> defaultdict[str, str]:
    """Each block by its id, in a few words; empty for an id that is not there."""
    named = (f"{kind(block)}: {(block.text or block.alt)[:60]}".strip(": ") for block in sheet.document.blocks)
    return defaultdict(str, zip(sheet.block_ids, named, strict=True))
