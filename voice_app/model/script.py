"""What is said: Document -> Script."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voice_app.model.document import BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Characters [written_start, written_end) of a sentence are spoken as [spoken_start, spoken_end)."""

    written_start: int
    written_end: int
    spoken_start: int
    spoken_end: int


class Earcon(StrEnum):
    """A short sound before a sentence: a new section, a heading inside it, a note."""

    NONE = ""
    SECTION = "section"
    HEADING = "heading"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One utterance.

    `id` comes from the written text and its occurrence in the article, never from its position.
    `block` is the index into `Document.blocks`; [start, end) is where `written` lies in that block's text, with
    blanks for marks of notes (-1, -1 when it is no slice of it, as with a table's row or an announcement); `row` is
    the table's row.
    `pause_ms` is the silence after it, `earcon` the sound before it. `spans` maps written to spoken characters, in
    order, without gaps.
    """

    id: str
    written: str
    spoken: str
    language: str
    kind: BlockKind
    block: int
    pause_ms: int
    start: int = -1
    end: int = -1
    row: int | None = None
    spans: tuple[Alignment, ...] = ()
    earcon: Earcon = Earcon.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A run of sentences under one heading; `number` counts from 1."""

    number: int
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What will be said. `digest` changes when, and only when, something said, a pause or an earcon does."""

    title: str
    language: str
    chapters: tuple[Chapter, ...]
    digest: str

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for chapter in self.chapters for s in chapter.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that are said beside an article, in their language. A heading is said by whoever says headings."""

    text: str
    language: str
    kind: BlockKind = BlockKind.PARAGRAPH
