"""Notes from the end of a long text: a listener meets each at the end of the chapter that refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from voice_app.ingest.blocks import dropped, together
from voice_app.model import Block, BlockKind, Treatment

PLACED_LEVEL = 3  # notes stand before the next heading of this level or above: in a book with parts, at a chapter's end
HEADING_REASON = "heading of the notes"


def placed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each note at the end of the chapter that first refers to it."""
    notes: dict[str, list[Block]] = {}
    for block in blocks:
        if block.kind is BlockKind.NOTE and block.treatment is Treatment.SAID:
            notes.setdefault(block.anchor, []).append(block)
    wanted = {s.value for b in blocks if _refers(b) for s in b.spans if s.kind == "note"} & notes.keys()
    out: list[Block] = []
    waiting: list[str] = []
    for block in _without_empty_headings(blocks, wanted):
        if block.kind is BlockKind.HEADING and 0 < block.level <= PLACED_LEVEL and block.treatment is Treatment.SAID:
            out += _taken(notes, waiting)
        if block.kind is BlockKind.NOTE and block.anchor in wanted:
            continue
        out.append(block)
        waiting += [s.value for s in block.spans if s.kind == "note" and s.value in wanted] if _refers(block) else []
    return out + _taken(notes, waiting)


def _taken(notes: dict[str, list[Block]], waiting: list[str]) -> list[Block]:
    out = [_whole(notes.pop(name)) for name in dict.fromkeys(waiting) if name in notes]
    waiting.clear()
    return out


def _whole(paragraphs: Sequence[Block]) -> Block:
    """The paragraphs of a note as one block: its name is its own."""
    first, *rest = paragraphs
    return reduce(together, rest, first)


def _refers(block: Block) -> bool:
    return block.treatment is Treatment.SAID and block.kind is not BlockKind.NOTE


def _without_empty_headings(blocks: Sequence[Block], moved: set[str]) -> list[Block]:
    """Leave out the headings under which nothing but notes stood."""
    out = list(blocks)
    below: dict[int, bool] = {}  # by level: whether all the headings of it that come next are empty
    only_notes, has_notes = True, False
    for index in range(len(out) - 1, -1, -1):
        block = out[index]
        if block.treatment is Treatment.SKIPPED:
            continue
        if block.kind is not BlockKind.HEADING:
            is_note = block.kind is BlockKind.NOTE and block.anchor in moved
            only_notes, has_notes = only_notes and is_note, has_notes or is_note
            continue
        deeper = [below.pop(level) for level in list(below) if level > block.level]
        is_empty = only_notes and (has_notes or bool(deeper)) and all(deeper)
        below[block.level] = below.get(block.level, True) and is_empty
        if is_empty:
            out[index] = dropped(block, HEADING_REASON)
        only_notes, has_notes = True, False
    return out
