"""How the sentences of a chapter stand to each other: pauses between them, sounds before structure. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from voice_app.model import BlockKind, Earcon, Sentence
from voice_app.script.structure import CHAPTER_MS, ITEM_MS, PARAGRAPH_MS

# A heading belongs to what follows, so the pause before it is longer than the one after it.
BEFORE_HEADING_MS = 1100
_EARCONS = {BlockKind.HEADING: Earcon.HEADING, BlockKind.NOTE: Earcon.NOTE}


def staged(sentences: Sequence[Sentence], *, number: int, pauses: float, earcons: bool) -> tuple[Sentence, ...]:
    """The sentences of chapter `number` with their pauses, times `pauses`, and with sounds where they are asked for."""
    pairs = itertools.zip_longest(sentences, sentences[1:])
    found = [replace(each, pause_ms=round(_pause_ms(each, following) * pauses)) for each, following in pairs]
    if earcons:
        before = [None, *sentences[:-1]]
        found = [
            replace(each, earcon=_earcon(each, previous, number)) for each, previous in zip(found, before, strict=True)
        ]
    return tuple(found)


def _pause_ms(sentence: Sentence, following: Sentence | None) -> int:
    if following is None:
        return CHAPTER_MS
    if sentence.block == following.block:
        is_next_row = sentence.row is not None and sentence.row != following.row
        return max(sentence.pause_ms, ITEM_MS) if is_next_row else sentence.pause_ms
    if following.kind is BlockKind.HEADING:
        return max(sentence.pause_ms, BEFORE_HEADING_MS)
    if sentence.kind is BlockKind.ITEM and following.kind is not BlockKind.ITEM:
        return max(sentence.pause_ms, PARAGRAPH_MS)  # the list is over
    return sentence.pause_ms


def _earcon(sentence: Sentence, previous: Sentence | None, number: int) -> Earcon:
    """The sound before the first sentence of a block. Before the article's title there is none: nothing came before."""
    if previous is not None:
        return Earcon.NONE if previous.block == sentence.block else _EARCONS.get(sentence.kind, Earcon.NONE)
    if sentence.kind is BlockKind.HEADING:
        return Earcon.SECTION if number > 1 else Earcon.NONE
    return _EARCONS.get(sentence.kind, Earcon.NONE)
