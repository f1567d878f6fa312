"""The crew: work once for all who want it, in the order of urgency, and threads that hang are replaced."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future

import pytest

from voice_app.errors import EngineFailedError, TooMuchWaitingError
from voice_app.recording import crew as crews
from voice_app.recording.crew import Crew
from voice_app.recording.take import Urgency


class Bench:
    """One thread that is kept busy until `free`, and a clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0
        self.hung: list[str] = []
        self.losses: list[int] = []
        self.done: list[str] = []
        self.crew = Crew(1, on_hang=self.hung.append, on_loss=self.losses.append, clock=lambda: self.now)
        self._gate = threading.Event()
        self._begun = threading.Event()

    def occupy(self, key: str = "busy", limit_seconds: float = 10.0) -> Future[str]:
        """Returns when the thread is at it."""

        def wait() -> str:
            self._begun.set()
            self._gate.wait(10)
            return key

        future = self.crew.submit(key, wait, urgency=Urgency.NOW, limit_seconds=limit_seconds)
        assert self._begun.wait(5)
        self._begun.clear()
        return future

    def free(self) -> None:
        self._gate.set()

    def ask(self, key: str, urgency: Urgency = Urgency.FRESH, listener: str = "") -> Future[str]:
        def work() -> str:
            self.done.append(key)
            return key

        return self.crew.submit(key, work, urgency=urgency, listener=listener)


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.free()
    bench.crew.close()


def test_what_is_wanted_by_many_is_done_once(bench: Bench) -> None:
    bench.occupy()
    futures = [bench.ask("same") for _ in range(20)]
    bench.free()
    assert {future.result(5) for future in futures} == {"same"}
    assert bench.done == ["same"]


def test_what_is_done_already_begins_anew_when_it_is_asked_for_again(bench: Bench) -> None:
    assert bench.ask("same").result(5) == bench.ask("same").result(5) == "same"
    assert bench.done == ["same", "same"]


def test_asked_for_again_with_more_urgency_it_moves_to_the_front_and_is_done_once(bench: Bench) -> None:
    bench.occupy()
    futures = [bench.ask(key, Urgency.BACK) for key in "abc"]
    futures.append(bench.ask("c", Urgency.NOW))
    futures.append(bench.ask("b", Urgency.LISTENING))
    bench.free()
    for future in futures:
        future.result(5)
    assert bench.done == ["c", "b", "a"]


def test_what_nobody_waits_for_any_more_is_left_out(bench: Bench) -> None:
    bench.occupy()
    gone, stays = bench.ask("gone"), bench.ask("stays")
    half = bench.ask("half")
    half_other = bench.ask("half")
    assert gone.cancel()
    assert half.cancel()
    bench.free()
    assert stays.result(5) == "stays"
    assert half_other.result(5) == "half"
    assert bench.done == ["stays", "half"]
    assert bench.ask("gone").result(5) == "gone"


@pytest.mark.parametrize("problem", [EngineFailedError("no"), ZeroDivisionError(), SystemExit(1)])
def test_what_fails_fails_for_those_who_wait_and_the_thread_goes_on(bench: Bench, problem: BaseException) -> None:
    def fail() -> str:
        raise problem

    failing = bench.crew.submit("bad", fail, urgency=Urgency.NOW)
    with pytest.raises(type(problem)):
        failing.result(5)
    assert bench.ask("good").result(5) == "good"


def test_a_thread_that_hangs_is_replaced_and_its_work_tried_once_more(bench: Bench) -> None:
    tries: list[int] = []
    begun, gate = threading.Semaphore(0), threading.Event()

    def hang() -> str:
        tries.append(1)
        begun.release()
        gate.wait(10)
        return "late"

    hanging = bench.crew.submit("hang", hang, urgency=Urgency.FRESH, limit_seconds=10)
    behind = bench.ask("behind")
    assert begun.acquire(timeout=5)
    bench.now = 9.0
    bench.crew.look()
    assert bench.hung == []
    bench.now = 10.5
    bench.crew.look()
    assert bench.hung == ["hang"]
    assert behind.result(5) == "behind"
    assert begun.acquire(timeout=5)
    bench.now = 21.0
    bench.crew.look()
    with pytest.raises(EngineFailedError):
        hanging.result(5)
    assert (len(tries), bench.losses) == (2, [1, 2])
    gate.set()
    assert bench.ask("after").result(5) == "after"


def test_what_a_replaced_thread_still_gives_is_not_taken_for_the_second_try(bench: Bench) -> None:
    outcomes = iter(["first", "second"])
    begun, gates = threading.Semaphore(0), [threading.Event(), threading.Event()]

    def work() -> str:
        outcome = next(outcomes)
        begun.release()
        gates[outcome == "second"].wait(10)
        return outcome

    future = bench.crew.submit("slow", work, urgency=Urgency.FRESH, limit_seconds=10)
    assert begun.acquire(timeout=5)
    bench.now = 11.0
    bench.crew.look()
    assert begun.acquire(timeout=5)
    gates[0].set()
    with pytest.raises(TimeoutError):
        future.result(0.2)
    gates[1].set()
    assert future.result(5) == "second"


def test_the_line_has_an_end(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "MAX_WAITING", 3)
    bench.occupy()
    for key in "abc":
        bench.ask(key)
    with pytest.raises(TooMuchWaitingError):
        bench.ask("d")
    bench.ask("a")  # waits already


def test_closed_it_begins_nothing_more(bench: Bench) -> None:
    bench.occupy()
    waiting = bench.ask("waiting")
    bench.crew.close()
    with pytest.raises(CancelledError):
        waiting.result(5)
    with pytest.raises(TooMuchWaitingError):
        bench.ask("new")


def test_at_the_end_what_is_being_done_is_waited_for_and_what_hangs_is_not(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = bench.occupy()
    threading.Timer(0.1, bench.free).start()
    bench.crew.leave()
    assert busy.result(1) == "busy"
    monkeypatch.setattr(crews, "LEAVE_SECONDS", 0.05)
    hanging = Bench()
    stuck = hanging.occupy()
    hanging.crew.leave()
    assert not stuck.done()
    hanging.free()


def test_those_who_want_to_know_are_told_when_it_begins(bench: Bench) -> None:
    told: list[str] = []

    def teller(name: str) -> Callable[[], None]:
        return lambda: told.append(name)

    bench.occupy()
    first = bench.crew.submit("x", lambda: "x", urgency=Urgency.FRESH, on_begin=teller("first"))
    bench.crew.submit("x", lambda: "x", urgency=Urgency.FRESH, on_begin=teller("second"))
    assert told == []
    bench.free()
    first.result(5)
    assert told == ["first", "second"]
