"""The one object behind every door: each use case is a method. It knows no Flask and no SQL."""

from __future__ import annotations

import hashlib
import logging
import re
import time
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from voice_app.audio.artwork import artwork
from voice_app.binding import Outlet
from voice_app.blobs import Blobs, FolderBlobs
from voice_app.config import Config
from voice_app.errors import EmptyInputError, InputError, LibraryError, MediaNotFoundError
from voice_app.library.store import Library
from voice_app.model import (
    Article,
    ArticlePage,
    ArticleState,
    BlockKind,
    Document,
    Episode,
    Narration,
    Progress,
    Script,
    Source,
    Treatment,
)
from voice_app.narrator import Narrator
from voice_app.script.render import render, rendered
from voice_app.script.say import say

log = logging.getLogger(__name__)

ARTICLES = "articles"
ORIGINALS = "originals"
AUDIO = "audio"
SUFFIXES = {".md": "text/markdown", ".markdown": "text/markdown", ".txt": "text/plain"} | dict.fromkeys(
    (".html", ".htm", ".xhtml"), "text/html"
)
PROGRESS_SECONDS = 0.25
_MEDIA_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,150}\.(mp3|jpg)")


class Reader(Protocol):
    """Gets bytes and finds the article in them. Raises InputError."""

    def source(self, text: str) -> Source: ...
    def document(self, source: Source) -> Document: ...
    def check(self, address: str) -> None:
        """Refuse an address that cannot or must not be opened, without opening it."""


class Studio:
    """Everything Voice App can do. `content` is backed up; `cache` may vanish at any moment."""

    def __init__(
        self,
        config: Config,
        *,
        reader: Reader,
        narrator: Callable[[], Narrator],
        library: Callable[[], Library],
        content: Blobs,
        cache: Blobs,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._config = config
        self._reader = reader
        self._make_narrator = lru_cache(maxsize=1)(narrator)
        self._open_library = lru_cache(maxsize=1)(library)
        self._content = content
        self._cache = cache
        self._clock = clock
        self._scripts = lru_cache(maxsize=64)(render)
        self._seen: dict[Path, tuple[float, int]] = {}

    @property
    def _library(self) -> Library:
        return self._open_library()

    @property
    def _narrator(self) -> Narrator:
        return self._make_narrator()

    # -- without the library ----------------------------------------------------------------

    def read(self, source: str | Source) -> Document:
        """The article behind an address, in a file, or in bytes. Raises InputError."""
        return self._reader.document(self.source(source) if isinstance(source, str) else source)

    def source(self, text: str) -> Source:
        """The bytes behind an address or a file's path. Raises InputError."""
        return self._reader.source(text)

    def pasted(self, body: bytes) -> Source:
        """What a person pasted or piped in."""
        return self._source("pasted text", body, None)

    def script(self, document: Document, *, disclose: bool = False) -> Script:
        """What will be said, with the chapters and sentences."""
        return self._scripts(document, disclose=disclose)

    def say(self, text: str, language: str = "en") -> str:
        """The spoken form of one text."""
        return say(text, language)

    def narrate(
        self,
        document: Document,
        folder: Path,
        *,
        voice: str | None = None,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Narration:
        """Narrate a document into files in `folder`: one per chapter and one for the whole."""
        started = time.perf_counter()
        made = self._narrator.narrate(
            document,
            rendered(document),
            voice=voice or self._config.narration.voice,
            stem=slug(document.title),
            outlet=Outlet(store=FolderBlobs(folder), name=lambda stem, data: stem),
            on_progress=on_progress,
        )
        return Narration(
            script=made.script,
            audio=made.audio,
            clips_spoken=made.clips_spoken,
            clips_cached=made.clips_cached,
            first_audio_seconds=made.first_audio_at - started,
            wall_seconds=time.perf_counter() - started,
            receipt=made.receipt,
            folder=folder,
        )

    # -- adding -----------------------------------------------------------------------------

    def add_address(self, address: str) -> Article:
        """Put an address on the list. It is checked here and fetched by the worker."""
        address = address.strip()
        if not address:
            raise EmptyInputError
        self._reader.check(address)
        known = self._library.by_origin(address)
        if known and known.state is not ArticleState.PROBLEM:
            return known
        if known:
            return self.retry(known.slug)
        name = re.sub(r"^https?://(www\.)?", "", address)
        return self._library.add(title=name, origin=address, media_type="", original="", digest="", source_url=address)

    def add_text(self, text: str) -> Article:
        """Put pasted text on the list. Raises InputError when there is no article in it."""
        return self._add(self.pasted(text.encode("utf-8", errors="replace")))

    def add_file(self, name: str, body: bytes, media_type: str | None = None) -> Article:
        """Put a file's content on the list. Raises InputError when there is no article in it."""
        return self._add(self._source(Path(name).name or "file", body, media_type))

    def _add(self, source: Source) -> Article:
        document = self._reader.document(source)
        self.script(document)
        original, digest = self._keep(source)
        article = self._library.add(
            title=document.title,
            origin=source.origin,
            media_type=source.media_type,
            original=original,
            digest=digest,
        )
        self._library.set_state(article.id, ArticleState.READING)
        self._library.save_document(article.id, document)
        return self._library.by_id(article.id)

    def _keep(self, source: Source) -> tuple[str, str]:
        digest = hashlib.sha256(source.body).hexdigest()
        name = f"{ORIGINALS}/{digest}"
        if self._content.read(name) is None:
            self._content.write(name, source.body)
        return name, digest

    def _source(self, origin: str, body: bytes, media_type: str | None) -> Source:
        known = SUFFIXES.get(Path(origin).suffix.lower(), "")
        return Source(origin=origin, media_type=media_type or known, body=body, fetched_at=self._clock())

    def import_folder(self) -> None:
        """Bring new and changed files of content/articles/ into the library."""
        folder = self._config.paths.content / ARTICLES
        for path in sorted(folder.glob("*")) if folder.is_dir() else []:
            if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
                continue
            about = path.stat()
            if self._seen.get(path) == (about.st_mtime, about.st_size):
                continue
            self._import(path)
            self._seen[path] = (about.st_mtime, about.st_size)

    def _import(self, path: Path) -> None:
        origin = f"content/{ARTICLES}/{path.name}"
        source = self._source(origin, path.read_bytes(), None)
        digest = hashlib.sha256(source.body).hexdigest()
        known = self._library.by_origin(origin)
        if known and self._library.original(known.id).digest == digest:
            return
        name, digest = self._keep(source)
        if known:
            self._library.replace(known.id, original=name, media_type=source.media_type, digest=digest)
            return
        self._library.add(
            title=path.stem.replace("-", " "), origin=origin, media_type=source.media_type, original=name, digest=digest
        )

    # -- looking ----------------------------------------------------------------------------

    def articles(self) -> tuple[Article, ...]:
        """The whole library, newest first."""
        return self._library.articles()

    def page(self, slug: str) -> ArticlePage:
        """All that an article's page shows. Raises ArticleNotFoundError."""
        article = self._library.article(slug)
        document = self._library.document(article.id)
        script = self.script(document, disclose=self._config.narration.disclose) if document else None
        return ArticlePage(article=article, document=document, script=script, audio=self._library.audio(article.id))

    def episodes(self) -> tuple[Episode, ...]:
        """What is finished, newest first."""
        return tuple(
            Episode(article=article, audio=audio, receipt=document.receipt, page_text=_text(document))
            for article, audio, document in self._library.finished()
        )

    def unheard(self) -> tuple[Episode, ...]:
        """What is finished and was not heard yet, newest first."""
        return tuple(episode for episode in self.episodes() if episode.article.heard_at is None)

    def mark_heard(self, slug: str, heard: bool = True) -> Article:
        article = self._library.article(slug)
        return self._library.mark_heard(article.id, self._clock() if heard else None)

    def retry(self, slug: str) -> Article:
        """Try an article that had a problem once more."""
        article = self._library.article(slug)
        if article.state is ArticleState.PROBLEM:
            self._library.set_state(article.id, ArticleState.WAITING)
        return self._library.article(slug)

    def remove(self, slug: str) -> None:
        """Forget an article that could not be read. Raises InputError for one that has, or can have, sound."""
        article = self._library.article(slug)
        if not article.is_removable:
            raise InputError(
                "Only an article that could not be read can be removed.",
                todo="If it comes from the folder content/articles, mend or delete its file.",
            )
        self._library.remove(article.id)

    def media(self, name: str) -> Path:
        """The file behind a finished .mp3 or .jpg name. Raises MediaNotFoundError."""
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

    # -- the worker's side ------------------------------------------------------------------

    def work(self) -> tuple[Article, ...]:
        """Articles whose state asks for work, oldest first."""
        return self._library.asking()

    def lost(self) -> tuple[Article, ...]:
        """Finished articles whose files have vanished, oldest first."""
        return tuple(article for article in reversed(self._library.articles()) if self._lost(article))

    def give_up(self, article_id: int, problem: str) -> None:
        """Mark the article as one that cannot be read or narrated, with the sentence that says why."""
        self._library.set_state(article_id, ArticleState.PROBLEM, problem=problem)

    def _lost(self, article: Article) -> bool:
        if article.state is not ArticleState.DONE:
            return False
        audio = self._library.audio(article.id)
        try:
            for name in (audio.file, audio.artwork, *(c.file for c in audio.chapters)) if audio else ("",):
                self.media(name)
        except MediaNotFoundError:
            return True
        return False

    def read_article(self, article_id: int) -> None:
        """Fetch and extract. An InputError is left to the caller, which knows whether to try again."""
        self._library.set_state(article_id, ArticleState.READING)
        kept = self._library.original(article_id)
        if kept.original:
            body = self._content.read(kept.original)
            if body is None:
                raise LibraryError("The article's original is missing from the content folder.")
            source = self._source(kept.origin, body, kept.media_type)
        else:
            source = self._reader.source(kept.origin)
            self._keep(source)
        self._library.save_document(article_id, self._reader.document(source))

    def narrate_article(self, article_id: int) -> None:
        """Speak what is missing, write the files under names with their hash, and mark the article done."""
        article = self._library.by_id(article_id)
        document = self._library.document(article_id)
        if document is None:
            raise LibraryError("The article was not read yet, so it cannot be narrated.")
        self._library.set_state(article_id, ArticleState.NARRATING)
        made = self._narrator.narrate(
            document,
            rendered(document, disclose=self._config.narration.disclose),
            voice=self._config.narration.voice,
            stem=article.slug,
            outlet=Outlet(store=_Below(self._cache, AUDIO), name=_hashed, keep_cover=True),
            on_progress=self._reporter(article_id),
        )
        self._library.save_audio(article_id, made.audio)

    def _reporter(self, article_id: int) -> Callable[[Progress], None]:
        """Writes progress to the library, a few times a second at most."""
        last = [0.0]

        def report(progress: Progress) -> None:
            now = time.monotonic()
            if now - last[0] >= PROGRESS_SECONDS or progress.spoken == progress.total:
                last[0] = now
                self._library.save_progress(article_id, progress.spoken, progress.total)

        return report


class _Below:
    """A blob store's folder as a blob store."""

    def __init__(self, store: Blobs, folder: str) -> None:
        self._store = store
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        return self._store.read(f"{self._folder}/{name}")

    def write(self, name: str, data: bytes) -> None:
        self._store.write(f"{self._folder}/{name}", data)

    def path(self, name: str) -> Path:
        return self._store.path(f"{self._folder}/{name}")


def slug(title: str) -> str:
    """A title as part of an address and of a file's name: a-z, 0-9 and single hyphens, at most 60 characters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:60].strip("-") or "article"


def _hashed(stem: str, data: bytes) -> str:
    name, _, suffix = stem.rpartition(".")
    return f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"


@lru_cache(maxsize=1)
def _cover(title: str) -> tuple[str, bytes]:
    data = artwork(title)
    return _hashed(f"{slug(title)}-cover.jpg", data), data


def _podcast_guid(feed_url: str) -> str:
    """UUIDv5 of the address without scheme and trailing slashes, as the podcast namespace says."""
    import uuid

    name = re.sub(r"^[a-z]+://", "", feed_url).rstrip("/")
    return str(uuid.uuid5(uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), name))


def _text(document: Document) -> str:
    """The article as plain paragraphs."""
    said = [b for b in document.kept if b.treatment is Treatment.SAID and b.kind is not BlockKind.TABLE]
    return "\n\n".join(block.text for block in said)
