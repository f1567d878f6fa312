"""What arrives and what is read out of it: Source -> Document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Manner(StrEnum):
    """How one kind of structure is read: its words; its words and what it is; only that it is there; not at all."""

    READ = "read"
    NAMED = "named"
    MENTIONED = "mentioned"
    LEFT_OUT = "left out"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of characters [start, end) of a block's text.

    `kind` is emphasis, strong, code, link, abbr, lang or note; `value` is the link's address, the
    abbreviation's expansion, the language tag or the note's anchor.
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
    `anchor`: a note's name, unique in the document; the text's note spans carry it as their value.
    `rows`: a table's cells; `text` is then the caption or empty. With `named_columns` the first row holds the names
    of the columns, with `named_rows` each row's first cell names the row.
    `text` of a figure is its caption, `alt` says what is to be seen; one of them may be empty.
    `standfirst` marks the summary line under the title, `aside` what stands in a box beside the running text.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    language: str | None = None
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    alt: str = ""
    anchor: str = ""
    named_columns: bool = True
    named_rows: bool = False
    standfirst: bool = False
    aside: bool = False
    treatment: Treatment = Treatment.SAID
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How each kind of structure is read. The text of headings, lists and links is always read, so they are READ or
    NAMED. A link's address is never read."""

    headings: Manner = Manner.READ
    lists: Manner = Manner.READ
    links: Manner = Manner.READ
    quotes: Manner = Manner.READ
    sidebars: Manner = Manner.READ
    tables: Manner = Manner.NAMED
    figures: Manner = Manner.NAMED
    code: Manner = Manner.MENTIONED
    notes: Manner = Manner.MENTIONED


_EVERY = tuple(Manner)
_WITH_WORDS = (Manner.READ, Manner.NAMED)
MANNERS: dict[str, tuple[Manner, ...]] = {
    "headings": _WITH_WORDS,
    "lists": _WITH_WORDS,
    "links": _WITH_WORDS,
    "quotes": _EVERY,
    "sidebars": _EVERY,
    "tables": _EVERY,
    "figures": _EVERY,
    "code": _EVERY,
    "notes": (Manner.READ, Manner.MENTIONED, Manner.LEFT_OUT),
}
"""What makes sense for each kind of a `Style`. A note that is read is always called one: it stands apart."""

MENTIONED = "mentioned only"
BY_CHOICE = "left out by choice"
NO_WORDS = "left out, as there are no words to mention it in the article's language"
NOT_DESCRIBED = "a picture without a description"
OF_THE_ARTICLE = frozenset({MENTIONED, BY_CHOICE, NO_WORDS, NOT_DESCRIBED})
"""The reasons of blocks that are part of the article and still not read. Any other says what a block is instead."""


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
    """An article as structure. `blocks` holds every block of the source in order, the skipped ones too.

    `topics` are what the article itself says it is about. A reader leaves out only what is not the article; how the
    rest is read is for the listener's `Style` to say.
    """

    title: str
    blocks: tuple[Block, ...]
    language: str = "en"
    byline: str | None = None
    published: date | None = None
    source_url: str | None = None
    summary: str | None = None
    image: str | None = None
    site: str | None = None
    topics: tuple[str, ...] = ()

    @property
    def kept(self) -> tuple[Block, ...]:
        """The blocks a listener meets: said or announced."""
        return tuple(b for b in self.blocks if b.treatment in (Treatment.SAID, Treatment.ANNOUNCED))

    @property
    def receipt(self) -> Receipt:
        counts = Counter(block.treatment for block in self.blocks)
        return Receipt(**{str(treatment): counts[treatment] for treatment in Treatment})
