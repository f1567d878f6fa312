"""A maildir: who writes or moves what, and when, so that a process may end at any moment.

Letters are told apart by their files' names alone, and never rewritten: marking one is one rename. The standard
library's `mailbox` parses every letter to find the unseen ones, and writes a letter anew to mark it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_INFO = ":2,"


class Letterbox:
    """The maildir at a folder; it is made where it, or a part of it, is missing. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for part in ("tmp", "new", "cur"):
            (folder / part).mkdir(parents=True, exist_ok=True)

    def unseen(self) -> list[Path]:
        """The letters without the mark for seen ones, oldest delivery first as far as their names tell."""
        letters = (path for path in self._all() if not path.name.startswith(".") and "S" not in _flags(path))
        return sorted((path for path in letters if path.is_file()), key=lambda path: path.name)

    def mark_seen(self, letter: Path) -> None:
        """Put it among the seen ones. One that somebody else moved meanwhile is left alone."""
        base, flags = letter.name.partition(_INFO)[0], "".join(sorted({*_flags(letter), "S"}))
        with suppress(FileNotFoundError):
            letter.rename(self._folder / "cur" / f"{base}{_INFO}{flags}")

    def put(self, name: str, body: bytes) -> None:
        """Lay a letter in under a name of its own. One with that name that is there already, seen or not, stays."""
        if any(path.name.partition(_INFO)[0] == name for path in self._all()):
            return
        unfinished = self._folder / "tmp" / name
        with unfinished.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self._folder / "new" / name)

    def _all(self) -> list[Path]:
        return [path for part in ("new", "cur") for path in (self._folder / part).iterdir()]


def _flags(letter: Path) -> str:
    return letter.name.partition(_INFO)[2]
