"""Who is alive."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from voice_app.jobs.heartbeat import STALE_SECONDS, Heartbeat

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.sqlite"


def write(path: Path, worker: str, *, host: str = "elsewhere", pid: int = 1, beat_at: float = 1000.0) -> None:
    Heartbeat(path).beat()  # makes the table
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO voice_app_workers VALUES (?, ?, ?, ?)", (worker, host, pid, beat_at))


def ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_we_live_even_without_a_row(path: Path) -> None:
    heartbeat = Heartbeat(path)
    assert heartbeat.alive() == {heartbeat.worker_id}


def test_a_fresh_row_of_another_machine_lives_and_a_stale_one_does_not(path: Path, clock: Clock) -> None:
    write(path, "far")
    assert "far" in Heartbeat(path, clock=clock).alive()
    clock.now += STALE_SECONDS + 1
    assert "far" not in Heartbeat(path, clock=clock).alive()


def test_a_dead_process_of_this_machine_is_known_at_once(path: Path, clock: Clock) -> None:
    here = os.uname().nodename
    write(path, "dead", host=here, pid=ended_process())
    write(path, "living", host=here, pid=os.getppid())
    alive = Heartbeat(path, clock=clock).alive()
    assert "living" in alive
    assert "dead" not in alive


def test_a_frozen_process_of_this_machine_gets_stale(path: Path, clock: Clock) -> None:
    write(path, "frozen", host=os.uname().nodename, pid=os.getppid(), beat_at=clock.now - STALE_SECONDS - 1)
    assert "frozen" not in Heartbeat(path, clock=clock).alive()


def test_a_predecessor_with_our_pid_is_dead(path: Path, clock: Clock) -> None:
    write(path, "before us", host=os.uname().nodename, pid=os.getpid())
    assert "before us" not in Heartbeat(path, clock=clock).alive()


def test_dead_rows_are_cleared_and_a_worker_that_wakes_up_is_back(path: Path, clock: Clock) -> None:
    other = Heartbeat(path, clock=clock)
    other._pid = os.getppid()
    other.beat()
    me = Heartbeat(path, clock=clock)
    assert other.worker_id in me.alive()
    clock.now += STALE_SECONDS + 1
    assert other.worker_id not in me.alive()
    clock.now -= STALE_SECONDS  # as if it had beaten in time: its row is gone, so it stays dead
    assert other.worker_id not in me.alive()
    other.beat()
    assert other.worker_id in me.alive()
    other.leave()
    assert other.worker_id not in me.alive()
