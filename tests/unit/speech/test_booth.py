"""The booth: each sentence spoken once, by one engine per thread, with another try when an engine fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from voice_app.errors import EngineFailedError, EngineUnavailableError, UnknownVoiceError
from voice_app.model import SpeakRequest, Speech
from voice_app.speech.booth import Booth
from voice_app.speech.clips import Clips
from voice_app.speech.engine import Engine, EngineInfo
from voice_app.testing import MemoryBlobs, TickEngine


def request_for(text: str) -> SpeakRequest:
    return SpeakRequest(text=text, language="en", voice="tock")


class Workroom:
    """Engines as the booth makes them, kept for the test to look at."""

    def __init__(self, engine: type[TickEngine] = TickEngine) -> None:
        self.engines: list[TickEngine] = []
        self._engine = engine

    def make(self, name: str) -> Engine:
        if name != "tick":
            raise EngineUnavailableError(f"There is no {name} here.")
        self.engines.append(self._engine())
        return self.engines[-1]

    @property
    def spoken(self) -> list[str]:
        return [text for engine in self.engines for text in engine.spoken]


@pytest.fixture
def room() -> Workroom:
    return Workroom()


@pytest.fixture
def booth(room: Workroom) -> Iterator[Booth]:
    booth = Booth(room.make, names=("absent", "tick"), clips=Clips(MemoryBlobs()))
    yield booth
    booth.close()


@pytest.mark.parametrize("name", ["tick/tock", "tick", "tock"])
def test_a_voice_is_found_by_engine_by_name_or_by_both(booth: Booth, name: str) -> None:
    assert booth.voice(name).id == "tick/tock"


@pytest.mark.parametrize("name", ["nobody", "tick/nobody", "nobody/tock"])
def test_an_unknown_voice_is_named_in_the_error(booth: Booth, name: str) -> None:
    with pytest.raises(UnknownVoiceError, match=name):
        booth.voice(name)


def test_a_sentence_is_spoken_once_then_comes_from_the_cache(booth: Booth, room: Workroom) -> None:
    voice = booth.voice("tock")
    first, fresh = booth.clip(request_for("Good morning."), voice)
    again, spoken_again = booth.clip(request_for("Good morning."), voice)
    assert (fresh, spoken_again) == (True, False)
    assert first == again
    assert room.spoken == ["Good morning."]


def test_many_threads_asking_for_one_sentence_speak_it_once(booth: Booth, room: Workroom) -> None:
    voice = booth.voice("tock")
    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(lambda _: booth.clip(request_for("The same for all."), voice), range(16)))
    assert sum(fresh for _, fresh in outcomes) == 1
    assert len(room.spoken) == 1


def test_an_engine_is_used_by_one_thread_at_a_time(booth: Booth, room: Workroom) -> None:
    voice = booth.voice("tock")
    barrier = threading.Barrier(4)

    def work(n: int) -> None:
        barrier.wait(timeout=5)
        booth.clip(request_for(f"Sentence {n}."), voice)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len([engine for engine in room.engines if engine.spoken]) == 4


class Faltering(TickEngine):
    """Fails the first time it is asked for a sentence."""

    def speak(self, request: SpeakRequest) -> Speech:
        if not self.spoken:
            self.spoken.append("failed")
            raise EngineFailedError
        return super().speak(request)


def test_a_failing_engine_is_asked_once_more() -> None:
    room = Workroom(Faltering)
    booth = Booth(room.make, names=("tick",), clips=Clips(MemoryBlobs()))
    assert booth.clip(request_for("Good morning."), booth.voice("tock"))[1]
    booth.close()


def test_an_engine_that_keeps_failing_is_an_error() -> None:
    engine = TickEngine(fail_on="wolf")
    booth = Booth(lambda name: engine, names=("tick",), clips=Clips(MemoryBlobs()))
    with pytest.raises(EngineFailedError):
        booth.clip(request_for("Here comes the wolf"), booth.voice("tock"))
    booth.close()


class Away(TickEngine):
    """Sends what it is given to another computer."""

    def __init__(self) -> None:
        super().__init__()
        self.info = EngineInfo(name="tick", version="1", licence="MIT", remote=True)


def test_a_name_alone_never_leads_to_an_engine_that_sends_text_away() -> None:
    booth = Booth(Workroom(Away).make, names=("absent", "tick"), clips=Clips(MemoryBlobs()))
    assert booth.voice("tick/tock").id == "tick/tock"
    with pytest.raises(UnknownVoiceError, match="tock"):
        booth.voice("tock")
    booth.close()


def test_engines_are_told_with_their_voices_or_with_what_is_wrong(booth: Booth) -> None:
    absent, tick = booth.companies()
    assert absent.problem.startswith("There is no absent here.")
    assert [voice.id for voice in tick.voices] == ["tick/tock", "tick/tack", "tick/english"]


def test_a_voice_that_changes_alone_has_other_keys(booth: Booth) -> None:
    voice = booth.voice("tock")
    assert booth.key(request_for("Good morning."), voice) != booth.key(
        request_for("Good morning."), replace(voice, version="2")
    )
