"""A document as one listener wants it read: each kept block said, mentioned or left out by choice. Pure."""

from __future__ import annotations

from dataclasses import replace

from voice_app.model import Block, BlockKind, Document, Manner, Style, Treatment

MENTIONED = "mentioned only"
LEFT_OUT = "left out by choice"
_FIELDS = {
    BlockKind.HEADING: "headings",
    BlockKind.ITEM: "lists",
    BlockKind.QUOTE: "quotes",
    BlockKind.CODE: "code",
    BlockKind.TABLE: "tables",
    BlockKind.FIGURE: "figures",
    BlockKind.NOTE: "notes",
}
_ALWAYS_READ = (BlockKind.HEADING, BlockKind.ITEM)


def styled(document: Document, style: Style) -> Document:
    """The document with the treatment that `style` gives to what the reader kept."""
    return replace(document, blocks=tuple(_styled(block, style) for block in document.blocks))


def _styled(block: Block, style: Style) -> Block:
    if block.treatment is not Treatment.SAID:
        return block
    match _manner(block, style):
        case Manner.MENTIONED:
            return replace(block, treatment=Treatment.ANNOUNCED, reason=MENTIONED)
        case Manner.LEFT_OUT:
            return replace(block, treatment=Treatment.SKIPPED, reason=LEFT_OUT)
        case _:
            return block


def _manner(block: Block, style: Style) -> Manner:
    if block.aside and style.sidebars in (Manner.MENTIONED, Manner.LEFT_OUT):
        return style.sidebars
    if block.kind in _ALWAYS_READ or block.kind not in _FIELDS:
        return Manner.READ
    manner: Manner = getattr(style, _FIELDS[block.kind])
    return manner
