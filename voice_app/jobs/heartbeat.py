"""Which workers are alive. Each has a row and renews it; the queue's own file holds them."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
import time
import uuid
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from voice_app.errors import JobError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BEAT_SECONDS = 2.0
STALE_SECONDS = 15.0
"""A row that was not renewed for so long belongs to a worker that is frozen, or dead on another machine.

A worker that died on this machine is known at once: its process is gone.
"""


class Heartbeat:
    """This worker's row, and what the others' rows say."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._host = socket.gethostname()
        self._pid = os.getpid()
        self.worker_id = f"{self._host}-{self._pid}-{uuid.uuid4().hex[:8]}"

    def beat(self) -> None:
        """Renew our row; a frozen worker that wakes up is back with this."""
        row = (self.worker_id, self._host, self._pid, self._clock())
        with self._opened() as db:
            db.execute("INSERT OR REPLACE INTO voice_app_workers VALUES (?, ?, ?, ?)", row)

    def leave(self) -> None:
        """Take our row away: what we had is free for others at once."""
        with self._opened() as db:
            db.execute("DELETE FROM voice_app_workers WHERE worker_id = ?", (self.worker_id,))

    def alive(self) -> frozenset[str]:
        """The ids of the workers that live, ours among them. The rows of the others are cleared away."""
        with self._opened() as db:
            rows = db.execute("SELECT worker_id, host, pid, beat_at FROM voice_app_workers").fetchall()
            living = frozenset(worker for worker, host, pid, beat_at in rows if self._lives(worker, host, pid, beat_at))
            gone = [(worker,) for worker, *_ in rows if worker not in living]
            if gone:
                db.executemany("DELETE FROM voice_app_workers WHERE worker_id = ?", gone)
        return living | {self.worker_id}

    def _lives(self, worker: str, host: str, pid: int, beat_at: float) -> bool:
        if worker == self.worker_id:
            return True
        if self._clock() - beat_at > STALE_SECONDS:
            return False
        # The same pid with another id is a predecessor of ours: a container often gives its process the same one.
        return host != self._host or (pid != self._pid and _process_lives(pid))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=5)) as db, db:
                with suppress(sqlite3.OperationalError):  # another worker may be at it just now
                    db.execute("PRAGMA journal_mode = WAL")
                db.execute(
                    "CREATE TABLE IF NOT EXISTS voice_app_workers"
                    " (worker_id TEXT PRIMARY KEY, host TEXT, pid INTEGER, beat_at REAL)"
                )
                yield db
        except (sqlite3.Error, OSError) as problem:
            todo = f"Stop Voice App, delete {self._path} and start it again: nothing but the order of work is lost."
            raise JobError("The queue's file could not be read or written.", todo=todo, path=self._path) from problem


def _process_lives(pid: int) -> bool:
    if sys.platform == "win32":  # signal 0 would end the process there; its row gets stale instead
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
