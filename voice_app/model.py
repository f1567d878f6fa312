"""Every value that crosses a package line. Frozen, keyword-only, and free of behaviour beyond simple derivations.

The types follow the data from left to right: Source -> Document -> Script -> Clip -> ChapterAudio -> Episode.
Times are aware and in UTC; durations are in seconds unless the name ends in `_ms`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


class BlockKind(StrEnum):
    """What a block of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    FIGURE = "figure"
    NOTE = "note"


class Treatment(StrEnum):
    """How a block of the source ends: read out, mentioned in a few words, left out, or lost to an error."""

    SAID = "said"
    ANNOUNCED = "announced"
    SKIPPED = "skipped"
    FAILED = "failed"


class ArticleState(StrEnum):
    """What a person can do with an article. What the machine does with it is the job's business."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    NARRATING = "narrating"
    DONE = "done"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bytes as they arrived.

    `origin` is what a person would call it: an address, a file name, or "pasted text".
    `charset` is what the transport said, if it said anything.
    """

    origin: str
    media_type: str
    body: bytes
    fetched_at: datetime
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of characters [start, end) of a block's text.

    `kind` is emphasis, strong, code, link, abbr, lang or note; `value` is the link's address, the
    abbreviation's expansion, the language tag or the note's label.
    """

    start: int
    end: int
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of the source's structure.

    `level`: 1 to 6 for a heading (1 is the article's title, always the first kept block), nesting depth from 1 for
    an item, else 0. `marker`: an item's number ("3.", empty for a bullet), a note's label, code's language.
    `rows`: a table's cells, the first row holding the column names; `text` is then the caption or empty.
    `text` of a figure is its caption, or its alt text. `standfirst` marks the summary line under the title.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    language: str | None = None
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    standfirst: bool = False
    treatment: Treatment = Treatment.SAID
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How many blocks of the source ended in which way. The four add up to all of them."""

    said: int = 0
    announced: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return self.said + self.announced + self.skipped + self.failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as structure. `blocks` holds every block of the source in order, the skipped ones too."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "en"
    byline: str | None = None
    published: date | None = None
    source_url: str | None = None
    summary: str | None = None
    image: str | None = None

    @property
    def kept(self) -> tuple[Block, ...]:
        """The blocks a listener meets: said or announced."""
        return tuple(b for b in self.blocks if b.treatment in (Treatment.SAID, Treatment.ANNOUNCED))

    @property
    def receipt(self) -> Receipt:
        counts = Counter(block.treatment for block in self.blocks)
        return Receipt(**{str(treatment): counts[treatment] for treatment in Treatment})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Characters [written_start, written_end) of a sentence are spoken as [spoken_start, spoken_end)."""

    written_start: int
    written_end: int
    spoken_start: int
    spoken_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One utterance.

    `id` comes from the written text and its occurrence in the article, never from its position.
    `block` is the index into `Document.blocks`; [start, end) is where `written` lies in that block's text, with
    blanks for marks of notes (-1, -1 when it is no slice of it, as with a table's row or an announcement); `row` is
    the table's row.
    `pause_ms` is the silence after it. `spans` maps written to spoken characters, in order, without gaps.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A run of sentences under one heading; `number` counts from 1."""

    number: int
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What will be said. `digest` changes when, and only when, something said or its pauses change."""

    title: str
    language: str
    chapters: tuple[Chapter, ...]
    digest: str

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for chapter in self.chapters for s in chapter.sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks. `id` is "engine/name". `gain_db` brings it to the target loudness; None means not yet measured."""

    engine: str
    name: str
    language: str
    licence: str
    gain_db: float | None = None

    @property
    def id(self) -> str:
        return f"{self.engine}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakRequest:
    """One spoken sentence for one engine. `rate` 1.0 is the voice's own pace."""

    text: str
    language: str
    voice: str
    rate: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Spoken characters [start, end) sound from `start_seconds` to `end_seconds`."""

    start: int
    end: int
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What an engine gives back: mono float32 samples in [-1, 1]."""

    samples: NDArray[np.float32]
    sample_rate: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One sentence's sound without its pause: mono, 16 bit, little-endian `pcm`."""

    key: str
    sample_rate: int
    pcm: bytes
    marks: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.sample_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """When a sentence sounds, in seconds from the start of the file that carries it (its pause not included)."""

    sentence_id: str
    written: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterAudio:
    """A finished chapter. `file` is its name in the audio store; it ends in .mp3 and carries the content's hash."""

    number: int
    title: str
    file: str
    seconds: float
    loudness_lufs: float
    true_peak_dbtp: float
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterMark:
    """Where a chapter begins and ends in the whole article's file."""

    number: int
    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAudio:
    """Everything finished for one article. `file` is the whole article with chapters; `cues` run over all of it."""

    file: str
    bytes: int
    sha384: str
    seconds: float
    loudness_lufs: float
    true_peak_dbtp: float
    artwork: str
    script_digest: str
    voice: str
    chapters: tuple[ChapterAudio, ...]
    marks: tuple[ChapterMark, ...]
    cues: tuple[Cue, ...]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A line of the library. `spoken` of `sentences` are rendered; `problem` says what went wrong and what to do."""

    id: int
    slug: str
    guid: str
    title: str
    origin: str
    state: ArticleState
    added_at: datetime
    byline: str | None = None
    language: str = "en"
    published: date | None = None
    source_url: str | None = None
    summary: str | None = None
    problem: str = ""
    spoken: int = 0
    sentences: int = 0
    seconds: float = 0.0
    finished_at: datetime | None = None
    heard_at: datetime | None = None

    @property
    def is_removable(self) -> bool:
        """Whether nothing is lost without it: it never had sound, and no file of the content folder stands for it."""
        never_worked = self.state is ArticleState.PROBLEM and self.finished_at is None
        return never_worked and not self.origin.startswith("content/")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All that the page of one article shows. `script` and `audio` are None until they exist."""

    article: Article
    document: Document | None
    script: Script | None
    audio: ArticleAudio | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A finished article as feeds and speakers carry it."""

    article: Article
    audio: ArticleAudio
    receipt: Receipt
    page_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a narration is, in sentences."""

    spoken: int
    total: int
    chapter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Narration:
    """What one narration made and what it cost. `clips_spoken` + `clips_cached` = the sentences that have sound."""

    script: Script
    audio: ArticleAudio
    clips_spoken: int
    clips_cached: int
    first_audio_seconds: float
    wall_seconds: float
    receipt: Receipt
    folder: Path
