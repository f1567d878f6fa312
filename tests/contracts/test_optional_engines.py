"""Engines that a user adds: kokoro with a tiny model, piper with a stand-in for its program, and outside packages."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import require
from tests.contracts import tiny_kokoro
from tests.contracts.engine_contract import SENTENCE, EngineContract
from voice_app.audio.encode import decode
from voice_app.config import Config
from voice_app.config import Kokoro as KokoroSettings
from voice_app.config import Piper as PiperSettings
from voice_app.errors import EngineFailedError, EngineUnavailableError
from voice_app.model import SpeakRequest
from voice_app.speech.engine import Engine, Workshop
from voice_app.speech.engines import kokoro, piper

STAND_IN = Path(__file__).with_name("piper_stand_in.py")


def kokoro_in(folder: Path) -> Engine:
    return kokoro.make(Workshop(config=Config(kokoro=KokoroSettings(folder=folder)), decode=decode))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kokoro") / "kokoro"
    tiny_kokoro.fill(folder)
    return folder


class TestKokoro(EngineContract):
    @pytest.fixture
    def engine(self, folder: Path) -> Engine:
        return kokoro_in(folder)

    def test_without_the_model_it_says_how_to_get_it(self, tmp_path: Path) -> None:
        with pytest.raises(EngineUnavailableError, match="make kokoro"):
            kokoro_in(tmp_path)

    def test_a_model_that_is_not_whole_says_how_to_get_it(self, tmp_path: Path) -> None:
        tiny_kokoro.fill(tmp_path / "kokoro")
        (tmp_path / "kokoro" / "model.onnx").write_bytes(tiny_kokoro.model()[:200])
        engine = kokoro_in(tmp_path / "kokoro")
        with pytest.raises(EngineUnavailableError, match="make kokoro"):
            engine.speak(SpeakRequest(text=SENTENCE, language="en", voice="af_heart"))

    def test_only_languages_it_can_pronounce_are_offered(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kokoro.shutil, "which", lambda program: None)
        assert [voice.name for voice in kokoro_in(folder).voices()] == ["af_heart", "am_adam", "bf_emma"]
        monkeypatch.setattr(kokoro.shutil, "which", lambda program: "/usr/bin/espeak-ng")
        assert [voice.name for voice in kokoro_in(folder).voices()][3:] == ["ef_dora"]

    def test_voices_and_rates_differ(self, engine: Engine) -> None:
        heart, adam = (
            engine.speak(SpeakRequest(text=SENTENCE, language="en", voice=name)).samples
            for name in ("af_heart", "am_adam")
        )
        assert np.abs(heart).max() == pytest.approx(0.5, abs=0.02)
        assert np.abs(adam).max() == pytest.approx(0.45, abs=0.02)

    def test_another_file_of_a_voice_is_another_version(self, tmp_path: Path) -> None:
        tiny_kokoro.fill(tmp_path / "kokoro")
        before = {voice.name: voice.version for voice in kokoro_in(tmp_path / "kokoro").voices()}
        np.zeros((510, 256), "<f4").tofile(tmp_path / "kokoro" / "voices" / "am_adam.bin")
        after = {voice.name: voice.version for voice in kokoro_in(tmp_path / "kokoro").voices()}
        assert [name for name in before if before[name] != after[name]] == ["am_adam"]

    def test_words_sound_when_the_network_says(self, engine: Engine) -> None:
        text, each = "Seven, and 10am.", 2 * tiny_kokoro.SAMPLES / 2 / 24_000
        speech = engine.speak(SpeakRequest(text=text, language="en", voice="af_heart"))
        assert [text[mark.start : mark.end] for mark in speech.marks] == ["Seven", "and", "10am"]
        symbols = round(len(speech.samples) / tiny_kokoro.SAMPLES)
        assert speech.marks[-1].end_seconds == pytest.approx((symbols - 2) * each, abs=2 * each)
        starts = [mark.start_seconds for mark in speech.marks]
        assert starts == sorted(starts)
        assert starts[1] > 6 * each

    def test_a_model_that_does_not_tell_them_speaks_without_word_times(self, tmp_path: Path) -> None:
        tiny_kokoro.fill(tmp_path / "kokoro")
        (tmp_path / "kokoro" / "model.onnx").write_bytes(tiny_kokoro.model(tells_durations=False))
        speech = kokoro_in(tmp_path / "kokoro").speak(SpeakRequest(text=SENTENCE, language="en", voice="af_heart"))
        assert speech.samples.any()
        assert speech.marks == ()

    @pytest.mark.outside
    def test_words_of_other_languages_have_their_times_where_espeak_keeps_them_apart(self, engine: Engine) -> None:
        require("espeak-ng")
        text = "Buenos días, muchacho: ¿qué hora es?"
        speech = engine.speak(SpeakRequest(text=text, language="es", voice="ef_dora"))
        found = [text[mark.start : mark.end] for mark in speech.marks]
        assert found == ["Buenos", "días", "muchacho", "qué", "hora", "es"]

    @pytest.mark.outside
    def test_spanish_is_pronounced_as_spanish_and_keeps_its_pauses(self, engine: Engine) -> None:
        require("espeak-ng")
        assert isinstance(engine, kokoro.Kokoro)
        phonemes = engine._spelt("Buenos días, muchacho: ¿qué hora es?", "e")[0]
        assert phonemes.endswith("ias, muʧˈaʧo: kˈe ˈoɾa ˈes?")
        assert set(phonemes) <= set(kokoro._alphabet())

    def test_what_espeak_ties_together_is_one_letter(self) -> None:
        assert kokoro.in_alphabet("t^ʃˈa^ʊ\n (en)wˈɜːk(es) lə- mˈɔ̃d") == "ʧˈW wˈɜːk lə mˈɔ̃d"


@pytest.fixture
def voices(tmp_path: Path) -> Path:
    folder = tmp_path / "voices"
    folder.mkdir()
    for name, code in (("de_DE-loud-low", "de_DE"), ("en_US-quiet-low", "en_US")):
        (folder / f"{name}.onnx").write_bytes(name.encode())
        (folder / f"{name}.onnx.json").write_text(json.dumps({"language": {"code": code}}), encoding="utf-8")
    return folder


@pytest.fixture
def engine(voices: Path) -> Iterator[piper.Piper]:
    made = piper_with(voices)
    yield made
    made.close()


def piper_with(
    voices: Path, program: str = f"{shlex.quote(sys.executable)} {shlex.quote(str(STAND_IN))}"
) -> piper.Piper:
    config = Config(piper=PiperSettings(folder=voices, program=program))
    return piper.make(Workshop(config=config, decode=decode))


def asked(text: str, voice: str = "en_US-quiet-low", rate: float = 1.0) -> SpeakRequest:
    return SpeakRequest(text=text, language="en", voice=voice, rate=rate)


class TestPiper(EngineContract):
    @pytest.fixture
    def engine(self, engine: piper.Piper) -> Engine:  # type: ignore[override]
        return engine


def test_pipers_voices_are_the_folders_with_their_languages(engine: piper.Piper, voices: Path) -> None:
    assert [(voice.name, voice.language) for voice in engine.voices()] == [
        ("de_DE-loud-low", "de-DE"),
        ("en_US-quiet-low", "en-US"),
    ]
    assert engine.voices()[0].version != engine.voices()[1].version


def test_a_voice_of_piper_that_is_not_whole_is_not_offered(voices: Path) -> None:
    (voices / "de_DE-loud-low.onnx.json").write_text("{", encoding="utf-8")
    (voices / "xx.onnx").write_bytes(b"no json beside it")
    assert [voice.name for voice in piper_with(voices).voices()] == ["en_US-quiet-low"]


def test_piper_stays_running_between_sentences_and_ends_when_closed(engine: piper.Piper) -> None:
    engine.speak(asked("one two three"))
    process = engine._process
    assert process is not None
    engine.speak(asked("four five six"))
    assert engine._process is process
    engine.close()
    assert not process.is_alive
    assert not process._folder.exists()


def test_another_voice_or_rate_of_piper_is_another_process(engine: piper.Piper) -> None:
    quiet = engine.speak(asked("one two three")).samples
    loud = engine.speak(asked("one two three", "de_DE-loud-low")).samples
    slow = engine.speak(asked("one two three", rate=0.5)).samples
    assert np.abs(loud).max() > 2 * np.abs(quiet).max()
    assert len(slow) == pytest.approx(2 * len(quiet), rel=0.01)


def test_a_piper_that_dies_is_started_again(engine: piper.Piper) -> None:
    with pytest.raises(EngineFailedError, match="ended"):
        engine.speak(asked("now die please"))
    assert engine.speak(asked("one two three")).samples.any()


def test_a_piper_that_hangs_is_ended_and_its_late_words_are_nobodys(
    engine: piper.Piper, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = engine.speak(asked("one two three")).samples
    monkeypatch.setattr(piper, "TIMEOUT_SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(EngineFailedError, match="too long"):
        engine.speak(asked("now hang a while"))
    assert time.monotonic() - began < 5
    monkeypatch.setattr(piper, "TIMEOUT_SECONDS", 20.0)
    assert engine.speak(asked("one two three")).samples.tobytes() == whole.tobytes()


def test_a_broken_file_of_piper_is_an_error(engine: piper.Piper) -> None:
    with pytest.raises(EngineFailedError, match="no sound"):
        engine.speak(asked("garble this"))


def test_other_files_that_piper_speaks_of_are_left_alone(engine: piper.Piper) -> None:
    assert engine.speak(asked("chatter as you like")).samples.any()


def test_a_line_break_is_no_second_sentence(engine: piper.Piper) -> None:
    engine.speak(asked("one\ntwo\r\nthree\u2028four"))
    again = engine.speak(asked("five"))
    assert len(again.samples) / again.sample_rate == pytest.approx(0.25, abs=0.01)


def test_without_the_program_or_a_voice_piper_says_what_to_do(voices: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailableError, match=r"piper\.program"):
        piper_with(voices, program="no-such-program-anywhere")
    with pytest.raises(EngineUnavailableError, match=r"piper\.folder"):
        piper_with(tmp_path / "nothing")
    assert shutil.which("no-such-program-anywhere") is None
