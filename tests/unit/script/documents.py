"""Small documents for the tests of the script."""

from __future__ import annotations

from voice_app.model import Block, BlockKind, Document


def document(*blocks: Block, title: str = "Bread", language: str = "en") -> Document:
    return Document(title=title, blocks=blocks, language=language)


def heading(text: str, level: int = 2) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level)


def paragraph(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def item(text: str, marker: str = "") -> Block:
    return Block(kind=BlockKind.ITEM, text=text, level=1, marker=marker)
