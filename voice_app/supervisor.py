"""The supervisor: keeps a booth and a worker process running beside the site, for as long as the site runs."""

from __future__ import annotations

import contextlib
import logging
import os
import stat
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from types import TracebackType

log = logging.getLogger(__name__)

_SELF = (sys.executable, "-m", "voice_app")
BOOTH = (*_SELF, "booth")
WORKER_ALONE = (*_SELF, "work", "--alone")
# The pipe's first line tells it from any other standard input.
_HANDSHAKE = b"voice-app supervisor\n"


def watch_supervisor(stop: Callable[[], None]) -> None:
    """Stop when the supervisor's pipe closes: that happens even when it is killed."""
    try:
        if stat.S_ISFIFO(os.fstat(0).st_mode) and os.read(0, len(_HANDSHAKE)) == _HANDSHAKE:
            while os.read(0, 1024):
                pass
            log.info("supervisor gone")
            stop()
    except OSError:  # no standard input: nobody supervises
        return


class Supervisor:
    """Keeps one process running: `with Supervisor(BOOTH): ...`. It ends with the block, and with this process.

    One that dies is started again at once, and ever later when it dies again within `STEADY_SECONDS`.
    """

    FIRST_PAUSE_SECONDS = 0.2
    LONGEST_PAUSE_SECONDS = 30.0
    STEADY_SECONDS = 10.0
    GRACE_SECONDS = 5.0

    def __init__(self, command: Collection[str]) -> None:
        self._command = list(command)
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, name="supervisor", daemon=True)

    def __enter__(self) -> Supervisor:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None
    ) -> None:
        with self._lock:  # no child is started after this
            self._stopping.set()
            child = self._child
        if child is not None:
            _end(child, self.GRACE_SECONDS)
        self._thread.join(self.GRACE_SECONDS)

    @property
    def pid(self) -> int | None:
        """The child's process, or None while there is none."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    def _keep_running(self) -> None:
        pause_seconds = self.FIRST_PAUSE_SECONDS
        while (child := self._start()) is not None:
            started = time.monotonic()
            code = child.wait()
            _close(child)
            if self._stopping.is_set():
                return
            steady = time.monotonic() - started >= self.STEADY_SECONDS
            pause_seconds = self.FIRST_PAUSE_SECONDS if steady else min(pause_seconds * 2, self.LONGEST_PAUSE_SECONDS)
            log.warning("child ended command=%s code=%s restart_seconds=%.1f", self._command[3:], code, pause_seconds)
            self._stopping.wait(pause_seconds)

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopping.is_set():
                return None
            # A session of its own: Ctrl+C reaches this process, which then ends the child.
            child = subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
            self._child = child
        assert child.stdin is not None  # noqa: S101 - for the type checker: it was asked for above
        with contextlib.suppress(OSError):  # it died already: `wait` says so
            child.stdin.write(_HANDSHAKE)
            child.stdin.flush()
        return child


def _end(child: subprocess.Popen[bytes], grace_seconds: float) -> None:
    child.terminate()
    try:
        child.wait(grace_seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    _close(child)


def _close(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()
