"""The processes that speak for `narrate`: killed at any moment, it is whole; killed itself, it leaves none."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.contracts.queue_contract import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
SENTENCES = 60
ROUNDS = 6
SEED = 20261126


def narrate(folder: Path, cache: str, out: str) -> subprocess.Popen[str]:
    """In a session of its own, so that all its processes can be found."""
    return subprocess.Popen(
        [sys.executable, "-m", "voice_app", "narrate", "a.md", "--out", out, "--json"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "VOICE_APP_PATHS__CACHE": cache},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def session(leader: int) -> list[int]:
    """The processes that live in it, and are not its leader."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, number, *_ = path.read_text(encoding="utf-8").rpartition(") ")[2].split()
            if int(number) == leader != int(path.parent.name) and state not in "ZX":
                found.append(int(path.parent.name))
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an undisturbed narration gives."""
    folder = written(tmp_path_factory.mktemp("whole"))
    out, told = narrate(folder, "cache", "out").communicate(timeout=100)
    assert json.loads(out)["clips"]["spoken"] == SENTENCES + 1, told
    return files(folder / "out")


def written(folder: Path) -> Path:
    lines = [f"Sentence {number} tells of a walk along the coast, and of the boats." for number in range(SENTENCES)]
    (folder / "a.md").write_text("# A walk\n\n" + "\n\n".join(lines), encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_processes_speak_while_the_program_waits(tmp_path: Path) -> None:
    process = narrate(written(tmp_path), "cache", "out")
    wait_until(lambda: len(session(process.pid)) == 2)
    process.communicate(timeout=100)
    wait_until(lambda: not session(process.pid))


def test_whichever_is_killed_the_narration_is_whole(tmp_path: Path, whole: dict[str, bytes]) -> None:
    dice = random.Random(SEED)
    written(tmp_path)
    for number in range(ROUNDS):
        process = narrate(tmp_path, f"cache{number}", f"out{number}")
        for _ in range(2):
            time.sleep(dice.uniform(0.1, 0.6))
            if speaking := session(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(dice.choice(speaking), signal.SIGKILL)
        out, told = process.communicate(timeout=100)
        assert process.returncode == 0, told
        assert json.loads(out)["stood_in"] == 0
        assert files(tmp_path / f"out{number}") == whole


def test_killed_itself_it_leaves_no_process_and_goes_on_from_there(tmp_path: Path, whole: dict[str, bytes]) -> None:
    dice = random.Random(SEED)
    written(tmp_path)
    for _ in range(ROUNDS):
        process = narrate(tmp_path, "cache", "out")
        time.sleep(dice.uniform(0.1, 0.7))
        process.kill()
        process.communicate()
        wait_until(lambda doomed=process.pid: not session(doomed))  # type: ignore[misc]
    out, told = narrate(tmp_path, "cache", "out").communicate(timeout=100)
    assert json.loads(out)["clips"]["cached"] > 0, told
    assert files(tmp_path / "out") == whole
