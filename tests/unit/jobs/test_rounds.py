"""What is looked after again and again goes on, whatever happens to it once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from voice_app.errors import LibraryError
from voice_app.jobs.rounds import Chore, Rounds, alone


def counted(times: int, done: threading.Event, problem: Exception | None = None) -> Callable[[], None]:
    """A chore that fails at first and says when it has run often enough."""
    left = [times]

    def run() -> None:
        left[0] -= 1
        if left[0] == 0:
            done.set()
        if problem and left[0] == times - 1:
            raise problem

    return run


@pytest.mark.parametrize("problem", [None, LibraryError(), OSError(), ValueError("the secret text")])
def test_a_chore_is_run_again_also_after_it_failed(problem: Exception | None, caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()
    rounds = Rounds([Chore(name="folder", seconds=0.01, run=counted(3, done, problem))])
    rounds.start()
    assert done.wait(5)
    rounds.stop()
    assert "secret" not in caplog.text


def test_no_chore_waits_for_another() -> None:
    done, free = threading.Event(), threading.Event()
    slow = Chore(name="slow", seconds=0.01, run=lambda: free.wait(5) and None)
    rounds = Rounds([slow, Chore(name="quick", seconds=0.01, run=counted(2, done))])
    rounds.start()
    assert done.wait(5)
    free.set()
    rounds.stop()


def test_two_workers_of_one_folder_are_never_at_the_same_chore(tmp_path: Path) -> None:
    runs, other = [], []
    theirs = alone(Chore(name="feeds", seconds=1, run=lambda: other.append(1)), tmp_path)
    free = alone(Chore(name="post", seconds=1, run=lambda: other.append(2)), tmp_path)

    def run() -> None:
        runs.append(1)
        theirs.run()
        free.run()

    mine = alone(Chore(name="feeds", seconds=1, run=run), tmp_path)
    mine.run()
    assert (runs, other) == ([1], [2])
    theirs.run()
    assert other == [2, 1]
