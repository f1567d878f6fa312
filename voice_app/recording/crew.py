"""The crew: threads that do the work in the line, one piece of work for all who want the same.

A thread whose work takes longer than it can is given up: its callers get an error, another thread takes its place, and
what it still may give is not waited for. Threads cannot be ended from outside, so a crew that has lost too many says
so to its owner, who ends the process.
"""

from __future__ import annotations

import atexit
import logging
import math
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from voice_app.errors import EngineFailedError, TooMuchWaitingError
from voice_app.recording.line import Line
from voice_app.recording.take import Urgency, nothing

log = logging.getLogger(__name__)
T = TypeVar("T")

MAX_WAITING = 50_000  # a book of 500,000 words; what waits costs about a kilobyte each
LOOK_SECONDS = 0.5
LEAVE_SECONDS = 5.0
TRIES = 2  # a thread that hung once may do it at the second try: another instance has it then


@dataclass(slots=True, eq=False)
class _Job(Generic[T]):
    key: str
    work: Callable[[], T]
    urgency: Urgency
    limit_seconds: float
    on_begin: list[Callable[[], None]] = field(default_factory=list)
    futures: list[Future[T]] = field(default_factory=list)
    is_started: bool = False
    stalls: int = 0

    @property
    def is_wanted(self) -> bool:
        return any(not future.cancelled() for future in self.futures)


@dataclass(slots=True, eq=False)
class _Member:
    """A thread of the crew, and what it is at since when."""

    job: _Job[Any] | None = None
    since: float = 0.0
    is_given_up: bool = False


class Crew:
    """`threads` threads, which start with the first work.

    `on_hang` is called with the key of work that hangs, before another thread tries it; `on_loss` with the number of
    threads that were given up so far.
    """

    def __init__(
        self,
        threads: int,
        *,
        on_hang: Callable[[str], None] = lambda key: None,
        on_loss: Callable[[int], None] = lambda lost: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._threads = threads
        self._on_hang = on_hang
        self._on_loss = on_loss
        self._clock = clock
        self._line: Line[_Job[Any]] = Line()
        self._jobs: dict[str, _Job[Any]] = {}
        self._members: list[_Member] = []
        self._lost = 0
        self._turn = threading.Condition()
        self._is_watched = False
        self._is_closed = False
        _crews.add(self)

    @property
    def waiting(self) -> int:
        """How much waits for a thread."""
        return len(self._line)

    def submit(
        self,
        key: str,
        work: Callable[[], T],
        *,
        urgency: Urgency,
        listener: str = "",
        limit_seconds: float = math.inf,
        on_begin: Callable[[], None] = nothing,
    ) -> Future[T]:
        """Have `work` done within the limit, once for all who want this `key` now. Raises TooMuchWaitingError."""
        future: Future[T] = Future()
        with self._turn:
            job = self._jobs.get(key)
            if job is None:
                job = self._added(_Job(key=key, work=work, urgency=urgency, limit_seconds=limit_seconds), listener)
            elif not job.is_started and urgency < job.urgency:
                job.urgency = urgency
                self._line.put(job, urgency, listener)  # its old place stays, and is passed over
            job.futures.append(future)
            if job.is_started:
                on_begin()
            else:
                job.on_begin.append(on_begin)
            self._turn.notify()
        return future

    def close(self) -> None:
        """Nothing more is begun; what waits is cancelled. Work that is being done is not waited for."""
        with self._turn:
            self._is_closed = True
            while (job := self._line.next()) is not None:
                for future in job.futures:
                    future.cancel()
            self._turn.notify_all()

    def leave(self) -> None:
        """Close, and wait a little for what is being done: Python ends with an abort while a thread is in an engine."""
        self.close()
        with self._turn:
            self._turn.wait_for(lambda: not any(member.job for member in self._members), timeout=LEAVE_SECONDS)

    def _added(self, job: _Job[T], listener: str) -> _Job[T]:
        if len(self._line) >= MAX_WAITING or self._is_closed:
            raise TooMuchWaitingError
        self._jobs[job.key] = job
        self._line.put(job, job.urgency, listener)
        while len(self._members) < self._threads:
            self._hire()
        return job

    # -- threads ----------------------------------------------------------------------------

    def _hire(self) -> None:
        member = _Member()
        self._members.append(member)
        name = f"crew-{len(self._members)}"
        threading.Thread(target=self._serve, args=(member,), name=name, daemon=True).start()
        if not self._is_watched:
            self._is_watched = True
            threading.Thread(target=self._watch, name="crew-watch", daemon=True).start()

    def _serve(self, member: _Member) -> None:
        while (job := self._begun(member)) is not None:
            for tell in job.on_begin:
                tell()
            outcome: Future[Any] = Future()
            try:
                outcome.set_result(job.work())
            except BaseException as problem:  # noqa: BLE001 - it belongs to those who wait, whatever it is
                outcome.set_exception(problem)
            self._finish(member, job, outcome)
            del job, outcome

    def _begun(self, member: _Member) -> _Job[Any] | None:
        with self._turn:
            while not (self._is_closed or member.is_given_up):
                job = self._line.next()
                if job is None:
                    self._turn.wait()
                elif not job.is_started:
                    job.is_started = True
                    if job.is_wanted:
                        member.job, member.since = job, self._clock()
                        return job
                    self._jobs.pop(job.key, None)
            return None

    def _finish(self, member: _Member, job: _Job[Any], outcome: Future[Any]) -> None:
        with self._turn:
            if member.is_given_up:
                return
            member.job = None
            self._jobs.pop(job.key, None)
            self._turn.notify_all()
        problem = outcome.exception()
        for future in job.futures:
            if not future.set_running_or_notify_cancel():
                continue
            if problem is not None:
                future.set_exception(problem)
            else:
                future.set_result(outcome.result())

    def _watch(self) -> None:
        while not self._is_closed:
            time.sleep(LOOK_SECONDS)
            self.look()

    def look(self) -> None:
        """Give up threads that have been at one piece of work for too long. Called twice a second."""
        failed: list[Future[Any]] = []
        with self._turn:
            now = self._clock()
            hung = [m for m in self._members if m.job and now - m.since > m.job.limit_seconds]
            for member in hung:
                failed += self._given_up(member)
        for future in failed:
            if future.set_running_or_notify_cancel():
                future.set_exception(EngineFailedError("The voice stopped in the midst of a sentence."))
        if hung:
            self._on_loss(self._lost)

    def _given_up(self, member: _Member) -> list[Future[Any]]:
        """Put another thread in its place, and its work back into the line; who waited for it when that was tried."""
        job, member.job, member.is_given_up = member.job, None, True
        assert job is not None  # noqa: S101 - for the type checker: the caller looked
        log.warning("work hangs seconds=%.0f", job.limit_seconds)
        self._members.remove(member)
        self._lost += 1
        job.stalls += 1
        self._on_hang(job.key)
        is_tried = job.stalls >= TRIES
        if is_tried:
            self._jobs.pop(job.key, None)
        else:
            job.is_started = False
            self._line.put(job, job.urgency, "")
        self._hire()
        self._turn.notify()
        return job.futures if is_tried else []


_crews: weakref.WeakSet[Crew] = weakref.WeakSet()


@atexit.register
def _leave() -> None:
    for crew in list(_crews):
        crew.leave()
