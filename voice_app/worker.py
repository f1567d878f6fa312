"""The worker: brings every article to where its row wants it.

Measured on a busy two-core machine: 1.0 to 1.4 s from the start of a new worker to the first sentence that the old
one had not spoken, of which importing DBOS takes 0.7 to 1.4 s; 0.2 to 0.4 s from an article's commit by another
process to its job. Only the very first start of a library takes a second more, until DBOS has noticed its queues.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from voice_app.errors import ArticleNotFoundError, LibraryError, VoiceAppError
from voice_app.jobs import sweep
from voice_app.jobs.attempts import Attempts
from voice_app.jobs.queue import Kind, Queue
from voice_app.jobs.rounds import Chore, Rounds, alone
from voice_app.supervisor import Supervisor, watch_supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voice_app.config import Config
    from voice_app.model import Article

__all__ = ["Desk", "Supervisor", "Worker", "run"]

log = logging.getLogger(__name__)

SWEEP_SECONDS = 0.2
LOST_SECONDS = 30.0

UNEXPECTED = "Something unexpected went wrong with this article. Try it again; if that fails too, look at the log."


class Desk(Protocol):
    """What the worker needs of the Studio's desk for it. Used from many threads."""

    def asked(self) -> Sequence[Article]:
        """Articles whose state asks for work, oldest first. Asked five times a second."""

    def lost(self) -> Sequence[Article]:
        """Finished articles whose audio files have vanished. Asked every half minute."""

    def read(self, article_id: int) -> None: ...
    def narrate(self, article_id: int) -> None: ...
    def give_up(self, article_id: int, problem: str) -> None:
        """Set PROBLEM with this sentence."""


class Bindery(Protocol):
    """The same of the desk of audiobooks."""

    def asked(self) -> Sequence[Article]:
        """Finished articles that wait for an audiobook, oldest first. Asked five times a second."""

    def make(self, article_id: int) -> None: ...
    def give_up(self, article_id: int, problem: str) -> None:
        """Make it no more, and keep this sentence. The article stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Care:
    """How failures of one kind of work are counted, and who is told in the end."""

    attempts: Attempts
    give_up: Callable[[int, str], None]


class Worker:
    """Finds what is asked for, has the queue run it, and decides what a failure means."""

    def __init__(
        self,
        desk: Desk,
        queue: Queue,
        *,
        bindery: Bindery,
        chores: Sequence[Chore] = (),
        attempts: Callable[[], Attempts] = Attempts,
    ) -> None:
        self._desk = desk
        self._bindery = bindery
        self._texts = _Care(attempts=attempts(), give_up=desk.give_up)
        self._books = _Care(attempts=attempts(), give_up=bindery.give_up)
        self._rounds = Rounds(chores)
        self._queue = queue
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._lost: Sequence[Article] = ()
        self._lost_due = 0.0

    def run(self) -> None:
        """Work until `stop` is called. Jobs that run then are left to the next worker."""
        self._queue.start({Kind.READ: self.read, Kind.NARRATE: self.narrate, Kind.AUDIOBOOK: self.bind})
        self._rounds.start()
        try:
            while not self._stopping.is_set():
                self.sweep()
                self._wake.wait(SWEEP_SECONDS)
                self._wake.clear()
        finally:
            self._rounds.stop()
            self._queue.stop()

    def stop(self) -> None:
        """May be called from a signal handler or any thread."""
        self._stopping.set()
        self._wake.set()

    def sweep(self) -> None:
        """One look at what is asked for. What fails here is tried again by the next."""
        try:
            self._look_around()
            articles, bound = (*self._desk.asked(), *self._lost), self._bindery.asked()
            if articles or bound:
                live, lost = self._queue.live(), {article.id for article in self._lost}
                jobs = sweep.jobs(articles, live=live, lost=lost, resting=self._texts.attempts.resting())
                jobs += sweep.audiobooks(bound, live=live, resting=self._books.attempts.resting())
                for job in jobs:
                    log.info("job enqueued key=%s urgent=%s", job.key, job.urgent)
                    self._queue.enqueue(job)
        except (VoiceAppError, OSError) as problem:
            log.warning("sweep failed problem=%s", problem)

    def read(self, article_id: int) -> None:
        """The job that fetches and reads an article."""
        self._try(Kind.READ, self._desk.read, article_id, self._texts)

    def narrate(self, article_id: int) -> None:
        """The job that speaks an article, unless it is done already or is to be read again first."""
        self._try(Kind.NARRATE, self._narrate_if_asked, article_id, self._texts)

    def bind(self, article_id: int) -> None:
        """The job that makes an article's audiobook, unless it is done already or must wait for a narration."""
        self._try(Kind.AUDIOBOOK, self._bind_if_asked, article_id, self._books)

    def _bind_if_asked(self, article_id: int) -> None:
        if any(article.id == article_id for article in self._bindery.asked()):
            self._bindery.make(article_id)

    def _narrate_if_asked(self, article_id: int) -> None:
        asked = {article.id: article for article in (*self._lost, *self._desk.asked())}
        if article_id in asked and not sweep.is_unread(asked[article_id]):
            self._desk.narrate(article_id)
            self._lost = [article for article in self._lost if article.id != article_id]

    def _look_around(self) -> None:
        now = time.monotonic()
        if now >= self._lost_due:
            self._lost_due = now + LOST_SECONDS
            self._lost = self._desk.lost()

    def _try(self, kind: Kind, work: Callable[[int], None], article_id: int, care: _Care) -> None:
        started = time.monotonic()
        try:
            work(article_id)
            care.attempts.forget(article_id)
            log.info("job done kind=%s article=%d seconds=%.1f", kind, article_id, time.monotonic() - started)
        except ArticleNotFoundError:
            log.info("job dropped article=%d", article_id)
        except VoiceAppError as problem:
            _failed(article_id, problem, care)
        except Exception as problem:  # noqa: BLE001 - the outermost loop of the jobs
            _log_unexpected(article_id, problem)
            _give_up(article_id, UNEXPECTED, care)
        finally:
            self._wake.set()


def _failed(article_id: int, problem: VoiceAppError, care: _Care) -> None:
    """What may succeed later rests and is tried again: its row still asks for it."""
    log.warning("job failed article=%d error=%s", article_id, type(problem).__name__)
    may_succeed = problem.retry or isinstance(problem, LibraryError)
    if not (may_succeed and care.attempts.failed(article_id)):
        _give_up(article_id, str(problem), care)


def _give_up(article_id: int, problem: str, care: _Care) -> None:
    try:
        care.give_up(article_id, problem)
        care.attempts.forget(article_id)
    except LibraryError as failure:  # the row still asks for work: the article rests and is tried again
        care.attempts.failed(article_id)
        log.warning("problem not saved article=%d problem=%s", article_id, failure)


def _log_unexpected(article_id: int, problem: Exception) -> None:
    """Where it happened, without the error's own words: they could quote the article."""
    frames = "".join(traceback.format_tb(problem.__traceback__))
    log.error("job crashed article=%d error=%s\n%s", article_id, type(problem).__name__, frames)


def run(desk: Desk, config: Config, *, bindery: Bindery, chores: Sequence[Chore] = ()) -> None:
    """Work until SIGTERM, SIGINT, or the end of the supervisor. Does not return.

    The process ends at once, also in mid-narration: what was spoken is kept, the next worker goes on there.
    """
    from voice_app.jobs.dbos import DbosQueue

    content = config.paths.content
    rounds = [alone(chore, content) for chore in chores]
    worker = Worker(desk, DbosQueue(content / "jobs.sqlite"), bindery=bindery, chores=rounds)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    threading.Thread(target=watch_supervisor, args=(worker.stop,), name="worker-parent", daemon=True).start()
    worker.run()
    logging.shutdown()
    os._exit(0)  # threads that speak would keep the interpreter waiting
