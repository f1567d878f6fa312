"""Where the booth of a library is reached: a socket that only its owner can open, and one booth behind it at a time."""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from voice_app.errors import BoothAwayError

log = logging.getLogger(__name__)

MAX_PATH_BYTES = 100  # the system's limit for the name of a socket is 104 to 108
STANDBY_SECONDS = 0.5


def address(content: Path) -> str:
    """The socket's name: in the content folder, or, when that is too long, in a folder of the user's own."""
    if sys.platform == "win32":
        return rf"\\.\pipe\voice-app-{_digest(content)}"
    near = content.absolute() / ".booth.sock"
    if len(os.fsencode(near)) <= MAX_PATH_BYTES:
        return str(near)
    return str(_own_folder() / f"{_digest(content)}.sock")


def _digest(content: Path) -> str:
    return hashlib.sha256(os.fsencode(content.resolve())).hexdigest()[:16]


def _own_folder() -> Path:
    """A folder below the system's temporary one that nobody else can have prepared. Raises BoothAwayError."""
    folder = Path(tempfile.gettempdir()) / f"voice-app-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise BoothAwayError(f"{folder} belongs to somebody else.", todo="Remove it, or use a shorter content path.")
    return folder


@contextmanager
def held(content: Path, *, is_over: Callable[[], bool] = lambda: False) -> Iterator[bool]:
    """Wait until no other booth serves this library, then hold its place. False when `is_over` came first.

    The lock is the system's: it ends with the process that holds it, however that ends.
    """
    if sys.platform == "win32":  # the pipe's name can be taken once only
        yield True
        return
    import fcntl

    content.mkdir(parents=True, exist_ok=True)
    with (content / ".booth.lock").open("wb") as lock:
        is_waiting = False
        while not is_over():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not is_waiting:
                    log.info("another booth serves this library")
                is_waiting = True
                time.sleep(STANDBY_SECONDS)
            else:
                yield True
                return
        yield False
