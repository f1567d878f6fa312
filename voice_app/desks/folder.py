"""The watched folder: each file of content/articles/ is an article."""

from __future__ import annotations

import hashlib
from pathlib import Path

from voice_app.desks.ground import Ground

ARTICLES = "articles"


class Folder:
    """Keeps the library as the folder is."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._seen: dict[Path, tuple[float, int]] = {}

    def sync(self) -> None:
        """Bring new and changed files into the library."""
        folder = self._ground.config.paths.content / ARTICLES
        suffixes = self._ground.reader.suffixes()
        for path in sorted(folder.glob("*")) if folder.is_dir() else []:
            if path.suffix.lower() not in suffixes or path.name.startswith("."):
                continue
            about = path.stat()
            if self._seen.get(path) == (about.st_mtime, about.st_size):
                continue
            self._import(path, suffixes[path.suffix.lower()])
            self._seen[path] = (about.st_mtime, about.st_size)

    def _import(self, path: Path, media_type: str) -> None:
        library = self._ground.library
        origin = f"content/{ARTICLES}/{path.name}"
        source = self._ground.given(origin, path.read_bytes(), media_type)
        digest = hashlib.sha256(source.body).hexdigest()
        known = library.by_origin(origin)
        if known and library.original(known.id).digest == digest:
            return
        name, digest = self._ground.keep(source)
        if known:
            library.replace(known.id, original=name, media_type=source.media_type, digest=digest)
            return
        library.add(
            title=path.stem.replace("-", " "), origin=origin, media_type=source.media_type, original=name, digest=digest
        )
