"""How often an article failed, and when it may be tried again."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSES_SECONDS = (2.0, 10.0, 30.0)
"""Waits between tries of what may succeed later: four tries in 42 seconds, then a person is told."""


class Attempts:
    """Counts in memory only: a new worker gives everything a fresh chance. Safe to use from many threads."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[int, tuple[int, float]] = {}

    def failed(self, article_id: int) -> bool:
        """Note a failure and let the article rest. False when it was the last try."""
        with self._lock:
            count = self._failures.get(article_id, (0, 0.0))[0] + 1
            pause_seconds = PAUSES_SECONDS[min(count, len(PAUSES_SECONDS)) - 1]
            self._failures[article_id] = (count, self._clock() + pause_seconds)
        return count <= len(PAUSES_SECONDS)

    def forget(self, article_id: int) -> None:
        """It went well, or a person was told: start counting anew."""
        with self._lock:
            self._failures.pop(article_id, None)

    def resting(self) -> frozenset[int]:
        """The articles whose next try is not due yet."""
        now = self._clock()
        with self._lock:
            return frozenset(article_id for article_id, (_, due) in self._failures.items() if due > now)
