"""The title and the levels of headings, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voice_app.model import Block, BlockKind, Treatment

MAX_TITLE = 80
_END = re.compile(r"(?<=[.!?])\s")


def short_title(text: str) -> str:
    """A title out of a text's first words: its first sentence if that is short, else as many words as fit."""
    first = _END.split(" ".join(text.split()), maxsplit=1)[0]
    if len(first) <= MAX_TITLE:
        return first.rstrip(".") or "Untitled"
    return (first[:MAX_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") or first[:MAX_TITLE]) + "…"


def titled(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks with the title as the first that is kept: moved there, or put there when no heading says it."""
    out = list(blocks)
    at = next((i for i, b in enumerate(out) if _is_kept(b) and b.kind is BlockKind.HEADING and b.text == title), None)
    heading = replace(out.pop(at), level=1) if at is not None else Block(kind=BlockKind.HEADING, level=1, text=title)
    first = next((i for i, b in enumerate(out) if _is_kept(b)), len(out))
    first = first if at is None else min(first, at)
    return [*out[:first], heading, *_lowered(out[first:])]


def _lowered(blocks: Sequence[Block]) -> list[Block]:
    """Level 1 is the title's alone: when other headings have it, all go one down."""
    if not any(_is_top(b) for b in blocks):
        return list(blocks)
    return [replace(b, level=min(6, b.level + 1)) if b.kind is BlockKind.HEADING else b for b in blocks]


def _is_top(block: Block) -> bool:
    return _is_kept(block) and block.kind is BlockKind.HEADING and block.level == 1


def _is_kept(block: Block) -> bool:
    return block.treatment is not Treatment.SKIPPED
