"""The booth process as `serve` starts it: killed, frozen, doubled, with an engine that hangs."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contracts.recorder_contract import take
from voice_app import narrator, recorders
from voice_app.booth import AGAIN
from voice_app.config import load
from voice_app.errors import BoothAwayError, EngineFailedError
from voice_app.model import BlockKind, Sentence
from voice_app.recording.take import Recorder, Urgency

HOUSE = Path(__file__).parents[2]
SENTENCES = 150
KILLS = int(os.environ.get("KILLS", "8"))
SLOW = 0.02

PROCESS = """
import sys
from voice_app import testing
from voice_app.cli import main

class Slow(testing.TickEngine):
    def __init__(self):
        super().__init__(seconds={seconds})

    def speak(self, request):
        with open({calls!r}, "a") as calls:
            calls.write(request.text + "\\n")
        {before}
        return super().speak(request)

testing.TickEngine = Slow
main(["booth"])
"""


class Booths:
    """Booth processes of one library, and a recorder that asks them."""

    def __init__(self, folder: Path, *, seconds: float = SLOW, before: str = "pass", **settings: str) -> None:
        self.calls = folder / "calls"
        self._code = PROCESS.format(seconds=seconds, calls=str(self.calls), before=before)
        paths = {"content": folder / "content", "cache": folder / "cache"}
        self._environment = os.environ | {f"VOICE_APP_PATHS__{k.upper()}": str(v) for k, v in paths.items()}
        self._environment |= {"VOICE_APP_NARRATION__VOICE": "tick/tock", "PYTHONPATH": str(HOUSE)} | settings
        self.processes: list[subprocess.Popen[bytes]] = []
        flags = {f"paths.{name}": path for name, path in paths.items()}
        self.recorder: Recorder = recorders.booth_client(load(flags=flags, environ={}, file=folder / "none.toml"))

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", self._code]
        self.processes.append(subprocess.Popen(command, env=self._environment, stdin=subprocess.DEVNULL))
        return self.processes[-1]

    def spoken(self) -> list[str]:
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    def close(self) -> None:
        self.recorder.close()
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def booths(folder: Path, **options: object) -> Iterator[Booths]:
    made = Booths(folder, **options)  # type: ignore[arg-type]
    try:
        yield made
    finally:
        made.close()


def test_killed_at_random_moments_it_loses_nothing_and_repeats_at_most_what_it_was_at(tmp_path: Path) -> None:
    chance = random.Random(7)
    with booths(tmp_path) as room:
        process = room.start()
        recorder = room.recorder
        texts = [f"This is sentence number {n}." for n in range(SENTENCES)]
        futures = [recorder.record(take(recorder, text)) for text in texts]
        for _ in range(KILLS):
            before = len(room.spoken())
            moment = chance.random() * 0.2
            # some are spoken in each life: what is begun in five dying booths is given up, and rightly
            while len(room.spoken()) < before + 4 and not all(future.done() for future in futures):
                time.sleep(0.01)
            time.sleep(moment)
            process.kill()
            process.wait()
            process = room.start()
        assert not wait(futures, timeout=60).not_done
        assert all(future.result().run.frames for future in futures)
        spoken = room.spoken()
        assert set(texts) <= set(spoken)
        threads = os.cpu_count() or 1
        assert len(spoken) - len(texts) <= (KILLS + 1) * (threads + 1)  # and what warms the voice


def test_two_booths_of_one_library_take_turns(tmp_path: Path) -> None:
    with booths(tmp_path) as room:
        first = room.start()
        recorder = room.recorder
        assert recorder.record(take(recorder, "The first speaks.")).result(30).fresh
        second = room.start()
        time.sleep(1.5)
        assert recorder.record(take(recorder, "The first still speaks.")).result(30).fresh
        assert second.poll() is None
        first.terminate()
        assert first.wait(10) == 0
        assert recorder.record(take(recorder, "Now the second speaks.")).result(30).fresh


def test_a_frozen_booth_goes_on_when_it_wakes_up(tmp_path: Path) -> None:
    with booths(tmp_path) as room:
        process = room.start()
        recorder = room.recorder
        recorder.record(take(recorder, "It speaks.")).result(30)
        process.send_signal(signal.SIGSTOP)
        future = recorder.record(take(recorder, "It is frozen."))
        time.sleep(0.5)
        assert not future.done()
        process.send_signal(signal.SIGCONT)
        assert future.result(30).fresh


def test_who_pressed_play_does_not_wait_for_a_frozen_booth_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrator, "PATIENCE_SECONDS", 0.5)
    with booths(tmp_path) as room:
        process = room.start()
        room.recorder.record(take(room.recorder, "It speaks.")).result(30)
        process.send_signal(signal.SIGSTOP)
        sentence = Sentence(id="s", written="It is frozen.", spoken="It is frozen.", language="en",
                            kind=BlockKind.PARAGRAPH, block=0, pause_ms=300)  # fmt: skip
        reader = narrator.Narrator(room.recorder)
        with pytest.raises(BoothAwayError, match="does not answer"):
            reader.piece(sentence, "tick/tock", listener="somebody")
        process.send_signal(signal.SIGCONT)
        monkeypatch.setattr(narrator, "PATIENCE_SECONDS", 30.0)
        assert reader.piece(sentence, "tick/tock", listener="somebody")


def test_an_engine_that_hangs_costs_its_sentence_and_no_other(tmp_path: Path) -> None:
    hang = 'if "wolf" in request.text: __import__("time").sleep(3600)'
    settings = {"VOICE_APP_BOOTH__STALL_SECONDS": "0.5", "VOICE_APP_NARRATION__THREADS": "1"}
    with booths(tmp_path, before=hang, **settings) as room:
        process = room.start()
        recorder = room.recorder
        asked = ["Before.", "A wolf.", "After.", "And after that."]
        futures = {text: recorder.record(take(recorder, text)) for text in asked}
        for text in ("Before.", "After.", "And after that."):
            assert futures[text].result(60).fresh
        with pytest.raises(EngineFailedError, match="in the midst"):
            futures["A wolf."].result(60)
        assert process.poll() is None
        assert room.spoken().count("A wolf.") == 2
        # a third hanging thread is one too many: it ends, is started again, and goes on
        third = recorder.record(take(recorder, "Another wolf."))
        assert process.wait(60) == AGAIN
        room.start()
        assert recorder.record(take(recorder, "It speaks again."), urgency=Urgency.NOW).result(60).fresh
        third.cancel()


def test_a_sentence_that_kills_every_booth_is_given_up_and_the_others_are_spoken(tmp_path: Path) -> None:
    die = 'if "wolf" in request.text: __import__("os")._exit(9)'
    with booths(tmp_path, before=die, VOICE_APP_NARRATION__THREADS="1") as room:
        process = room.start()
        recorder = room.recorder
        futures = [recorder.record(take(recorder, text)) for text in ("Before.", "A wolf.", "After.", "The end.")]
        while not all(future.done() for future in futures):
            if process.poll() is not None:
                process = room.start()
            time.sleep(0.05)
        assert [future.exception() is None for future in futures] == [True, False, True, True]


def test_a_booth_that_holds_too_much_memory_ends_itself(tmp_path: Path) -> None:
    with booths(tmp_path, VOICE_APP_BOOTH__MAX_MEMORY_MB="20") as room:
        assert room.start().wait(30) == AGAIN
