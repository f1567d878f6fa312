"""The worker's decisions, with a queue that runs everything on the spot."""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.contracts.queue_contract import wait_until
from tests.unit.jobs.test_sweep import article
from voice_app.errors import AudioError, LibraryError, NoArticleError, StorageError, UnreachableError
from voice_app.jobs import Kind
from voice_app.jobs.attempts import PAUSES_SECONDS, Attempts
from voice_app.model import Article, ArticleState
from voice_app.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voice_app.jobs import Job
    from voice_app.jobs.queue import Handler


class SpotQueue:
    """Runs a job inside `enqueue`."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.stopped = False

    def start(self, handlers: Mapping[Kind, Handler]) -> None:
        self.handlers = handlers

    def stop(self) -> None:
        self.stopped = True

    def enqueue(self, job: Job) -> None:
        self.ran.append(job.key)
        self.handlers[job.kind](job.article_id)

    def live(self) -> frozenset[str]:
        return frozenset()


class FakeDesk:
    """Articles in memory. `fails` are raised by the next readings, one each."""

    def __init__(self, *articles: Article) -> None:
        self.rows = {row.id: row for row in articles}
        self.lost_ids: set[int] = set()
        self.fails: list[Exception] = []
        self.busy: list[LibraryError] = []
        self.narrated: list[int] = []

    def asked(self) -> list[Article]:
        over = (ArticleState.DONE, ArticleState.PROBLEM)
        return [row for row in self.rows.values() if row.state not in over]

    def lost(self) -> list[Article]:
        return [self.rows[number] for number in self.lost_ids]

    def read(self, article_id: int) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.set(article_id, ArticleState.READY)

    def narrate(self, article_id: int) -> None:
        self.narrated.append(article_id)
        self.lost_ids.discard(article_id)
        self.set(article_id, ArticleState.DONE)

    def give_up(self, article_id: int, problem: str) -> None:
        if self.busy:
            raise self.busy.pop()
        self.set(article_id, ArticleState.PROBLEM, problem)

    def set(self, article_id: int, state: ArticleState, problem: str = "") -> None:
        from dataclasses import replace

        self.rows[article_id] = replace(self.rows[article_id], state=state, problem=problem)


class FakeBindery:
    """Audiobooks in memory. `fails` are raised by the next makings, one each."""

    def __init__(self) -> None:
        self.wanted: dict[int, Article] = {}
        self.fails: list[Exception] = []
        self.problems: dict[int, str] = {}

    def asked(self) -> list[Article]:
        return list(self.wanted.values())

    def make(self, article_id: int) -> None:
        if self.fails:
            raise self.fails.pop(0)
        del self.wanted[article_id]

    def give_up(self, article_id: int, problem: str) -> None:
        self.problems[article_id] = problem
        del self.wanted[article_id]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Shift:
    """A worker whose sweeps are made by hand."""

    def __init__(self, *articles: Article) -> None:
        self.desk = FakeDesk(*articles)
        self.queue = SpotQueue()
        self.clock = Clock()
        self.bindery = FakeBindery()
        attempts = partial(Attempts, clock=self.clock)
        self.worker = Worker(self.desk, self.queue, bindery=self.bindery, attempts=attempts)
        self.queue.start(
            {Kind.READ: self.worker.read, Kind.NARRATE: self.worker.narrate, Kind.AUDIOBOOK: self.worker.bind}
        )

    def ask_for_the_audiobook(self, number: int) -> None:
        self.bindery.wanted[number] = self.desk.rows[number]

    def sweeps(self, times: int = 1) -> None:
        for _ in range(times):
            self.worker.sweep()


def test_an_article_is_read_then_narrated_then_left_alone() -> None:
    shift = Shift(article(1))
    shift.sweeps(5)
    assert shift.queue.ran == ["read-1", "narrate-1"]
    assert shift.desk.rows[1].state is ArticleState.DONE


def test_lost_audio_is_made_again_once() -> None:
    shift = Shift(article(1, ArticleState.DONE))
    shift.desk.lost_ids = {1}
    shift.sweeps(3)
    assert shift.desk.narrated == [1]


def test_an_input_problem_ends_with_its_sentence_and_is_not_tried_again() -> None:
    shift = Shift(article(1))
    shift.desk.fails = [NoArticleError()]
    shift.sweeps(5)
    assert shift.queue.ran == ["read-1"]
    assert shift.desk.rows[1].problem == "No article was found in it. Paste the text instead."


def test_what_may_succeed_later_is_tried_again_after_a_rest() -> None:
    shift = Shift(article(1))
    shift.desk.fails = [UnreachableError(), UnreachableError()]
    shift.sweeps(5)
    assert shift.queue.ran == ["read-1"]
    for pause_seconds in PAUSES_SECONDS[:2]:
        shift.clock.now += pause_seconds
        shift.sweeps(3)
    assert shift.queue.ran == ["read-1", "read-1", "read-1", "narrate-1"]
    assert shift.desk.rows[1].state is ArticleState.DONE


@pytest.mark.parametrize("problem", [UnreachableError(), LibraryError()])
def test_in_the_end_a_person_is_told(problem: Exception) -> None:
    shift = Shift(article(1))
    shift.desk.fails = [problem] * 9
    for pause_seconds in (0, *PAUSES_SECONDS, 1000):
        shift.clock.now += pause_seconds
        shift.sweeps(3)
    assert shift.queue.ran == ["read-1"] * (1 + len(PAUSES_SECONDS))
    assert shift.desk.rows[1].problem == str(problem)


def test_a_crash_is_told_in_general_words_and_logged_without_the_articles_text(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shift = Shift(article(1))
    shift.desk.fails = [ValueError("the secret text of the article")]
    with caplog.at_level(logging.INFO):
        shift.sweeps(5)
    assert shift.queue.ran == ["read-1"]
    assert "unexpected" in shift.desk.rows[1].problem
    assert "ValueError" in caplog.text
    assert "in read\n" in caplog.text  # the traceback
    assert "secret" not in caplog.text + shift.desk.rows[1].problem


def test_a_problem_that_could_not_be_saved_rests_instead_of_looping() -> None:
    shift = Shift(article(1))
    shift.desk.fails = [NoArticleError(), NoArticleError()]
    shift.desk.busy = [LibraryError()]
    shift.sweeps(5)
    assert shift.queue.ran == ["read-1"]
    shift.clock.now += PAUSES_SECONDS[0]
    shift.sweeps(5)
    assert shift.desk.rows[1].state is ArticleState.PROBLEM


@pytest.mark.parametrize("state", [ArticleState.WAITING, ArticleState.DONE, ArticleState.PROBLEM])
def test_a_narration_that_is_no_longer_asked_for_is_dropped(state: ArticleState) -> None:
    shift = Shift(article(1, state))
    shift.worker.narrate(1)
    shift.worker.narrate(2)
    assert shift.desk.narrated == []


@pytest.mark.parametrize("problem", [LibraryError(), AudioError(), PermissionError("content/articles/a.md")])
@pytest.mark.parametrize("where", ["asked", "lost"])
def test_what_fails_in_a_sweep_does_not_end_the_worker(problem: Exception, where: str) -> None:
    shift = Shift(article(1))

    def fail() -> list[Article]:
        raise problem

    whole = getattr(shift.desk, where)
    setattr(shift.desk, where, fail)
    shift.sweeps()
    assert shift.queue.ran == []
    setattr(shift.desk, where, whole)
    shift.sweeps(2)
    assert shift.queue.ran == ["read-1", "narrate-1"]


def test_an_audiobook_is_made_once() -> None:
    shift = Shift(article(1, ArticleState.DONE))
    shift.ask_for_the_audiobook(1)
    shift.sweeps(3)
    shift.worker.bind(1)  # the same work, found twice
    assert shift.queue.ran == ["audiobook-1"]
    assert not shift.bindery.problems


def test_an_audiobook_that_fails_leaves_its_article_alone() -> None:
    shift = Shift(article(1, ArticleState.DONE))
    shift.ask_for_the_audiobook(1)
    shift.bindery.fails = [StorageError()] * 9
    for pause_seconds in (0, *PAUSES_SECONDS, 1000):
        shift.clock.now += pause_seconds
        shift.sweeps(3)
    assert shift.queue.ran == ["audiobook-1"] * (1 + len(PAUSES_SECONDS))
    assert shift.bindery.problems == {1: str(StorageError())}
    assert shift.desk.rows[1].state is ArticleState.DONE


def test_an_article_does_not_rest_because_its_audiobook_failed() -> None:
    shift = Shift(article(1, ArticleState.DONE))
    shift.ask_for_the_audiobook(1)
    shift.bindery.fails = [StorageError()]
    shift.sweeps()
    shift.desk.set(1, ArticleState.READY)
    shift.sweeps()
    assert shift.desk.narrated == [1]


@pytest.mark.parametrize("problem", [ValueError("the secret text of the article"), AudioError()])
def test_what_will_not_succeed_later_is_told_at_once(problem: Exception) -> None:
    shift = Shift(article(1, ArticleState.DONE))
    shift.ask_for_the_audiobook(1)
    shift.bindery.fails = [problem]
    shift.sweeps(3)
    assert shift.queue.ran == ["audiobook-1"]
    assert "secret" not in shift.bindery.problems[1]


def test_run_ends_when_stopped_and_stops_the_queue() -> None:
    shift = Shift(article(1))
    running = threading.Thread(target=shift.worker.run)
    running.start()
    wait_until(lambda: shift.desk.rows[1].state is ArticleState.DONE)
    shift.worker.stop()
    running.join(5)
    assert not running.is_alive()
    assert shift.queue.stopped
