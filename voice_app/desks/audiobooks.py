"""The desk of audiobooks: a finished article as one M4B file, made when somebody asks for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from voice_app.blobs import Blobs
from voice_app.desks.ground import Ground
from voice_app.desks.shelf import gone
from voice_app.desks.work import AUDIO, Work
from voice_app.errors import EngineFailedError, MediaNotFoundError
from voice_app.model import Article, ArticleAudio, Audiobook

LOST = "The voice could not say all sentences of the article as before."


class Audiobooks:
    """An audiobook belongs to the sound that it was made with. Used from many threads."""

    def __init__(self, ground: Ground, work: Work, *, cache: Blobs) -> None:
        self._ground = ground
        self._work = work
        self._cache = cache

    def of(self, article: Article, audio: ArticleAudio | None) -> Audiobook | None:
        """The article's audiobook with this sound, or what became of asking for it."""
        book = self._ground.library.audiobooks.of(article.id)
        if book is None or book.is_asked or book.problem:
            return book
        if audio and book.sound == audio.file:
            with suppress(MediaNotFoundError, FileNotFoundError):  # somebody emptied the cache
                return replace(book, bytes=self._cache.path(f"{AUDIO}/{book.file}").stat().st_size)
        return None

    def ask(self, slug: str) -> Audiobook | None:
        """Have the audiobook made as soon as the article is finished. One that is there is not made again.

        Raises ArticleNotFoundError, also for an article that was deleted.
        """
        library = self._ground.library
        article = library.article(slug)
        if article.removed_at:
            raise gone(article)
        audio = library.audio(article.id)
        book = self.of(article, audio)
        if book is None or book.problem:
            library.audiobooks.ask(article.id)
            book = self.of(article, audio)
        return book

    # -- the worker's side ------------------------------------------------------------------

    def asked(self) -> tuple[Article, ...]:
        """Finished articles that wait for an audiobook, oldest first."""
        return self._ground.library.audiobooks.asked()

    def make(self, article_id: int) -> None:
        """Make it in the article's voice. When that comes out otherwise now, as settings or a voice have changed, the
        article takes over the sound, so that page, transcripts and audiobook keep one time line. Raises
        EngineFailedError when sentences would be lost by that."""
        library = self._ground.library
        self.clear()
        before = library.audio(article_id)
        if before is None:
            return
        made = self._work.recorded(library.by_id(article_id), voice=before.voice, voices=None, audiobook=True)
        if made.audio.file != before.file:
            if made.audio.lost_count > before.lost_count:
                self._drop(made.audiobook)
                raise EngineFailedError(LOST)
            after = replace(made.audio, voice_remark=before.voice_remark)
            self._work.exchange(article_id, before=before, after=after)
        library.audiobooks.made(article_id, sound=made.audio.file, file=made.audiobook)

    def give_up(self, article_id: int, problem: str) -> None:
        """Make it no more, and keep the sentence that says why. The article stays as it is."""
        self._ground.library.audiobooks.failed(article_id, problem)

    def clear(self) -> None:
        """Delete audiobooks of sounds that their articles have no more."""
        self._ground.library.audiobooks.clear(drop=self._drop)

    def _drop(self, name: str) -> None:
        self._cache.delete(f"{AUDIO}/{name}")
