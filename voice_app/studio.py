"""The one object behind every door: each use case is a method, here or at a desk. It knows no Flask and no SQL."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from itertools import dropwhile, islice
from pathlib import Path
from typing import TYPE_CHECKING

from voice_app.audio.artwork import artwork
from voice_app.binding import Outlet, hashed
from voice_app.blobs import Blobs, FolderBlobs
from voice_app.config import Config
from voice_app.desks.audiobooks import Audiobooks
from voice_app.desks.better import LOOK_SECONDS as BETTER_SECONDS
from voice_app.desks.better import Better
from voice_app.desks.changes import LOOK_SECONDS, Changes
from voice_app.desks.edits import Edits
from voice_app.desks.feeds import Feeds
from voice_app.desks.folder import Folder
from voice_app.desks.ground import Ground, Reader, reading_of
from voice_app.desks.intake import PASTED, Intake
from voice_app.desks.listening import Listening
from voice_app.desks.live import Live
from voice_app.desks.menu import Menu
from voice_app.desks.outlook import Outlooks
from voice_app.desks.shelf import Shelf, gone
from voice_app.desks.styles import Styles
from voice_app.desks.voices import Voices
from voice_app.desks.work import AUDIO, Work
from voice_app.errors import MediaNotFoundError
from voice_app.jobs.rounds import Chore
from voice_app.keeper import TIDY_SECONDS, Keeper
from voice_app.library.slugs import slug
from voice_app.library.store import Library
from voice_app.model import (
    Article,
    ArticleAudio,
    ArticlePage,
    ArticleState,
    BlockKind,
    Document,
    Episode,
    Narration,
    Progress,
    Reading,
    Script,
    Source,
    Style,
    Treatment,
)
from voice_app.narrator import Narrator
from voice_app.script.blocks import block_ids
from voice_app.script.render import rendered
from voice_app.script.say import say
from voice_app.script.style import read_as, styled

if TYPE_CHECKING:
    from voice_app.desks.post import Post

FOLDER_SECONDS = 2.0
POST_SECONDS = 5.0
FEEDS_SECONDS = 5.0
PURGE_SECONDS = 3600.0
CATCH_UP_SECONDS = 3600.0
WORDS_AT_ONCE = 100
"""Sentences whose words are told at once: some minutes of listening in a few kilobytes."""
_MEDIA_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,150}\.(mp3|m4b|jpg)")


class Studio:
    """Everything Voice App can do. `content` is backed up; `cache` may vanish at any moment.

    `intake` adds articles; `folder` watches content/articles/, `post` a maildir, `feeds` feeds; `shelf` finds, sorts
    and deletes articles; `styles` says how structure is read, `edits` what a person changed in one article, `changes`
    looks at sources again; `voices` knows who can read; `listening` who listens and where they are; `live` plays what
    is not narrated yet, and `menu` says what there is to hear; `work` is the worker's side, and `better` records again
    what a quick voice read first; `keeper` counts, checks and prunes the cache.
    """

    def __init__(
        self,
        config: Config,
        *,
        reader: Reader,
        narrator: Callable[[], Narrator],
        library: Callable[[], Library],
        content: Blobs,
        cache: Blobs,
        keeper: Callable[[], Keeper],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._config = config
        self._ground = Ground(config, reader=reader, library=library, content=content, clock=clock)
        self._narrator = lru_cache(maxsize=1)(narrator)
        self._cache = cache
        self._make_keeper = keeper
        self.intake = Intake(self._ground)
        self.folder = Folder(self._ground)
        self.feeds = Feeds(self._ground, self.intake)
        self.shelf = Shelf(self._ground, cache=cache)
        self.styles = Styles(self._ground)
        self.edits = Edits(self._ground)
        self.changes = Changes(self._ground)
        self.voices = Voices(config, narrator=self._narrator, cache=cache)
        self.listening = Listening(self._ground)
        self.live = Live(self._ground, narrator=self._narrator)
        self.menu = Menu(self._ground, narrator=self._narrator)
        self.work = Work(self._ground, changes=self.changes, narrator=self._narrator, cache=cache)
        self.outlook = Outlooks(self._ground, narrator=self._narrator, cache=cache)
        self.audiobooks = Audiobooks(self._ground, self.work, cache=cache)
        self.better = Better(self._ground, self.work, narrator=self._narrator, cache=cache)

    @cached_property
    def keeper(self) -> Keeper:
        return self._make_keeper()

    @cached_property
    def post(self) -> Post:
        from voice_app.desks.post import Post  # what only a mail needs is not loaded for every command

        return Post(self._ground, self.intake)

    @property
    def _library(self) -> Library:
        return self._ground.library

    def chores(self) -> Sequence[Chore]:
        """What the worker looks after again and again."""
        return (
            Chore(name="folder", seconds=FOLDER_SECONDS, run=self.folder.sync),
            Chore(name="feeds", seconds=FEEDS_SECONDS, run=self.feeds.look),
            Chore(name="post", seconds=POST_SECONDS, run=self.post.look),
            Chore(name="purge", seconds=PURGE_SECONDS, run=self.shelf.purge),
            Chore(name="audiobooks", seconds=PURGE_SECONDS, run=self.audiobooks.clear),
            Chore(name="index", seconds=CATCH_UP_SECONDS, run=self.shelf.catch_up),
            Chore(name="listeners", seconds=PURGE_SECONDS, run=self.listening.purge),
            Chore(name="better", seconds=BETTER_SECONDS, run=self.better.look),
            Chore(name="changes", seconds=LOOK_SECONDS, run=self.changes.look),
            Chore(name="cache", seconds=TIDY_SECONDS / 4, run=lambda: self.keeper.tidy()),
        )

    def suffixes(self) -> Mapping[str, str]:
        """The media type of each end of a file's name that can be read."""
        return self._ground.reader.suffixes()

    # -- without the library ----------------------------------------------------------------

    def read(self, source: str | Source, *, style: Style | None = None) -> Document:
        """The article behind an address, in a file, or in bytes, in a style or as configured. Raises InputError."""
        found = self._ground.reader.document(self.source(source) if isinstance(source, str) else source)
        return styled(found, style or self._config.reading)

    def source(self, text: str) -> Source:
        """The bytes behind an address or a file's path. Raises InputError."""
        return self._ground.reader.source(text)

    def pasted(self, body: bytes) -> Source:
        """What a person pasted or piped in."""
        return self._ground.given(PASTED, body)

    def script(self, document: Document, *, style: Style | None = None) -> Script:
        """What will be said of what `read` gave in this style, with the chapters and sentences."""
        return self._ground.rendered(document, self._ground.bare_manners(style or self._config.reading))

    def say(self, text: str, language: str = "en") -> str:
        """The spoken form of one text."""
        return say(text, language)

    def narrate(
        self,
        document: Document,
        folder: Path,
        *,
        voice: str | None = None,
        style: Style | None = None,
        audiobook: bool = False,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Narration:
        """Narrate what `read` gave in this style into files in `folder`: one per chapter and one for the whole, and an
        `audiobook` beside them."""
        started = time.perf_counter()
        made = self._narrator().narrate(
            document,
            rendered(document, self._ground.bare_manners(style or self._config.reading)),
            voice=voice or self._config.narration.voice,
            voices=None if voice else self._config.narration.voices,
            stem=slug(document.title),
            outlet=Outlet(store=FolderBlobs(folder)),
            audiobook=audiobook,
            on_progress=on_progress,
        )
        narration = Narration(
            script=made.script,
            audio=made.audio,
            clips_spoken=made.clips_spoken,
            clips_cached=made.clips_cached,
            first_audio_seconds=made.first_audio_at - started,
            wall_seconds=time.perf_counter() - started,
            receipt=made.receipt,
            folder=folder,
            audiobook=made.audiobook,
        )
        self.outlook.learn(narration)
        return narration

    # -- looking ----------------------------------------------------------------------------

    def articles(self) -> tuple[Article, ...]:
        """The whole library, newest first. Doors that list it ask the shelf for a page."""
        return self._library.articles()

    def page(self, slug: str) -> ArticlePage:
        """All that an article's page shows. Raises ArticleNotFoundError, also for one that was deleted."""
        article = self._library.article(slug)
        if article.removed_at:
            raise gone(article)
        reading = self._ground.reading(article.id)
        document = self._library.document(article.id)
        return ArticlePage(
            article=article,
            document=read_as(document, reading) if document else None,
            script=self._ground.script(document, reading) if document else None,
            audio=self._library.audio(article.id),
            reading=reading,
            block_ids=block_ids(document) if document else (),
            changes=self._library.changes.of(article.id) if article.changed_at else (),
            watch=self.changes.watched(article),
            silenced=self.edits.silenced(document, reading) if document else 0,
        )

    def words(self, slug: str, file: str, sentence_id: str) -> Mapping[str, str]:
        """When the words of a finished article sound: the timing of its cues by sentence, this one and those after it.

        `file` names the sound. Raises MediaNotFoundError when the article has another one now.
        """
        article = self._library.article(slug)
        if article.removed_at:
            raise gone(article)
        audio = self._library.audio(article.id)
        if audio is None or audio.file != file:
            raise MediaNotFoundError("The article has another sound now.", todo="Load its page anew.")
        cues = dropwhile(lambda cue: cue.sentence_id != sentence_id, audio.cues)
        return {cue.sentence_id: cue.timing for cue in islice(cues, WORDS_AT_ONCE)}

    def episodes(self) -> tuple[Episode, ...]:
        """What is finished, newest first; also what is archived, as a podcast app deletes what a feed drops."""
        return self._episodes(to_hear=False)

    def unheard(self) -> tuple[Episode, ...]:
        """What is finished and neither heard yet nor archived, newest first."""
        return self._episodes(to_hear=True)

    def coming(self) -> tuple[Article, ...]:
        """What is neither finished, heard nor archived, and on its way: newest first."""
        asking = reversed(self._library.asking())
        return tuple(a for a in asking if not (a.seconds or a.heard_at or a.archived_at))

    def _episodes(self, *, to_hear: bool) -> tuple[Episode, ...]:
        rows = self._library.finished(to_hear=to_hear)
        chosen, site = self._library.readings.all_chosen(), self._ground.site_style()
        plain = Reading(style=site)
        return tuple(
            _episode(article, audio, document, reading_of(chosen[article.id], site) if article.id in chosen else plain)
            for article, audio, document in rows
        )

    def sound(self, slug: str) -> tuple[Article, ArticleAudio | None]:
        """An article and its sound, if it has one. Raises ArticleNotFoundError, also for one that was deleted."""
        article = self._library.article(slug)
        if article.removed_at:
            raise gone(article)
        return article, self._library.audio(article.id)

    def mark_heard(self, slug: str, heard: bool = True, *, seconds_ago: float = 0.0) -> Article:
        """Somebody said so many seconds ago that it was heard, or is to be heard again. The newest word holds."""
        article = self._library.article(slug)
        return self._library.mark_heard(article.id, self._ground.ago(seconds_ago), is_heard=heard)

    def retry(self, slug: str) -> Article:
        """Try an article that had a problem once more."""
        article = self._library.article(slug)
        if article.state is ArticleState.PROBLEM:
            self._library.set_state(article.id, ArticleState.WAITING)
        return self._library.article(slug)

    def media(self, name: str) -> Path:
        """The file behind a finished .mp3, .m4b or .jpg name. Raises MediaNotFoundError."""
        if not _MEDIA_NAME.fullmatch(name):
            raise MediaNotFoundError(name=name)
        return self._cache.path(f"{AUDIO}/{name}")

    def cover(self) -> str:
        """The name of the feed's own picture, which carries the feed's title. It is made when it is not there."""
        name, data = _cover(self._config.feed.title)
        try:
            self.media(name)
        except MediaNotFoundError:
            self._cache.write(f"{AUDIO}/{name}", data)
        return name

    def feed_guid(self, feed_url: str) -> str:
        """The feed's podcast:guid: made from its first address, and kept when the address changes."""
        return self._library.setting("podcast_guid", lambda: _podcast_guid(feed_url))


@lru_cache(maxsize=1)
def _cover(title: str) -> tuple[str, bytes]:
    data = artwork(title)
    return hashed(f"{slug(title)}-cover.jpg", hashlib.sha256(data).hexdigest()), data


def _podcast_guid(feed_url: str) -> str:
    """UUIDv5 of the address without scheme and trailing slashes, as the podcast namespace says."""
    import uuid

    name = re.sub(r"^[a-z]+://", "", feed_url).rstrip("/")
    return str(uuid.uuid5(uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), name))


def _episode(article: Article, audio: ArticleAudio, document: Document, reading: Reading) -> Episode:
    found = read_as(document, reading)
    return Episode(
        article=article,
        audio=audio,
        left_out=tuple(b for b in found.blocks if b.treatment is not Treatment.SAID),
        page_text=_text(found),
        silenced=sum(edit.spoken is None for edit in reading.edits),
    )


def _text(document: Document) -> str:
    """The article as plain paragraphs."""
    said = [b for b in document.kept if b.treatment is Treatment.SAID and b.kind is not BlockKind.TABLE]
    return "\n\n".join(block.text for block in said)
