"""What the library shows: articles, their pages, and episodes of the feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from voice_app.model.document import Block, Document
from voice_app.model.reading import Change, Choice, Edit, Reading, Watch
from voice_app.model.script import Chapter, Script, Sentence
from voice_app.model.sound import ArticleAudio


class ArticleState(StrEnum):
    """What a person can do with an article. What the machine does with it is the job's business."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    NARRATING = "narrating"
    DONE = "done"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A line of the library. `spoken` of `sentences` are rendered; `problem` says what went wrong and what to do.

    An article with `archived_at` is kept out of the way, one with `removed_at` can still be brought back for a while.
    `checked_at` is when its source was last looked at for changes, `changed_at` when one was found.
    """

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
    site: str | None = None
    favourite_at: datetime | None = None
    archived_at: datetime | None = None
    removed_at: datetime | None = None
    checked_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All that the page of one article shows. `script` and `audio` are None until they exist.

    `document` is in the `reading`'s style. `block_ids` name its blocks for a person's choices, in order. `changes` has
    the newest first; `watch` is None when there is no address to look at. `silenced` sentences of the text are left
    out by hand.
    """

    article: Article
    document: Document | None
    script: Script | None
    audio: ArticleAudio | None
    reading: Reading = field(default_factory=Reading)
    block_ids: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    watch: Watch | None = None
    silenced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence for the page that changes them: what is said by itself, and what a person made of it."""

    sentence: Sentence
    edit: Edit | None

    @property
    def spoken(self) -> str:
        return self.sentence.spoken if self.edit is None else self.edit.spoken or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An article's sentences to be changed. `vanished` are edits whose sentence is no longer in the text."""

    article: Article
    document: Document
    block_ids: tuple[str, ...]
    chapters: tuple[tuple[Chapter, tuple[Line, ...]], ...]
    vanished: tuple[Edit, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A finished article as feeds and speakers carry it.

    `left_out` are the blocks that are not read in full; `silenced` sentences were left out by hand.
    """

    article: Article
    audio: ArticleAudio
    left_out: tuple[Block, ...]
    page_text: str
    silenced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it was given: its name, its bytes, and its media type if somebody said one."""

    name: str
    body: bytes
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What could not be added, as the person would call it, and the sentence that says why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of several things given at once, in their order."""

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()


class View(StrEnum):
    """Which part of the library is looked at. What was deleted is in none of them but the last."""

    LIBRARY = "library"
    UNHEARD = "unheard"
    FAVOURITES = "favourites"
    PROBLEMS = "problems"
    ARCHIVED = "archived"
    EVERYTHING = "everything"
    DELETED = "deleted"


class Order(StrEnum):
    """What comes first in a list. What is searched for has the best match first, whatever is chosen."""

    NEWEST = "newest"
    TITLE = "title"
    LONGEST = "longest"
    SHORTEST = "shortest"
    HEARD = "heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is to show. Empty `query` and `topic` ask for nothing special."""

    view: View = View.LIBRARY
    topic: str = ""
    query: str = ""
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of an excerpt; `is_match` when it is what was searched for."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An article in a list. `duplicate_of` is the slug of the older article that it repeats."""

    article: Article
    topics: tuple[str, ...] = ()
    duplicate_of: str | None = None
    excerpt: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list; `total` articles are on all of its pages."""

    cards: tuple[Card, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic and how many articles of the library have it, archived ones not counted."""

    name: str
    articles: int
