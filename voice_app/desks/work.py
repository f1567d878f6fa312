"""The worker's desk: what is asked for, and doing it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from voice_app.binding import Outlet
from voice_app.blobs import Blobs
from voice_app.desks.changes import Changes
from voice_app.desks.ground import Ground
from voice_app.errors import InputError, LibraryError, MediaNotFoundError
from voice_app.model import Article, ArticleAudio, ArticleState, Progress
from voice_app.narrator import Made, Narrator
from voice_app.recording.take import Urgency
from voice_app.script.render import rendered
from voice_app.script.style import read_as

AUDIO = "audio"
PROGRESS_SECONDS = 0.25
LOOKED_AT = 1_000
NOTHING_TODO = "Choose on its page how it is read."


class Work:
    """Reads and narrates articles of the library. Used from many threads."""

    def __init__(self, ground: Ground, *, changes: Changes, narrator: Callable[[], Narrator], cache: Blobs) -> None:
        self._ground = ground
        self._changes = changes
        self._make_narrator = narrator
        self._cache = cache
        self._looked_at = 0
        self._lost: set[int] = set()

    @cached_property
    def _narrator(self) -> Narrator:
        return self._make_narrator()

    def asked(self) -> tuple[Article, ...]:
        """Articles whose state asks for work, oldest first."""
        return self._ground.library.asking()

    def lost(self) -> tuple[Article, ...]:
        """Finished articles whose files have vanished, oldest first.

        Each call looks at the next LOOKED_AT of them, and again at those that were lost before: in a large library
        looking at all files at once would keep the disk busy for seconds.
        """
        library = self._ground.library
        looked_at = library.finished_files(after=self._looked_at, limit=LOOKED_AT)
        self._looked_at = looked_at[-1][0] if len(looked_at) == LOOKED_AT else 0
        self._lost = {article_id for article_id in self._lost if self._is_still_lost(article_id)}
        self._lost |= {article_id for article_id, names in looked_at if not self._are_there(names)}
        return tuple(library.by_id(article_id) for article_id in sorted(self._lost))

    def give_up(self, article_id: int, problem: str) -> None:
        """Mark the article as one that cannot be read or narrated, with the sentence that says why."""
        self._ground.library.set_state(article_id, ArticleState.PROBLEM, problem=problem)

    def _is_still_lost(self, article_id: int) -> bool:
        found = self._ground.library.finished_files(after=article_id - 1, limit=1)
        return any(at == article_id and not self._are_there(names) for at, names in found)

    def _are_there(self, names: Iterable[str]) -> bool:
        with suppress(MediaNotFoundError):
            for name in names:
                self._cache.path(f"{AUDIO}/{name}")
            return True
        return False

    def read(self, article_id: int) -> None:
        """Fetch and extract. An InputError is left to the caller, which knows whether to try again; an address that
        was read before keeps its old text instead."""
        ground = self._ground
        ground.library.set_state(article_id, ArticleState.READING)
        kept = ground.library.original(article_id)
        if not kept.original:
            self._changes.fetch(article_id, kept.origin)
            return
        body = ground.content.read(kept.original)
        if body is None:
            raise LibraryError("The article's original is missing from the content folder.")
        source = ground.given(kept.origin, body, kept.media_type)
        self._changes.save(article_id, ground.reader.document(source))

    def narrate(self, article_id: int) -> None:
        """Speak what is missing, write the files under names with their hash, and mark the article done."""
        library, narration = self._ground.library, self._ground.config.narration
        article = library.by_id(article_id)
        library.set_state(article_id, ArticleState.NARRATING)  # first: what is changed from now on asks again
        made = self.recorded(
            article, voice=narration.voice, voices=narration.voices, on_progress=self._reporter(article_id)
        )
        library.save_audio(article_id, made.audio)

    def recorded(
        self,
        article: Article,
        *,
        voice: str,
        voices: Mapping[str, str] | None,
        urgency: Urgency = Urgency.FRESH,
        audiobook: bool = False,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Made:
        """The article's sound as it is read now, in files, and the row as it was. See `Narrator.narrate`."""
        ground = self._ground
        document, reading = ground.library.document(article.id), ground.reading(article.id)
        if document is None:
            raise LibraryError("The article was not read yet, so it cannot be narrated.")
        document = read_as(document, reading)
        if not document.kept:
            raise InputError("As it is to be read, nothing of the article is left.", todo=NOTHING_TODO)
        return self._narrator.narrate(
            document,
            rendered(document, ground.manners(reading)),
            voice=voice,
            voices=voices,
            urgency=urgency,
            stem=article.slug,
            outlet=Outlet(store=_Below(self._cache, AUDIO), published=True, keep_cover=True),
            audiobook=audiobook,
            on_progress=on_progress,
        )

    def exchange(self, article_id: int, *, before: ArticleAudio, after: ArticleAudio) -> None:
        """Give a finished article this sound, if the one it was recorded for is still its own."""
        library = self._ground.library
        present = library.audio(article_id)
        if library.by_id(article_id).state is ArticleState.DONE and present and present.file == before.file:
            library.save_audio(article_id, after)

    def _reporter(self, article_id: int) -> Callable[[Progress], None]:
        """Writes progress to the library, a few times a second at most."""
        last = [0.0]

        def report(progress: Progress) -> None:
            now = time.monotonic()
            if now - last[0] >= PROGRESS_SECONDS or progress.spoken == progress.total:
                last[0] = now
                self._ground.library.save_progress(article_id, progress.spoken, progress.total)

        return report


class _Below:
    """A blob store's folder, as a place for files."""

    def __init__(self, store: Blobs, folder: str) -> None:
        self._store = store
        self._folder = folder

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        self._store.write(f"{self._folder}/{name}", data)

    def path(self, name: str) -> Path:
        return self._store.path(f"{self._folder}/{name}")
