"""The protocol of the library: what the Studio may ask of whatever keeps the articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from voice_app.library.listening import Listeners, Places, Queues
    from voice_app.model import (
        Article,
        ArticleAudio,
        ArticleState,
        Audiobook,
        Card,
        Change,
        Choice,
        Document,
        Edit,
        Feed,
        Listing,
        Manner,
        Topic,
        Wanted,
        Watch,
    )

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """Blobs that nothing uses any more: the original in the content folder, and finished files in the audio store."""

    originals: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Shelf(Protocol):
    """What listeners do with articles that are there. A part of `Library`, and as it says."""

    def listing(self, wanted: Wanted, *, page: int = 1, limit: int = 50) -> Listing:
        """One page of a list. What is searched for comes ranked and with excerpts; pages count from 1, and one that
        is not there gives the last. The number of statements does not depend on the number of articles."""

    def has_problems(self) -> bool: ...
    def card(self, article_id: int) -> Card: ...
    def related(self, article_id: int, *, limit: int = 5) -> tuple[Article, ...]:
        """The articles whose words are most like this one's, the most alike first; none when none is."""

    def twin(self, article_id: int) -> Article | None:
        """The older article that this one repeats: by its address, its text, or nearly its text."""

    def by_address(self, address: str) -> Article | None:
        """The article that is known by this address, however it is spelt; also one that was deleted."""

    def by_digest(self, digest: str) -> Article | None:
        """The article with this original; also one that was deleted."""

    def topics(self) -> tuple[Topic, ...]:
        """All topics of articles that are neither archived nor deleted."""

    def add_topic(self, article_id: int, name: str) -> None:
        """Give a topic by hand. Raises InputError for one without a name, a long one, or one too many."""

    def remove_topic(self, article_id: int, name: str) -> None:
        """Take a topic away; reading the article again does not bring it back."""

    def favourite(self, article_id: int, at: datetime | None) -> Article:
        """Make it a favourite, or with None, none any more."""

    def archive(self, article_id: int, at: datetime | None) -> Article:
        """Put it out of the way (it stays in the feed), or with None, back."""

    def remove(self, article_id: int, at: datetime | None) -> Article:
        """Delete it so that it can be brought back (with None): it is in no list and no feed, and asks for no work."""

    def removed_before(self, at: datetime, *, limit: int) -> tuple[int, ...]:
        """The ids of what was deleted before `at` and has no file in the watched folder, the oldest first."""

    def forget(self, article_id: int, *, drop: Callable[[Leftovers], None] = lambda left: None) -> Leftovers:
        """Lose all that is known of the article, once `drop` has deleted what nothing uses any more: after a process
        that dies before that the article is still there. Doing it again changes nothing."""

    def finished_files(self, *, after: int, limit: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The ids (greater than `after`, in order) of articles that are DONE, with the names of their files."""

    def catch_up(self, *, limit: int) -> int:
        """Enter up to `limit` articles into the index that an older version has entered, or none. How many it were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a person chose for one article: the kinds of its style that differ, blocks and sentences."""

    style: Mapping[str, Manner] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    edits: tuple[Edit, ...] = ()


class Readings(Protocol):
    """How articles are read, as far as a person chose it. Setting what is set already changes nothing."""

    def site_style(self) -> dict[str, Manner]:
        """The kinds that the listener chose for all articles."""

    def set_site_style(self, style: Mapping[str, Manner]) -> None:
        """In place of what was chosen before."""

    def chosen(self, article_id: int) -> Chosen: ...
    def all_chosen(self) -> dict[int, Chosen]:
        """Of every article that has something chosen, in one look."""

    def set_article_style(self, article_id: int, style: Mapping[str, Manner]) -> None: ...
    def edit(self, article_id: int, edit: Edit) -> None: ...
    def forget_edit(self, article_id: int, sentence_id: str) -> None: ...
    def choose(self, article_id: int, choice: Choice) -> None: ...
    def forget_choice(self, article_id: int, block_id: str) -> None: ...


class Changes(Protocol):
    """How the sources of articles changed, and when to look at them again. `save_document` records a change."""

    def of(self, article_id: int) -> tuple[Change, ...]:
        """The newest first; older ones than the last KEPT_CHANGES are forgotten."""

    def watch(self, article_id: int) -> Watch: ...
    def set_every_hours(self, article_id: int, hours: int | None) -> None: ...
    def validators(self, article_id: int) -> tuple[str | None, str | None]:
        """The ETag and Last-Modified that came with the text that is kept."""

    def set_validators(self, article_id: int, etag: str | None, last_modified: str | None) -> None: ...
    def checked(self, article_id: int, at: datetime, *, trouble: str = "") -> None:
        """The source was looked at. `trouble` says why the old text was kept; empty takes an older one back."""

    def due(self, now: datetime, *, every_hours: int) -> tuple[int, ...]:
        """Finished articles fetched from addresses whose next look is due, the longest due first.

        `every_hours` is for those that do not say it themselves; 0 means never."""


class Audiobooks(Protocol):
    """The audiobooks that listeners asked for. Raises only LibraryError, ArticleNotFoundError for an id that is not
    there."""

    def of(self, article_id: int) -> Audiobook | None:
        """As it was asked for or made, without its size; also one of a sound that the article has no more."""

    def ask(self, article_id: int) -> None:
        """Have it made, or tried again."""

    def asked(self) -> tuple[Article, ...]:
        """The finished articles that wait for one, oldest first, none that was deleted. Cheap, to be asked often."""

    def made(self, article_id: int, *, sound: str, file: str) -> None:
        """Keep the file that was made with this sound. It stays asked for when the article has another sound now."""

    def failed(self, article_id: int, problem: str) -> None:
        """It is asked for no more, and this sentence says why."""

    def clear(self, *, drop: Callable[[str], None]) -> None:
        """Have `drop` delete the files of sounds that their articles have no more, and forget them."""


class Library(Shelf, Protocol):
    """Keeps articles. Many threads and many processes may use it at once; every call is one transaction.

    Raises only LibraryError, ArticleNotFoundError for an id or slug that is not there. Slug and guid are given when
    an article is added and never change, so no link breaks.

    A request wins over a run: an article that is asked for again (`replace`, or `set_state` WAITING) when a run may
    be at it (READING, READY, NARRATING) stays WAITING, whatever that run still saves, until somebody sets READING.
    One that is to be narrated again (`ask_narration`) stays READY in the same way until somebody sets NARRATING.
    """

    @property
    def files(self) -> Files: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def feeds(self) -> Feeds: ...
    @property
    def readings(self) -> Readings: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def audiobooks(self) -> Audiobooks: ...
    @property
    def listeners(self) -> Listeners: ...
    @property
    def places(self) -> Places: ...
    @property
    def queues(self) -> Queues: ...

    def add(
        self, *, title: str, origin: str, media_type: str, original: str, digest: str, source_url: str | None = None
    ) -> Article:
        """A new article, WAITING. A file of the articles folder that is known already is replaced when its digest
        differs, and left as it is when not. A web address that is known and not deleted gives the article that is
        there: so two that ask for it at once get one."""

    def replace(self, article_id: int, *, original: str, media_type: str, digest: str) -> Article:
        """Give the article another original and ask for it to be read: WAITING. The audio stays until there is new."""

    def article(self, slug: str) -> Article: ...
    def by_id(self, article_id: int) -> Article: ...
    def by_origin(self, origin: str) -> Article | None:
        """The newest article with this origin; also one that was deleted."""

    def articles(self) -> tuple[Article, ...]:
        """All that are not deleted, newest first. For a small library; a page of a large one is a `listing`."""

    def asking(self) -> tuple[Article, ...]:
        """Those whose state asks for work (neither DONE nor PROBLEM), oldest first, none that was deleted. Cheap, to be
        asked often."""

    def original(self, article_id: int) -> Original: ...

    def set_state(self, article_id: int, state: ArticleState, *, problem: str = "") -> None:
        """Move on. Ignored, unless it is WAITING or READING, when the article was asked for again (see the class)."""

    def ask_narration(self, article_id: int) -> None:
        """Ask for an article that was read to be narrated again: READY. One that waits, or was not read, stays so."""

    def save_document(self, article_id: int, document: Document, *, change: Change | None = None) -> None:
        """Keep what was read, copy what lists show of it, and set READY unless it was asked for again. `change` says
        how it differs from what was kept before."""

    def document(self, article_id: int) -> Document | None: ...

    def save_progress(self, article_id: int, spoken: int, sentences: int) -> bool:
        """False when the article was asked for again meanwhile: going on with this run would be for nothing."""

    def save_audio(self, article_id: int, audio: ArticleAudio) -> None:
        """Keep the audio and set DONE. `finished_at` is set the first time only: an episode's date never moves."""

    def audio(self, article_id: int) -> ArticleAudio | None: ...

    def finished(self, *, to_hear: bool = False) -> tuple[tuple[Article, ArticleAudio, Document], ...]:
        """All that have audio, the newest finished first; one that is being made again is still there, one that was
        deleted is not. `to_hear`: only those that were not heard and are not archived."""

    def mark_heard(self, article_id: int, at: datetime, *, is_heard: bool = True) -> Article:
        """Somebody said `at` that time that it was heard, or that it is to be heard again. What was said last holds,
        also when it arrives first."""

    def setting(self, name: str, make: Callable[[], str]) -> str:
        """The value kept under this name for ever; the first caller's `make` gives it, even when many race."""

    def revision(self) -> str:
        """Changes when anything in the library changes. Cheap: one row."""
