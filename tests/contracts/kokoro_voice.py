"""The contract with the real model of Kokoro: `make test-kokoro`. It takes minutes, so `make test` leaves it out.

There, the engine runs with a tiny model in its place: tests/contracts/test_optional_engines.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.engine_contract import SENTENCE
from tests.contracts.words_contract import WordsContract
from voice_app.audio.encode import decode
from voice_app.config import load
from voice_app.model import SpeakRequest
from voice_app.speech.engine import Engine, Workshop
from voice_app.speech.engines import kokoro

pytestmark = pytest.mark.timeout(600)


class TestTheRealKokoro(WordsContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return kokoro.make(Workshop(config=load(file=Path("voice_app.toml")), decode=decode))

    def test_every_voice_speaks(self, engine: Engine) -> None:
        for voice in engine.voices():
            speech = engine.speak(SpeakRequest(text="One, two.", language=voice.language, voice=voice.name))
            assert 0.3 < len(speech.samples) / speech.sample_rate < 6, voice.id

    def test_a_faster_rate_is_shorter(self, engine: Engine) -> None:
        usual = engine.speak(self.request(engine, SENTENCE)).samples
        fast = engine.speak(self.request(engine, SENTENCE, rate=1.5)).samples
        assert 1.3 < len(usual) / len(fast) < 1.7
