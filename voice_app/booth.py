"""The booth process: speaks for the site and the worker of a library, so that there is one line and one set of voices.

It can be killed at any moment: what it was asked is asked again of its successor, and what it spoke is in the cache.
It ends itself when threads hang or memory runs over, and is started again.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from voice_app.supervisor import watch_supervisor

if TYPE_CHECKING:
    from voice_app.config import Config
    from voice_app.recording.take import Recorder

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
MAX_HANGING = 3  # threads that never come back; each holds an engine and its memory
AGAIN = 3  # the exit code of a booth that wants to be started again


class Booth:
    """Runs until SIGTERM, SIGINT, the end of the supervisor, or a reason of its own to be started again."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._over = threading.Event()
        self._code = 0

    def run(self, make: Callable[[Callable[[int], None]], Recorder]) -> None:
        """`make` gives the recorder; it is given what is to be called when threads hang. Does not return."""
        from voice_app.recording.place import held
        from voice_app.recording.server import Server

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._end(0))
        threading.Thread(target=watch_supervisor, args=(lambda: self._end(0),), daemon=True).start()
        content = self._config.paths.content
        with held(content, is_over=self._over.is_set) as is_ours:
            if is_ours:
                recorder = make(self._hanging)
                server = Server(recorder, content)
                server.start()
                threading.Thread(target=recorder.warm, args=(self._config.narration.voice,), daemon=True).start()
                while not self._over.wait(LOOK_SECONDS):
                    self._weigh()
        logging.shutdown()
        os._exit(self._code)  # threads that speak would keep the interpreter waiting

    def _end(self, code: int) -> None:
        self._code = code
        self._over.set()

    def _hanging(self, threads: int) -> None:
        if threads >= MAX_HANGING:
            log.error("too many voices hang threads=%d", threads)
            self._end(AGAIN)

    def _weigh(self) -> None:
        used = resident_bytes()
        if used > self._config.booth.max_memory_mb * 1_000_000:
            log.error("too much memory used_mb=%d", used // 1_000_000)
            self._end(AGAIN)


def resident_bytes() -> int:
    """What this process holds in memory; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
