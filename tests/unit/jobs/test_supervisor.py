"""The supervisor, with small programs in the worker's place."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.contracts.queue_contract import wait_until
from voice_app.supervisor import Supervisor

if TYPE_CHECKING:
    from pathlib import Path

CHILD = """
import os, signal, sys, threading, time
from voice_app.supervisor import watch_supervisor
open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
watch_supervisor(lambda: os._exit(0))
time.sleep(60)
"""
PARENT = """
import sys, time
from voice_app.supervisor import Supervisor
with Supervisor([sys.executable, "-c", sys.argv[1], sys.argv[2]]):
    time.sleep(60)
"""


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().splitlines()] if path.exists() else []


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_supervisor_starts_a_worker_again_and_takes_it_along_when_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "pids"
    with Supervisor([sys.executable, "-c", CHILD, str(path)]) as supervisor:
        wait_until(lambda: len(pids(path)) == 1)
        assert supervisor.pid == pids(path)[0] == os.getsid(pids(path)[0])  # Ctrl+C does not reach it
        os.kill(pids(path)[0], signal.SIGKILL)
        wait_until(lambda: len(pids(path)) == 2)
    assert not any(runs(pid) for pid in pids(path))
    time.sleep(0.5)
    assert len(pids(path)) == 2


def test_a_worker_that_dies_at_once_is_not_started_all_the_time(tmp_path: Path) -> None:
    path = tmp_path / "starts"
    start = f"open({str(path)!r}, 'a').write('1\\n')"
    with Supervisor([sys.executable, "-c", start]):
        wait_until(lambda: len(pids(path)) == 2)
        time.sleep(1.0)
        assert len(pids(path)) <= 4


def test_the_worker_ends_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "pids"
    with subprocess.Popen([sys.executable, "-c", PARENT, CHILD, str(path)]) as parent:
        wait_until(lambda: len(pids(path)) == 1)
        parent.kill()
    wait_until(lambda: not runs(pids(path)[0]))


@pytest.mark.parametrize("given", [b"", b"some text\n"])
def test_an_ordinary_pipe_as_standard_input_does_not_end_the_worker(given: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pids"
    with subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdin=subprocess.PIPE) as child:
        wait_until(lambda: len(pids(path)) == 1)
        assert child.stdin is not None
        child.stdin.write(given)
        child.stdin.close()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(0.3)
        child.kill()
