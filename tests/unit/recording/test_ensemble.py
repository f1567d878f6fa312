"""The ensemble: takes are recorded by other processes, whatever becomes of those."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from voice_app.audio.press import Run
from voice_app.errors import EngineFailedError, NothingToSayError
from voice_app.model import SpeakRequest, Voice
from voice_app.recording.ensemble import Ensemble
from voice_app.recording.take import Recording, Take, nothing

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]
RUN = Run(frames=b"", speech_seconds=0.0, true_peak_dbtp=0.0, energies=np.zeros(0, np.float32))
PROGRAM = """
import os, sys, threading, time
from tests.unit.recording.test_ensemble import RUN, take
from voice_app.recording.ensemble import Ensemble
from voice_app.recording.take import Recording

def recorded(take):
    print(os.getpid(), flush=True)
    time.sleep(0.5)
    return Recording(run=RUN, fresh=True)

ensemble = Ensemble(recorded)
ensemble.begin(lambda: None)
threads = [threading.Thread(target=ensemble.record, args=(str(n), take("One."))) for n in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
time.sleep({seconds})
"""


def take(text: str) -> Take:
    voice = Voice(engine="tick", name="tock", language="en", licence="Apache-2.0")
    request = SpeakRequest(text=text, language="en", voice="tock")
    return Take(request=request, voice=voice, pause_ms=0, gain_db=0.0)


class Scene:
    """What the processes do: note who they are, and what the text asks for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recorded(self, take: Take) -> Recording:
        with (self._folder / "pids.txt").open("a") as pids:
            pids.write(f"{os.getpid()}\n")
        text = take.request.text
        if text == "hang" or text == "slow":
            time.sleep(60 if text == "hang" else 0.5)
        if text == "die" or (text == "die once" and not self._has_died()):
            os.kill(os.getpid(), signal.SIGKILL)
        (self._folder / f"{text} is done").touch()
        if text == "fail":
            raise NothingToSayError
        if text == "break":
            raise ZeroDivisionError
        return Recording(run=RUN, fresh=text != "known")

    def _has_died(self) -> bool:
        mark = self._folder / "died"
        if mark.exists():
            return True
        mark.touch()
        return False

    def has_done(self, text: str) -> bool:
        return (self._folder / f"{text} is done").exists()

    def pids(self) -> list[int]:
        path = self._folder / "pids.txt"
        return [int(line) for line in path.read_text().split()] if path.exists() else []


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.fixture
def ensemble(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ensemble]:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # the threads of the tests hold no lock of ours
    monkeypatch.setattr(sys, "setswitchinterval", lambda seconds: None)
    ensemble = Ensemble(scene.recorded)
    ensemble.begin(nothing)
    yield ensemble
    ensemble.close()


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def eventually(is_so: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()


def test_takes_at_the_same_time_have_processes_of_their_own(ensemble: Ensemble, scene: Scene) -> None:
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda key: ensemble.record(key, take("slow")), "ab")) == [True, True]
    pids = set(scene.pids())
    assert len(pids) == 2
    assert os.getpid() not in pids
    assert ensemble.record("c", take("known")) is False
    assert set(scene.pids()) == pids


def test_errors_come_through_and_other_people_s_as_a_failure(ensemble: Ensemble) -> None:
    with pytest.raises(NothingToSayError, match="letters or digits"):
        ensemble.record("a", take("fail"))
    with pytest.raises(EngineFailedError):
        ensemble.record("a", take("break"))
    assert ensemble.record("a", take("fine")) is True


def test_what_a_process_died_of_is_tried_by_another(ensemble: Ensemble, scene: Scene) -> None:
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda key: ensemble.record(key, take("slow")), "ab"))
    assert ensemble.record("c", take("die once")) is True
    assert len(set(scene.pids())) == 2
    with ThreadPoolExecutor(2) as threads:  # the one that lives has a new companion
        assert list(threads.map(lambda key: ensemble.record(key, take("slow")), "de")) == [True, True]
    assert len(set(scene.pids())) == 3


def test_what_kills_every_process_is_given_up(ensemble: Ensemble) -> None:
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda key: ensemble.record(key, take("slow")), "abc"))
    with pytest.raises(EngineFailedError, match="breaks down"):
        ensemble.record("d", take("die"))
    assert ensemble.record("e", take("fine")) is True


def test_when_the_last_one_has_died_nobody_is_there_to_ask(ensemble: Ensemble) -> None:
    assert ensemble.record("a", take("die")) is None
    assert not ensemble.is_there
    assert ensemble.record("b", take("fine")) is None


def test_a_process_that_hangs_is_stopped(ensemble: Ensemble, scene: Scene) -> None:
    with ThreadPoolExecutor(1) as threads:
        hanging = threads.submit(ensemble.record, "a", take("hang"))
        assert eventually(lambda: bool(scene.pids()))
        ensemble.stop("b")
        assert lives(scene.pids()[0])
        ensemble.stop("a")
        with pytest.raises(EngineFailedError):
            hanging.result(5)
    assert eventually(lambda: not lives(scene.pids()[0]))


def test_closed_while_one_is_at_work_that_is_recorded_and_then_all_end(ensemble: Ensemble, scene: Scene) -> None:
    with ThreadPoolExecutor(1) as threads:
        working = threads.submit(ensemble.record, "a", take("slow"))
        assert eventually(lambda: bool(scene.pids()))
        ensemble.close()
        with pytest.raises(EngineFailedError):
            working.result(5)
    assert eventually(lambda: not lives(scene.pids()[0]))
    assert scene.has_done("slow")


def test_in_a_program_with_threads_nothing_is_forked(scene: Scene) -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    ensemble = Ensemble(scene.recorded)
    ensemble.begin(nothing)
    over.set()
    thread.join()
    assert not ensemble.is_there


def test_where_no_process_may_be_forked_nobody_is_there(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "fork", refused)
    ensemble = Ensemble(scene.recorded)
    ensemble.begin(nothing)
    assert not ensemble.is_there


@pytest.mark.parametrize("is_killed", [False, True])
def test_the_processes_end_with_the_program_however_that_ends(is_killed: bool) -> None:
    code = PROGRAM.replace("{seconds}", "60" if is_killed else "0")
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        pids = [int(program.stdout.readline()) for _ in range(2)]
        assert len(set(pids)) == 2
        assert all(lives(pid) for pid in pids)
        if is_killed:
            program.kill()
        assert eventually(lambda: not any(lives(pid) for pid in pids))
