"""The watched folder: each file of content/articles/ is an article, for as long as the file is there."""

from __future__ import annotations

import hashlib
import logging
import time
from dataclasses import dataclass
from pathlib import Path

from voice_app.desks.ground import Ground
from voice_app.library.store import FOLDER_ORIGIN, File

log = logging.getLogger(__name__)

ARTICLES = "articles"
SETTLED_SECONDS = 1.5
"""A file that changed less than this ago may be half-written: it is left for the next look."""

GONE_LOOKS = 2
"""A file must be missing this often in a row: some editors remove a file for a moment when they save it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file that can be read: when it last changed (seconds since the epoch) and its size."""

    path: Path
    changed_at: float
    bytes: int

    @property
    def origin(self) -> str:
        return FOLDER_ORIGIN + self.path.name

    @property
    def is_settled(self) -> bool:
        """Whether it is whole, as far as that can be seen. A time in the future says nothing."""
        age_seconds = time.time() - self.changed_at
        return self.bytes > 0 and (age_seconds >= SETTLED_SECONDS or age_seconds < 0)


class Folder:
    """Keeps the library as the folder is: a new file is added, a changed one read again, a renamed one stays the same
    article, and one that is gone is archived, to come back with its file."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._done: dict[str, Seen] = {}
        self._looks_missing: dict[int, int] = {}

    def sync(self) -> None:
        """One look. A folder that is not there at all is no reason to archive everything."""
        folder = self._ground.config.paths.content / ARTICLES
        if not folder.is_dir():
            return
        seen = {one.origin: one for one in self._look(folder)}
        known = self._ground.library.files.all()
        gone = [file for file in known if file.origin not in seen]
        for one in seen.values():
            if self._done.get(one.origin) != one and one.is_settled and self._take(one, known, gone):
                self._done[one.origin] = one
        self._done = {origin: one for origin, one in self._done.items() if origin in seen}
        self._archive(gone)

    def _look(self, folder: Path) -> list[Seen]:
        suffixes = self._ground.reader.suffixes()
        found = []
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() not in suffixes or path.name.startswith((".", "~")) or not path.is_file():
                continue
            about = path.stat()
            found.append(Seen(path=path, changed_at=about.st_mtime, bytes=about.st_size))
        return found

    def _take(self, one: Seen, known: tuple[File, ...], gone: list[File]) -> bool:
        """Make the library agree with one file. False when it changed meanwhile: the next look takes it."""
        try:
            body = one.path.read_bytes()
        except FileNotFoundError:
            return False
        if len(body) != one.bytes:
            return False
        digest = hashlib.sha256(body).hexdigest()
        mine = next((file for file in reversed(known) if file.origin == one.origin), None)
        if mine is None and (moved := next((file for file in gone if file.digest == digest), None)):
            self._ground.library.files.move(moved.article_id, one.origin)
            gone.remove(moved)
            if moved.missing:
                self._ground.library.files.find(moved.article_id)
        elif mine is None:
            self._add(one, body)
        else:
            if mine.digest != digest:
                self._replace(mine, one, body)
            if mine.missing or mine.digest != digest:
                self._ground.library.files.find(mine.article_id)
        return True

    def _add(self, one: Seen, body: bytes) -> None:
        source = self._ground.given(one.origin, body)
        original, digest = self._ground.keep(source)
        title = one.path.stem.replace("-", " ").replace("_", " ")
        self._ground.library.add(title=title, origin=one.origin, media_type="", original=original, digest=digest)
        log.info("file added")

    def _replace(self, file: File, one: Seen, body: bytes) -> None:
        original, digest = self._ground.keep(self._ground.given(one.origin, body))
        self._ground.library.replace(file.article_id, original=original, media_type="", digest=digest)
        log.info("file changed article=%d", file.article_id)

    def _archive(self, gone: list[File]) -> None:
        """Archive what was missing often enough."""
        looks = {file.article_id: self._looks_missing.get(file.article_id, 0) + 1 for file in gone if not file.missing}
        for article_id in [key for key, count in looks.items() if count >= GONE_LOOKS]:
            self._ground.library.files.lose(article_id, self._ground.clock())
            log.info("file gone article=%d", article_id)
            del looks[article_id]
        self._looks_missing = looks
