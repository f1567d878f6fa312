"""The queue on DBOS."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.contracts.queue_contract import QueueContract, Slow, job, wait_until
from voice_app.errors import JobError
from voice_app.jobs.dbos import DbosQueue, teach_milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def used_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A queue's file after its first start; the first start of all finds the queues a second later."""
    path = tmp_path_factory.mktemp("queue") / "jobs.sqlite"
    queue = DbosQueue(path)
    queue.start({})
    queue.stop()
    return path


@pytest.fixture
def path(tmp_path: Path, used_once: Path) -> Path:
    content = tmp_path / "content"
    content.mkdir()
    return Path(shutil.copy(used_once, content))


@pytest.fixture
def queue(path: Path) -> Iterator[DbosQueue]:
    made = DbosQueue(path)
    yield made
    made.stop()


class TestContract(QueueContract):
    pass


def test_an_old_sqlite_knows_milliseconds_too() -> None:
    connection = sqlite3.connect(":memory:")
    teach_milliseconds(connection)
    ((now,),) = connection.execute("select unixepoch('subsec') * 1000")
    connection.close()
    assert abs(now - time.time() * 1000) < 1000


def test_the_job_of_a_living_worker_is_left_to_it(queue: DbosQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice_app.jobs.dbos.BEAT_SECONDS", 0.02)
    slow = Slow()
    queue.start(slow.handlers)
    queue.enqueue(job(1))
    wait_until(lambda: len(slow.began) == 1)
    time.sleep(0.6)  # many beats and several polls
    slow.release.set()
    wait_until(lambda: not queue.live())
    assert len(slow.began) == 1


def test_nothing_leaves_the_machine_and_nothing_listens(
    queue: DbosQueue, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: used.append(f"connect {address}"))
    monkeypatch.setattr(socket.socket, "bind", lambda _, address: used.append(f"bind {address}"))
    slow = Slow()
    slow.release.set()
    queue.start(slow.handlers)
    queue.enqueue(job(1))
    wait_until(lambda: not queue.live())
    assert used == []
    assert sorted(p.name for p in path.parent.iterdir() if p.suffix == ".sqlite") == ["jobs.sqlite"]


def test_a_file_that_is_no_database_is_a_job_error(path: Path) -> None:
    path.write_bytes(b"not a database at all " * 100)
    with pytest.raises(JobError, match="nothing but the order of work is lost"):
        DbosQueue(path).start({})


def test_importing_what_the_site_needs_does_not_load_dbos() -> None:
    script = "import voice_app.worker, voice_app.jobs, json, sys; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)
    assert not {"dbos", "sqlalchemy", "numpy"} & set(loaded)
