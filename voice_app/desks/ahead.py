"""Looking ahead: what a listener will need next is made while nobody waits for anything."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from voice_app.errors import VoiceAppError

log = logging.getLogger(__name__)

WISHES = 64
CLOSING_SECONDS = 5.0  # a voice that hangs must not keep the site from stopping


class Ahead:
    """One thread that does small pieces of work in order, each only when nobody is being served."""

    def __init__(self) -> None:
        self._wishes: queue.Queue[Callable[[], object] | None] = queue.Queue(maxsize=WISHES)
        self._calm = threading.Condition()
        self._served = 0
        self._thread: threading.Thread | None = None

    @contextmanager
    def serving(self) -> Iterator[None]:
        """While somebody waits, nothing is done ahead."""
        with self._calm:
            self._served += 1
        try:
            yield
        finally:
            with self._calm:
                self._served -= 1
                self._calm.notify_all()

    def wish(self, work: Callable[[], object]) -> None:
        """Do this when there is time; forget it when there is too much to do already."""
        with suppress(queue.Full):
            self._wishes.put_nowait(work)
        with self._calm:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Forget what is not begun yet, and wait a little for what is."""
        with suppress(queue.Empty):
            while True:
                self._wishes.get_nowait()
        if self._thread:
            self._wishes.put(None)
            self._thread.join(CLOSING_SECONDS)

    def _run(self) -> None:
        while work := self._wishes.get():
            with self._calm:
                self._calm.wait_for(lambda: not self._served)
            try:
                work()
            except VoiceAppError as problem:  # who asks for it in earnest is told
                log.info("not made ahead why=%s", type(problem).__name__)
