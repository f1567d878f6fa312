"""What is said for each kind of block, and the pause after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voice_app.model import Block, BlockKind, Treatment
from voice_app.script.sentences import sentences, whole

# Silence after a sentence, in ms: within what narrators of audiobooks leave (0.3 to 0.5 s between sentences, twice
# that between paragraphs, more after a heading, so that it is heard as one), and never near 2 s, which sounds broken.
SENTENCE_MS = 350
ITEM_MS = 450
PARAGRAPH_MS = 700
STANDFIRST_MS = 800
HEADING_MS = 900
TITLE_MS = 1000
CHAPTER_MS = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A piece of a block to be said. [start, end) is its place in the block's text, or -1, -1.

    `lead` is said before it and not written, as an item's number.
    """

    text: str
    start: int = -1
    end: int = -1
    row: int | None = None
    lead: str = ""


def utterances(block: Block, language: str) -> Iterator[Utterance]:
    """What is said for a block, in order."""
    if block.treatment is Treatment.ANNOUNCED:
        yield Utterance(text=_announcement(block))
    elif block.kind is BlockKind.TABLE:
        yield from _table(block)
    elif block.kind is BlockKind.FIGURE:
        yield from _text(block, language, lead="Image: ")
    elif block.kind is BlockKind.ITEM and block.marker:
        number = block.marker.rstrip(".) ")
        yield from _text(block, language, lead=f"{number}: " if number.isdigit() else "")
    else:
        yield from _text(block, language)


def after_ms(block: Block) -> int:
    """The pause after a block."""
    if block.kind is BlockKind.HEADING:
        return TITLE_MS if block.level == 1 else HEADING_MS
    if block.standfirst:
        return STANDFIRST_MS
    return ITEM_MS if block.kind is BlockKind.ITEM else PARAGRAPH_MS


def _text(block: Block, language: str, *, lead: str = "") -> Iterator[Utterance]:
    places = whole(block.text) if block.kind is BlockKind.HEADING else sentences(block.text, language)
    for start, end in places:
        text = _without_notes(block, start, end)
        yield Utterance(text=text, start=start, end=end, lead=lead)
        lead = ""


def _without_notes(block: Block, start: int, end: int) -> str:
    """The text with its note marks blanked out: they are seen, not said, and places must stay as they are."""
    text = block.text[start:end]
    for span in block.spans:
        if span.kind == "note" and start <= span.start < span.end <= end:
            a, b = span.start - start, span.end - start
            text = text[:a] + " " * (b - a) + text[b:]
    return text


def _table(block: Block) -> Iterator[Utterance]:
    names, *rows = block.rows or ((),)
    count = f"{len(rows)} row{'s' * (len(rows) != 1)}"
    yield Utterance(text=f"Table: {block.text}, {count}." if block.text else f"Table, {count}.")
    for n, row in enumerate(rows, start=1):
        cells = [
            f"{name}: {cell}" if name else cell
            for name, cell in zip([*names, *[""] * len(row)], row, strict=False)
            if cell.strip()
        ]
        if cells:
            said = ". ".join(re.sub(r"[.\s]+$", "", cell) for cell in cells) + "."
            yield from (Utterance(text=said[start:end], row=n) for start, end in whole(said))


def _announcement(block: Block) -> str:
    if block.kind is BlockKind.CODE:
        lines = len(block.text.strip().splitlines())
        return f"Code example, {lines} line{'s' * (lines != 1)}, not read out."
    if block.kind is BlockKind.NOTE:
        return f"Footnote {block.marker}, not read out." if block.marker else "Footnote, not read out."
    if block.kind is BlockKind.TABLE:
        return f"Table{': ' + block.text if block.text else ''}, not read out."
    return f"{str(block.kind).capitalize()}, not read out."
