"""The protocol of the library: what the Studio may ask of whatever keeps the articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from voice_app.model import Article, ArticleAudio, ArticleState, Document, Feed

FOLDER_ORIGIN = "content/articles/"
"""Articles whose origin begins like this are files of a folder: one file is one article for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """An article as it was given. `original` is empty for an address that was not fetched yet."""

    original: str
    media_type: str
    origin: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the watched folder as the library knows it. `missing`: it was not there when last looked for."""

    article_id: int
    origin: str
    digest: str
    missing: bool


class Files(Protocol):
    """Which article each file of the watched folder is. Raises only LibraryError."""

    def all(self) -> tuple[File, ...]:
        """Those of archived and removed articles too, oldest first."""

    def move(self, article_id: int, origin: str) -> None:
        """The file has another name now."""

    def lose(self, article_id: int, at: datetime) -> None:
        """The file is gone: its article is archived, and nothing of it is lost."""

    def find(self, article_id: int) -> None:
        """The file is there again: its article is back in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail that brought articles. `digest` is that of its bytes; `problems` say what could not be read and why."""

    digest: str
    message_id: str
    sender: str
    subject: str
    articles: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()


class Letters(Protocol):
    """The letters that came, and which of them wait for an answer. Raises only LibraryError."""

    def knows(self, digest: str) -> bool: ...
    def add(self, letter: Letter) -> None: ...
    def open(self) -> tuple[Letter, ...]:
        """Those that have no answer yet, oldest first."""

    def answered(self, digest: str, at: datetime) -> None: ...


class Feeds(Protocol):
    """The feeds that are watched, and which of their entries are known. Raises only LibraryError."""

    def all(self) -> tuple[Feed, ...]:
        """By title."""

    def add(self, address: str, title: str, at: datetime) -> Feed:
        """Watch a feed. One that is watched already is given back as it is."""

    def remove(self, feed_id: int) -> None:
        """Watch it no longer. Its articles stay."""

    def checked(self, feed: Feed) -> None:
        """Keep what was found out about it at its last look."""

    def known(self, feed_id: int) -> frozenset[str]:
        """The keys of the entries that were seen before."""

    def saw(self, feed_id: int, key: str, article_id: int | None) -> None:
        """An entry was seen, and became an article or was left out."""


class Library(Protocol):
    """Keeps articles. Many threads and many processes may use it at once; every call is one transaction.

    Raises only LibraryError, ArticleNotFoundError for an id or slug that is not there. Slug and guid are given when
    an article is added and never change, so no link breaks.

    A request wins over a run: an article that is asked for again (`replace`, or `set_state` WAITING) when a run may
    be at it (READING, READY, NARRATING) stays WAITING, whatever that run still saves, until somebody sets READING.
    """

    @property
    def files(self) -> Files: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def feeds(self) -> Feeds: ...

    def add(
        self, *, title: str, origin: str, media_type: str, original: str, digest: str, source_url: str | None = None
    ) -> Article:
        """A new article, WAITING. A file of the articles folder that is known already is replaced when its digest
        differs, and left as it is when not."""

    def replace(self, article_id: int, *, original: str, media_type: str, digest: str) -> Article:
        """Give the article another original and ask for it to be read: WAITING. The audio stays until there is new."""

    def article(self, slug: str) -> Article: ...
    def by_id(self, article_id: int) -> Article: ...
    def by_origin(self, origin: str) -> Article | None:
        """The newest article with this origin."""

    def articles(self) -> tuple[Article, ...]:
        """All of them, newest first."""

    def asking(self) -> tuple[Article, ...]:
        """Those whose state asks for work (neither DONE nor PROBLEM), oldest first. Cheap, to be asked often."""

    def original(self, article_id: int) -> Original: ...

    def set_state(self, article_id: int, state: ArticleState, *, problem: str = "") -> None:
        """Move on. Ignored, unless it is WAITING or READING, when the article was asked for again (see the class)."""

    def save_document(self, article_id: int, document: Document) -> None:
        """Keep what was read, copy what lists show of it, and set READY unless it was asked for again."""

    def document(self, article_id: int) -> Document | None: ...

    def save_progress(self, article_id: int, spoken: int, sentences: int) -> bool:
        """False when the article was asked for again meanwhile: going on with this run would be for nothing."""

    def save_audio(self, article_id: int, audio: ArticleAudio) -> None:
        """Keep the audio and set DONE. `finished_at` is set the first time only: an episode's date never moves."""

    def audio(self, article_id: int) -> ArticleAudio | None: ...

    def finished(self) -> tuple[tuple[Article, ArticleAudio, Document], ...]:
        """All that have audio, the newest finished first; one that is being made again is still there."""

    def remove(self, article_id: int) -> None:
        """Forget the article. Removing it again changes nothing."""

    def mark_heard(self, article_id: int, at: datetime | None) -> Article: ...

    def setting(self, name: str, make: Callable[[], str]) -> str:
        """The value kept under this name for ever; the first caller's `make` gives it, even when many race."""

    def revision(self) -> str:
        """Changes when anything in the library changes. Cheap: one row."""
