"""Rounds: what the worker looks after again and again, each on a thread of its own, so that none waits for another."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voice_app.errors import VoiceAppError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """`run` is called every `seconds`. What must outlast a restart it keeps in the library."""

    name: str
    seconds: float
    run: Callable[[], None]


def alone(chore: Chore, folder: Path) -> Chore:
    """The chore, left out while another worker of this folder is at it: two would poll a feed and answer a letter
    twice. The lock is the system's, so it ends with the process that holds it."""
    if sys.platform == "win32":  # which has none of this kind: run one worker there
        return chore
    import fcntl

    def run() -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f".{chore.name}.lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            chore.run()

    return replace(chore, run=run)


class Rounds:
    """Runs chores until it is stopped. A chore that fails is logged and run again at its next time."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = chores
        self._stopping = threading.Event()

    def start(self) -> None:
        for chore in self._chores:
            threading.Thread(target=self._repeat, args=(chore,), name=f"chore-{chore.name}", daemon=True).start()

    def stop(self) -> None:
        """No chore begins after this; one that runs is not waited for."""
        self._stopping.set()

    def _repeat(self, chore: Chore) -> None:
        while not self._stopping.is_set():
            try:
                chore.run()
            except (VoiceAppError, OSError) as problem:
                log.warning("chore failed name=%s error=%s", chore.name, type(problem).__name__)
            except Exception as problem:  # noqa: BLE001 - the outermost loop of the chores
                frames = "".join(traceback.format_tb(problem.__traceback__))
                log.error("chore crashed name=%s error=%s\n%s", chore.name, type(problem).__name__, frames)
            self._stopping.wait(chore.seconds)
