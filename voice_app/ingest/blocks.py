"""What every format does with blocks: compare them, leave them out, join them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from voice_app.model import Block, BlockKind, Span, Treatment

_KEY = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """A text as it is compared: letters and digits alone."""
    return _KEY.sub("", text).casefold()


def said(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that are neither left out nor lost."""
    return [block for block in blocks if block.treatment is Treatment.SAID]


def dropped(block: Block, reason: str) -> Block:
    return replace(block, treatment=Treatment.SKIPPED, reason=reason)


def skipped(text: str, reason: str) -> Block:
    """A paragraph that was never one of the text's."""
    return Block(kind=BlockKind.PARAGRAPH, text=text, treatment=Treatment.SKIPPED, reason=reason)


def together(first: Block, second: Block) -> Block:
    """The first block with the second one's words behind its own."""
    spans = first.spans + shifted(second.spans, len(first.text) + 1)
    return replace(first, text=f"{first.text} {second.text}", spans=spans)


def shifted(spans: Sequence[Span], by: int) -> tuple[Span, ...]:
    """The spans of a text that now stands `by` characters further on."""
    return tuple(replace(span, start=span.start + by, end=span.end + by) for span in spans)
