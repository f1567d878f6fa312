"""What every Queue must do. A subclass gives a `queue` fixture: not started, stopped afterwards."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from voice_app.jobs import Job, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voice_app.jobs import Queue
    from voice_app.jobs.queue import Handler


def job(article_id: int, kind: Kind = Kind.READ, *, urgent: bool = True) -> Job:
    return Job(kind=kind, article_id=article_id, urgent=urgent)


def wait_until(true: Callable[[], bool], *, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


class Slow:
    """Handlers that note what runs, and hold every job until it is released."""

    def __init__(self) -> None:
        self.began: list[tuple[Kind, int]] = []
        self.release = threading.Event()

    @property
    def handlers(self) -> Mapping[Kind, Handler]:
        return {kind: self._handler(kind) for kind in Kind}

    def _handler(self, kind: Kind) -> Handler:
        def run(article_id: int) -> None:
            self.began.append((kind, article_id))
            assert self.release.wait(20)

        return run


class QueueContract:
    def test_jobs_run_once_and_duplicates_are_dropped_only_while_one_is_live(self, queue: Queue) -> None:
        slow = Slow()
        queue.start(slow.handlers)
        assert queue.live() == frozenset()
        queue.enqueue(job(7))
        queue.enqueue(job(7))
        wait_until(lambda: slow.began == [(Kind.READ, 7)])
        queue.enqueue(job(7))
        assert queue.live() == {"read-7"}
        slow.release.set()
        wait_until(lambda: not queue.live())
        queue.enqueue(job(7))
        wait_until(lambda: not queue.live())
        assert slow.began == [(Kind.READ, 7)] * 2

    def test_an_urgent_job_does_not_wait_behind_the_others(self, queue: Queue) -> None:
        slow = Slow()
        queue.start(slow.handlers)
        for article_id in (1, 2, 3):
            queue.enqueue(job(article_id, Kind.NARRATE, urgent=False))
        wait_until(lambda: len(slow.began) == 1)
        queue.enqueue(job(4))
        wait_until(lambda: len(slow.began) == 2)
        assert slow.began == [(Kind.NARRATE, 1), (Kind.READ, 4)]
        assert queue.live() == {"narrate-1", "narrate-2", "narrate-3", "read-4"}
        slow.release.set()
        wait_until(lambda: not queue.live())
        assert slow.began[2:] == [(Kind.NARRATE, 2), (Kind.NARRATE, 3)]

    def test_stopping_does_not_wait_for_a_running_job(self, queue: Queue) -> None:
        slow = Slow()
        queue.start(slow.handlers)
        queue.enqueue(job(1))
        wait_until(lambda: len(slow.began) == 1)
        started = time.monotonic()
        queue.stop()
        took = time.monotonic() - started
        slow.release.set()
        assert took < 3
