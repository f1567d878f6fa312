"""The recorder contract, for both recorders, and for the one of this process that has others speak."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contracts.recorder_contract import RecorderContract, take
from voice_app.audio.press import Press
from voice_app.blobs import FolderBlobs
from voice_app.errors import BoothAwayError
from voice_app.model import SpeakRequest, Speech
from voice_app.recording.client import RemoteRecorder
from voice_app.recording.place import address, held
from voice_app.recording.recorder import WARMING, LocalRecorder
from voice_app.recording.server import Server
from voice_app.speech.booth import Booth
from voice_app.speech.clips import Clips
from voice_app.testing import TickEngine

Spoken = Callable[[], list[str]]


class Noted(TickEngine):
    """Writes down what it speaks, in whatever process that is."""

    def __init__(self, notes: Path) -> None:
        super().__init__(fail_on="wolf")
        self._notes = notes

    def speak(self, request: SpeakRequest) -> Speech:
        speech = super().speak(request)
        with self._notes.open("a", encoding="utf-8") as notes:
            notes.write(f"{request.text}\n")
        return speech


class Room:
    """A cache folder, engines that note what they speak, and recorders on them."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.content.mkdir()
        self.cache = FolderBlobs(folder / "cache", durable=False)
        self.notes = folder / "notes.txt"
        self.notes.touch()
        self.closing: list[Callable[[], None]] = []

    def booth(self) -> Booth:
        return Booth(lambda name: Noted(self.notes), names=("tick",), clips=Clips(self.cache))

    def local(self) -> LocalRecorder:
        recorder = LocalRecorder(self.booth(), Press(self.cache), calibrations=self.cache, threads=2, stall_seconds=20)
        self.closing.append(recorder.close)
        return recorder

    def remote(self, patience_seconds: float = 10.0) -> RemoteRecorder:
        press = Press(self.cache)
        recorder = RemoteRecorder(self.booth(), press, content=self.content, patience_seconds=patience_seconds)
        self.closing.append(recorder.close)
        return recorder

    def serve(self) -> Server:
        server = Server(self.local(), self.content)
        server.start()
        self.closing.append(server.close)
        return server

    def spoken(self) -> list[str]:
        return [text for text in self.notes.read_text(encoding="utf-8").splitlines() if text != WARMING]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path)
    yield room
    for close in reversed(room.closing):
        close()


@pytest.fixture
def spoken(room: Room) -> Spoken:
    return room.spoken


class TestLocal(RecorderContract):
    @pytest.fixture
    def recorder(self, room: Room) -> LocalRecorder:
        return room.local()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
class TestEnsemble(RecorderContract):
    @pytest.fixture
    def recorder(self, room: Room, monkeypatch: pytest.MonkeyPatch) -> LocalRecorder:
        monkeypatch.setattr(threading, "active_count", lambda: 1)  # the threads of the tests hold no lock of ours
        monkeypatch.setattr(sys, "setswitchinterval", lambda seconds: None)
        recorder = room.local()
        recorder.expect("tick/tock")
        assert recorder._ensemble.is_there
        return recorder

    def test_the_sentences_are_spoken_by_other_processes(self, recorder: LocalRecorder, room: Room) -> None:
        engines = [recorder._booth._mine("tick"), recorder._booth._first("tick")]
        assert recorder.record(take(recorder, "Not here.")).result(10).fresh
        assert room.spoken() == ["Not here."]
        assert not any(engine.spoken for engine in engines if isinstance(engine, TickEngine))


class TestRemote(RecorderContract):
    @pytest.fixture
    def recorder(self, room: Room) -> RemoteRecorder:
        room.serve()
        return room.remote()

    def test_two_callers_share_one_speaking(self, room: Room) -> None:
        room.serve()
        callers = [room.remote(), room.remote()]
        futures = [caller.record(take(caller, f"Sentence {n}.")) for n in range(30) for caller in callers]
        assert all(future.result(10).run.frames for future in futures)
        assert sorted(room.spoken()) == sorted(f"Sentence {n}." for n in range(30))

    def test_what_was_asked_before_the_booth_was_there_is_answered_when_it_is(self, room: Room) -> None:
        caller = room.remote()
        future = caller.record(take(caller, "Is anybody there?"))
        time.sleep(0.2)
        assert not future.done()
        room.serve()
        assert future.result(10).fresh

    def test_without_a_booth_there_is_a_sentence_about_it(self, room: Room) -> None:
        caller = room.remote(patience_seconds=0.2)
        with pytest.raises(BoothAwayError, match="not running"):
            caller.record(take(caller, "Is anybody there?")).result(10)
        room.serve()
        assert caller.record(take(caller, "Is anybody there?")).result(10).fresh

    def test_the_socket_is_its_owners_alone(self, room: Room) -> None:
        room.serve()
        assert Path(address(room.content)).stat().st_mode & 0o777 == 0o600

    def test_a_deep_content_folder_has_its_socket_elsewhere(self, tmp_path: Path) -> None:
        deep = tmp_path / ("a" * 60) / ("b" * 60)
        deep.mkdir(parents=True)
        assert len(address(deep)) < 108
        assert address(deep) == address(deep) != address(deep.parent)
        assert Path(address(deep)).parent.stat().st_mode & 0o777 == 0o700

    @pytest.mark.parametrize(
        "rubbish", [b"", b"{", b"[]", b'{"id": "x"}', b'{"id": 1}', b'{"id": 1, "take": {"request": 5}}', b"\xff" * 99]
    )
    def test_a_caller_that_talks_nonsense_is_hung_up_on_and_nobody_else(self, room: Room, rubbish: bytes) -> None:
        from multiprocessing.connection import Client

        room.serve()
        with Client(address(room.content)) as odd:
            odd.send_bytes(rubbish)
            with pytest.raises(EOFError):
                odd.recv_bytes()
        caller = room.remote()
        assert caller.record(take(caller, "And now for us.")).result(10).fresh


def test_one_booth_at_a_time_has_the_place_and_the_next_gets_it(tmp_path: Path) -> None:
    got: list[str] = []
    over = threading.Event()

    def stand_by() -> None:
        with held(tmp_path) as is_ours:
            got.append(f"second {is_ours}")

    with held(tmp_path) as is_ours:
        assert is_ours
        with held(tmp_path, is_over=lambda: True) as is_second:
            assert not is_second
        waiting = threading.Thread(target=stand_by)
        waiting.start()
        over.wait(0.3)
        assert got == []
    waiting.join(5)
    assert got == ["second True"]
