"""The embedded voice: hibari-tts, a small neural voice whose model is in its wheel. Offline, about 100 times real time.

Its noise component depends on the sentence alone, and one ONNX thread is used, so the same text gives the same bytes
on the same machine and library versions.
"""

from __future__ import annotations

import gc
import hashlib
import json
import re
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voice_app.errors import EngineFailedError, EngineUnavailableError, NothingToSayError, UnknownVoiceError
from voice_app.model import SpeakRequest, Speech, Voice
from voice_app.speech.durations import Part, marks, padded
from voice_app.speech.engine import EngineInfo, Workshop
from voice_app.speech.english import assets, rules, spelt, tables, unpacked
from voice_app.speech.graph import with_outputs
from voice_app.speech.onnx import failures, loaded
from voice_app.speech.spectra import BINS, MAX_BLOCK, sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "hibari"
VOICE = "heart"
MODEL = "hibari.onnx"
SAMPLE_RATE_HZ = 24_000
MAX_PHONEMES = 400  # the length the model was trained for; hibari's own limit
HEART_GAIN_DB = 10.2  # calibrated with the limiter in place: tests/contracts/test_engines.py measures it again
BANK_SIZE, BANK_SEED = 400_009, 1  # complex numbers, 3 MB; a prime, so that the frames never line up with it
NOISE_VERSION = "bank3"
MARKS_VERSION = "words1"  # clips of versions without marks are spoken once more
LEAD_SECONDS = 0.03  # stops close 40 ms and hisses begin 35 ms before their durations say, hisses end 15 ms before
SPECTRA, PITCH, DURATIONS = "/head/Add_output_0", "f0", "/Round_output_0"  # inner values of the network
TURNING = ("/Transpose_58", "/Split")  # its last steps turn the spectra round and copy them: a twentieth of its time
DURATION_SAMPLES = 600  # durations are in units of 25 ms, one a phoneme
LOADING_THREADS = 3
_CLAUSE = re.compile(r"(?<=[,;:—.!?])\s+")
_loading = threading.Lock()


def make(workshop: Workshop) -> Hibari:
    del workshop  # it needs nothing from the house
    return Hibari(assets() / MODEL)


def _model() -> Any:
    """The loaded model and its pronunciation, shared by all threads: both are only read after loading."""
    with _loading:
        return _load()


@lru_cache(maxsize=1)
def _load() -> Any:
    """The network, the noise and the dictionaries, made by threads of their own while this one imports and reads.

    Collecting garbage between so many objects that all stay would cost a fifth of the time.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        with ThreadPoolExecutor(LOADING_THREADS) as others:
            texts = {name: others.submit(unpacked, name) for name in tables(british=False)}
            network = others.submit(_network())  # first, as it takes longest and lets this thread work meanwhile
            others.submit(_bank)
            with _bare():
                import hibari.dsp  # noqa: F401 - for `spectra.py`
                from hibari.g2p.oov import OOV

                guesser = others.submit(OOV)  # for words that stand in no dictionary
                g2p = rules({name: text.result() for name, text in texts.items()}, british=False)
            g2p._oov = guesser.result()
            alphabet = json.loads((assets() / "vocab.json").read_bytes())
            return _Voice(network=network.result(), alphabet=alphabet, g2p=g2p)
    except (ImportError, zlib.error) as problem:
        raise EngineUnavailableError("The embedded voice is not whole.", todo="Run `make clean run`.") from problem
    except failures() as problem:
        raise EngineUnavailableError(
            f"The embedded voice cannot be loaded ({type(problem).__name__}).", todo="Run `make clean run`."
        ) from problem
    finally:
        gc.freeze()
        if was_collecting:
            gc.enable()


def _network() -> Callable[[], Any]:
    """What loads the network, when all is done that needs Python."""
    import onnxruntime  # noqa: F401 - for `loaded`, which would import it in the other thread

    model = with_outputs((assets() / MODEL).read_bytes(), (SPECTRA, PITCH, DURATIONS), without=TURNING)
    return partial(loaded, model)


@contextmanager
def _bare() -> Iterator[None]:
    """Import no more of hibari than is asked for.

    Its own start imports what fetches other voices, and takes its Fourier transforms from scipy where there is one: a
    quarter of the time of loading the voice, for what nothing here needs.
    """
    modules: dict[str, Any] = sys.modules
    spec = find_spec("hibari")
    if spec is None:
        raise ImportError("hibari")
    instead = {"scipy.fft": None, "hibari": module_from_spec(spec)}
    added = {name: module for name, module in instead.items() if name not in modules}
    modules.update(added)  # None is taken for missing
    try:
        yield
    finally:
        for name in added:
            del modules[name]


@lru_cache(maxsize=1)
def _version(model: Path) -> str:
    digest = hashlib.sha256(model.read_bytes()).hexdigest()[:12]
    packages = model.parents[2]
    versions = "+".join(_installed(packages, name) for name in ("hibari_tts", "onnxruntime"))
    return f"{versions}+{digest}+{NOISE_VERSION}+{MARKS_VERSION}"


def _installed(packages: Path, name: str) -> str:
    """A package's version from its folder's name: importlib.metadata takes 40 ms to say the same."""
    found = [path.stem.split("-")[1] for path in packages.glob(f"{name}-*.dist-info")]
    if len(found) == 1:
        return found[0]
    import importlib.metadata

    return importlib.metadata.version(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    """The network, the numbers of its phonemes, and what turns text into phonemes."""

    network: Any
    alphabet: Mapping[str, int]
    g2p: Any

    def sound(self, phonemes: str, rate: float, noise: _Noise) -> Part:
        """What the model's own `from_ids` does, and the durations."""
        import numpy as np

        ids = [0, *(self.alphabet[c] for c in phonemes if c in self.alphabet), 0]
        given = {"ids": np.asarray([ids], np.int64), "speed": np.asarray([rate], np.float32)}
        spectra, pitch_hz, units = self.network.run(None, given)
        samples = sound(spectra[0], pitch_hz[0], noise.rows)
        noise.leave(pitch_hz.shape[1])
        seconds = (units.reshape(-1) * (DURATION_SAMPLES / SAMPLE_RATE_HZ)).tolist()
        return Part(samples=samples, timed=padded(phonemes, self.alphabet, seconds))


class Hibari:
    """The voice `heart`, American English. It is loaded when it first speaks: a cached article never needs it."""

    def __init__(self, model: Path) -> None:
        self.info = EngineInfo(name=NAME, version=_version(model), licence="Apache-2.0", can_fork=True)

    def voices(self) -> tuple[Voice, ...]:
        return (Voice(engine=NAME, name=VOICE, language="en-US", licence="Apache-2.0", gain_db=HEART_GAIN_DB),)

    def speak(self, request: SpeakRequest) -> Speech:
        import numpy as np

        if request.voice != VOICE:
            raise UnknownVoiceError(f"The engine hibari has no voice {request.voice!r}.", voice=request.voice)
        voice = _model()
        phonemes, words = spelt(voice.g2p, request.text, voice.alphabet)
        if not any(c.isalpha() for c in phonemes):
            raise NothingToSayError
        noise = _Noise(_seed(request.text))
        try:
            parts = [voice.sound(piece, request.rate, noise) for piece in pieces(phonemes)]
        except failures() as problem:
            raise EngineFailedError("The embedded voice failed on a sentence.") from problem
        samples: NDArray[np.float32] = np.concatenate([part.samples for part in parts])
        if not samples.size:
            raise EngineFailedError("The embedded voice gave no sound for a sentence.")
        timed = [symbol for part in parts for symbol in part.timed]
        return Speech(
            samples=samples,
            sample_rate=SAMPLE_RATE_HZ,
            marks=marks(words, timed, samples, SAMPLE_RATE_HZ, lead_seconds=LEAD_SECONDS),
        )

    def close(self) -> None:
        """Nothing to do: the model is shared and lives as long as the process."""


class _Noise:
    """Stands in for NumPy's generator, which would take a tenth of the time of speaking.

    Hands out stretches of one bank of Gaussian noise, from a place that the seed chooses. The bank lasts for eight
    seconds: nobody notices noise that comes back after so long a time, in another shape.
    """

    def __init__(self, seed: int) -> None:
        self._at = seed % BANK_SIZE

    def rows(self, first: int, count: int) -> NDArray[np.complex64]:
        """The noise for so many frames, MAX_BLOCK at most, from this one; only to be read."""
        start = (self._at + first * BINS) % BANK_SIZE
        return _bank()[start : start + count * BINS].reshape(count, BINS)

    def leave(self, count: int) -> None:
        """So many frames are done; the next is the first."""
        self._at = (self._at + count * BINS) % BANK_SIZE


@lru_cache(maxsize=1)
def _bank() -> NDArray[np.complex64]:
    """The bank, and behind its end its beginning once more, so that what is asked for never has to be joined."""
    import numpy as np

    bank = np.empty(BANK_SIZE + MAX_BLOCK * BINS, np.complex64)
    np.random.default_rng(BANK_SEED).standard_normal(dtype=np.float32, out=bank[:BANK_SIZE].view(np.float32))
    bank[BANK_SIZE:] = bank[: MAX_BLOCK * BINS]
    return bank


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def pieces(phonemes: str) -> list[str]:
    """Cut phonemes into pieces of at most MAX_PHONEMES: at clauses, else at blanks, else anywhere.

    A longer input costs memory without bound (2,000 characters without a comma: 800 MB).
    """
    found: list[str] = []
    for clause in _CLAUSE.split(phonemes):
        for part in _short(clause):
            if found and len(found[-1]) + len(part) + 1 <= MAX_PHONEMES:
                found[-1] += f" {part}"
            else:
                found.append(part)
    return found


def _short(clause: str) -> list[str]:
    parts: list[str] = []
    while len(clause) > MAX_PHONEMES:
        cut = clause.rfind(" ", 1, MAX_PHONEMES)
        cut = cut if cut > 0 else MAX_PHONEMES
        parts.append(clause[:cut])
        clause = clause[cut:].lstrip()
    return [*parts, clause] if clause else parts
