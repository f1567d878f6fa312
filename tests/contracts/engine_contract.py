"""What every speech engine must do. Subclass it, give `make_engine`, and the tests run against the real thing."""

from __future__ import annotations

import numpy as np
import pytest

from voice_app.errors import NothingToSayError, SpeechError, UnknownVoiceError
from voice_app.model import SpeakRequest
from voice_app.speech.engine import Engine
from voice_app.speech.health import ailment

SENTENCE = "The kettle is on, and the guests will be here before noon."
MARKED = (
    SENTENCE,
    "  “Don’t!” she said — twice —, \n and the well-known O'Neill (aged 42) left… café naïve 漢字 done. ",
    "Five point two million dollars, e.g. 10 km; 1/2 of it: A.B.C. & rock 'n' roll.",
    "one two three four five " * 30,
)


class EngineContract:
    """Same text, same bytes; only SpeechError; never silence instead of an error."""

    @pytest.fixture
    def engine(self) -> Engine:
        raise NotImplementedError

    def request(self, engine: Engine, text: str = SENTENCE, *, rate: float = 1.0) -> SpeakRequest:
        voice = engine.voices()[0]
        return SpeakRequest(text=text, language=voice.language, voice=voice.name, rate=rate)

    def test_it_says_who_it_is(self, engine: Engine) -> None:
        assert engine.info.name
        assert engine.info.version
        assert engine.info.licence
        assert all(voice.engine == engine.info.name for voice in engine.voices())

    def test_a_sentence_becomes_sound_of_a_sensible_length(self, engine: Engine) -> None:
        speech = engine.speak(self.request(engine))
        assert speech.samples.dtype == np.float32
        assert speech.samples.ndim == 1
        assert np.isfinite(speech.samples).all()
        assert 0.01 < float(np.abs(speech.samples).max()) <= 1.0
        assert 1.0 < len(speech.samples) / speech.sample_rate < 12.0

    def test_the_same_text_gives_the_same_bytes(self, engine: Engine) -> None:
        first, second = (engine.speak(self.request(engine)).samples.tobytes() for _ in range(2))
        assert first == second

    @pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
    @pytest.mark.parametrize("text", [SENTENCE, "No.", "A", "twelve", "1999", "MRI", "seven: Bake.", "Nooooooo!"])
    def test_its_sound_is_found_healthy(self, engine: Engine, text: str, rate: float) -> None:
        request = self.request(engine, text, rate=rate)
        assert ailment(engine.speak(request), request) is None

    @pytest.mark.parametrize("rate", [0.5, 0.75, 1.5, 2.0])
    def test_a_rate_makes_the_sound_longer_or_shorter(self, engine: Engine, rate: float) -> None:
        usual, other = (engine.speak(self.request(engine, rate=each)) for each in (1.0, rate))
        assert len(usual.samples) / len(other.samples) == pytest.approx(rate, rel=0.12)

    def test_another_text_gives_other_bytes(self, engine: Engine) -> None:
        other = engine.speak(self.request(engine, "Nobody in the village could remember such a winter."))
        assert other.samples.tobytes() != engine.speak(self.request(engine)).samples.tobytes()

    @pytest.mark.parametrize("text", ["", "   ", "...!!! ---", "\x00"])
    def test_nothing_to_say_is_an_error_not_silence(self, engine: Engine, text: str) -> None:
        with pytest.raises(NothingToSayError):
            engine.speak(self.request(engine, text))

    def test_a_nul_byte_does_not_stop_it(self, engine: Engine) -> None:
        assert engine.speak(self.request(engine, "before \x00 after")).samples.any()

    def test_an_unknown_voice_is_refused(self, engine: Engine) -> None:
        with pytest.raises(UnknownVoiceError):
            engine.speak(SpeakRequest(text=SENTENCE, language="en", voice="nobody"))

    def test_a_long_text_without_a_full_stop_is_spoken_whole(self, engine: Engine) -> None:
        short = engine.speak(self.request(engine, "one two three four five"))
        long = engine.speak(self.request(engine, "one two three four five " * 20))
        assert len(long.samples) > 8 * len(short.samples)

    def test_it_raises_only_speech_errors(self, engine: Engine) -> None:
        for text in ("𝔘𝔫𝔦𝔠𝔬𝔡𝔢 漢字 🎉 done", "<b>tag</b> &amp; done", "a" * 3000):
            try:
                samples = engine.speak(self.request(engine, text)).samples
            except SpeechError:
                continue
            assert samples.any()

    @pytest.mark.parametrize("text", MARKED)
    @pytest.mark.parametrize("rate", [0.8, 1.0, 1.6])
    def test_marks_are_words_of_the_text_in_order_and_inside_the_sound(
        self, engine: Engine, text: str, rate: float
    ) -> None:
        """An engine that cannot tell when words sound gives none: a sentence's time is enough then."""
        speech = engine.speak(self.request(engine, text, rate=rate))
        at, now = 0, 0.0
        for mark in speech.marks:
            word = text[mark.start : mark.end]
            assert at <= mark.start < mark.end <= len(text)
            assert now <= mark.start_seconds < mark.end_seconds
            assert word[0].isalnum() == word[-1].isalnum() == any(c.isalnum() for c in word), "no signs at its edges"
            assert not any(c.isspace() for c in word)
            assert not text[: mark.start][-1:].isalnum(), "a whole word"
            assert not text[mark.end :][:1].isalnum()
            at, now = mark.end, mark.end_seconds
        assert now <= len(speech.samples) / speech.sample_rate
