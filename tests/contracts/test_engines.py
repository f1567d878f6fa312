"""Every engine against the contract, and what is particular to each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hibari import Hibari as Model
from numpy.typing import NDArray

from tests.conftest import require
from tests.contracts.engine_contract import SENTENCE, EngineContract
from tests.contracts.words_contract import WordsContract
from voice_app.audio.encode import decode
from voice_app.audio.press import Press
from voice_app.config import Config
from voice_app.model import SpeakRequest
from voice_app.recording.recorder import CALIBRATION
from voice_app.speech.booth import Booth
from voice_app.speech.clips import Clips
from voice_app.speech.engine import Engine, Workshop
from voice_app.speech.engines import espeak, hibari
from voice_app.speech.spectra import MAX_BLOCK
from voice_app.testing import MemoryBlobs, TickEngine

WORKSHOP = Workshop(config=Config(), decode=decode)


class TestTick(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return TickEngine()

    def test_every_word_is_marked(self, engine: Engine) -> None:
        marks = engine.speak(self.request(engine, "One, “two” three-four.")).marks
        assert [(m.start, m.end, m.start_seconds, m.end_seconds) for m in marks] == [
            (0, 3, 0.0, 0.3),
            (6, 9, 0.3, 0.6),
            (11, 21, 0.6, pytest.approx(0.9)),
        ]


class _AsGenerator:
    """The bank as the package asks for noise: a row for each frequency, real and imaginary parts by turns."""

    def __init__(self, noise: hibari._Noise) -> None:
        self._noise = noise

    def standard_normal(self, shape: tuple[int, int], dtype: object = None) -> NDArray[np.float32]:
        frames = shape[1] // 2
        blocks = [self._noise.rows(at, min(MAX_BLOCK, frames - at)) for at in range(0, frames, MAX_BLOCK)]
        self._noise.leave(frames)
        return np.ascontiguousarray(np.concatenate(blocks).T).view(np.float32)


class TestHibari(WordsContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return hibari.make(WORKSHOP)

    def test_the_version_holds_the_digest_of_the_model_and_the_noise(self, engine: Engine) -> None:
        assert engine.info.version.endswith(f"+5f70741d4e90+{hibari.NOISE_VERSION}+{hibari.MARKS_VERSION}")

    @pytest.mark.parametrize("text", [SENTENCE, "Wait—what? It’s 10am; nobody, not even she, knew.", "word " * 200])
    def test_it_sounds_as_the_package_itself_would_with_this_noise(self, engine: Engine, text: str) -> None:
        plain = Model(voice="heart", threads=1)
        noise = _AsGenerator(hibari._Noise(hibari._seed(text)))
        parts = [plain.from_ids(plain.ids(p), 1.0, noise) for p in hibari.pieces(plain.g2p(text))]
        whole = np.concatenate(parts)
        ours = engine.speak(self.request(engine, text)).samples
        assert np.allclose(ours, whole, rtol=0, atol=2 / 32768)  # two steps of a clip's 16 bits
        assert 20 * np.log10((ours - whole).std() / whole.std()) < -80

    def test_a_text_that_the_voice_reads_as_more_words_has_no_marks(self, engine: Engine) -> None:
        """The script writes such signs out, so this is for texts that come some other way."""
        assert engine.speak(self.request(engine, "It was 5°C outside.")).marks == ()

    def test_the_noise_is_gaussian_and_its_own(self) -> None:
        first, second, other = (_AsGenerator(hibari._Noise(seed)).standard_normal((601, 4000)) for seed in (7, 7, 8))
        assert (first == second).all()
        assert not (first == other).all()
        assert abs(float(first.mean())) < 0.01
        assert abs(float(first.std()) - 1.0) < 0.01
        assert abs(float(np.mean(first**4)) - 3.0) < 0.05
        frames = np.corrcoef(first.T[:80])  # no frame is another, also where the bank begins again
        assert float(np.abs(frames - np.eye(80)).max()) < 0.25

    def test_a_long_sentence_is_cut_so_that_memory_is_bounded(self) -> None:
        pieces = hibari.pieces("wˈɜɹd " * 300 + "x" * 1000)
        assert max(map(len, pieces)) <= hibari.MAX_PHONEMES
        assert "".join(pieces).replace(" ", "") == ("wˈɜɹd" * 300 + "x" * 1000)

    @pytest.mark.parametrize("maker", [hibari.make, lambda workshop: TickEngine()], ids=["hibari", "tick"])
    def test_its_shipped_gain_is_the_one_calibration_measures(self, maker: Callable[[Workshop], Engine]) -> None:
        engine = maker(WORKSHOP)
        voice = engine.voices()[0]
        booth = Booth(lambda name: engine, names=(voice.engine,), clips=Clips(MemoryBlobs()))
        requests = [SpeakRequest(text=text, language="en", voice=voice.name) for text in CALIBRATION]
        clips = [booth.clip(request, voice)[0] for request in requests]
        booth.close()
        assert voice.gain_db == pytest.approx(Press(MemoryBlobs()).calibrated_gain_db(clips), abs=0.3)


@pytest.mark.outside
class TestEspeak(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        require("espeak-ng")
        return espeak.make(WORKSHOP)

    def test_all_its_languages_are_there_and_a_name_is_a_tag(self, engine: Engine) -> None:
        voices = {voice.name: voice for voice in engine.voices()}
        assert len(voices) == len(engine.voices()) > 100
        assert {"es", "pt-br", "hi", "zh", "cmn"} & set(voices) >= {"es", "pt-br", "hi"}
        assert (voices["fr-fr"].language, voices["fr-fr"].label) == ("fr", "French (France)")

    def test_every_language_speaks_its_own_way(self, engine: Engine) -> None:
        spoken = {
            name: engine.speak(SpeakRequest(text="Nation 21", language=name, voice=name)).samples.tobytes()
            for name in ("en-us", "de", "fr-fr", "es", "fi")
        }
        assert len(set(spoken.values())) == 5
