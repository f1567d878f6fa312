"""Who is at work with the cache just now, in any process, and since when. A process that is killed is at work no more:
the locks are the system's."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from voice_app.errors import StorageError

BEGINNING_SECONDS = 60.0
"""A file of this age may be one whose process is just about to lock it."""


class Uses:
    """Files in `folder`, each locked by the process at work. Windows has no locks of this kind, so nobody is seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Be at work. Raises StorageError when that cannot be noted."""
        path = self._folder / f"{os.urandom(16).hex()}.hold"
        with _opened(path) as file:
            _lock(file)
            try:
                yield
            finally:
                path.unlink(missing_ok=True)

    def oldest(self) -> float | None:
        """Since when somebody is at work without a break, in seconds since 1970; None when nobody is."""
        begun = []
        for path in self._folder.glob("*.hold"):
            try:
                begun_at = path.stat().st_mtime
                with path.open("rb") as file:
                    is_free = _lock(file)
            except FileNotFoundError:
                continue
            if not is_free or time.time() - begun_at < BEGINNING_SECONDS:
                begun.append(begun_at)
            else:
                path.unlink(missing_ok=True)
        return min(begun, default=None)

    @contextmanager
    def turn(self, name: str, seconds: float) -> Iterator[bool]:
        """Whether it is this process's turn: nobody else has it, and the last one ended well `seconds` ago or more."""
        path = self._folder / f"{name}.turn"
        is_first = not path.exists()
        with _opened(path) as file:
            is_mine = _lock(file) and (is_first or time.time() - path.stat().st_mtime >= seconds)
            yield is_mine
            if is_mine:
                os.utime(path)


def _opened(path: Path) -> BinaryIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab")
    except OSError as problem:
        raise StorageError(f"{path} could not be written: {problem.strerror}.") from problem


def _lock(file: BinaryIO) -> bool:
    """Lock the file until it is closed. False when another has locked it."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
