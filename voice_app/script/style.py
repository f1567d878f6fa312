"""A document as one listener wants it read: each block said, mentioned or left out by choice. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice_app.model import (
    BY_CHOICE,
    MENTIONED,
    NO_WORDS,
    NOT_DESCRIBED,
    Block,
    BlockKind,
    Choice,
    Document,
    Manner,
    Reading,
    Style,
    Treatment,
)
from voice_app.script.blocks import block_ids
from voice_app.script.phrases import phrases

_FIELDS = {
    BlockKind.HEADING: "headings",
    BlockKind.ITEM: "lists",
    BlockKind.QUOTE: "quotes",
    BlockKind.CODE: "code",
    BlockKind.TABLE: "tables",
    BlockKind.FIGURE: "figures",
    BlockKind.NOTE: "notes",
}
_QUIET = (Manner.MENTIONED, Manner.LEFT_OUT)


def read_as(document: Document, reading: Reading) -> Document:
    """The document in a reading's style and with its choices. What the reader left out stays so unless chosen."""
    ids = block_ids(document) if reading.choices else ("",) * len(document.blocks)
    chosen = _by_id(reading.choices)
    has_words = phrases(document.language) is not None
    blocks = (
        _chosen(block, chosen[name]) if name in chosen else _styled(block, reading.style, has_words=has_words)
        for name, block in zip(ids, document.blocks, strict=True)
    )
    return replace(document, blocks=tuple(blocks))


def styled(document: Document, style: Style) -> Document:
    """The document with the treatment that `style` gives to what the reader kept."""
    return read_as(document, Reading(style=style))


def manner(block: Block, style: Style) -> Manner:
    """How a block that is said is read: what a person asked for against the style is said by its name."""
    if block.kind not in _FIELDS:
        return Manner.READ
    wanted: Manner = getattr(style, _FIELDS[block.kind])
    return Manner.NAMED if wanted in _QUIET else wanted


def is_touched(document: Document, before: Style, after: Style) -> bool:
    """Whether the document has anything that the two styles read differently. Quick, and true a little too often."""
    kinds = {block.kind for block in document.blocks}
    if before.sidebars is not after.sidebars and any(block.aside for block in document.blocks):
        return True
    if before.links is not after.links and any(s.kind == "link" for block in document.blocks for s in block.spans):
        return True
    return any(getattr(before, name) is not getattr(after, name) for kind, name in _FIELDS.items() if kind in kinds)


def is_mentioned_with_its_box(block: Block, style: Style) -> bool:
    """Whether the block is announced because it stands in a sidebar."""
    return block.aside and block.treatment is Treatment.ANNOUNCED and style.sidebars is Manner.MENTIONED


def _by_id(choices: Sequence[Choice]) -> dict[str, Choice]:
    return {choice.block_id: choice for choice in choices}


def _chosen(block: Block, choice: Choice) -> Block:
    if choice.is_read:
        return replace(block, treatment=Treatment.SAID, reason="")
    return replace(block, treatment=Treatment.SKIPPED, reason=BY_CHOICE)


def _styled(block: Block, style: Style, *, has_words: bool) -> Block:
    if block.treatment is not Treatment.SAID:
        return block
    match _wanted(block, style):
        case Manner.MENTIONED if has_words:
            return replace(block, treatment=Treatment.ANNOUNCED, reason=MENTIONED)
        case Manner.MENTIONED:
            return replace(block, treatment=Treatment.SKIPPED, reason=NO_WORDS)
        case Manner.LEFT_OUT:
            return replace(block, treatment=Treatment.SKIPPED, reason=BY_CHOICE)
        case _ if block.kind is BlockKind.FIGURE and not (block.text.strip() or block.alt.strip()):
            return replace(block, treatment=Treatment.SKIPPED, reason=NOT_DESCRIBED)
        case _:
            return block


def _wanted(block: Block, style: Style) -> Manner:
    if block.aside and style.sidebars in _QUIET:
        return style.sidebars
    if block.kind not in _FIELDS:
        return Manner.READ
    wanted: Manner = getattr(style, _FIELDS[block.kind])
    return wanted
