"""Kokoro-82M, an open neural voice in several languages: better than the embedded one, and about 50 times as slow.

It is optional: `make kokoro` puts the model and the voices into the folder `kokoro.folder`. English is pronounced by
hibari's rules, which write Kokoro's alphabet; other languages by espeak-ng, when that program is installed. Japanese
and Chinese are not offered: they need rules of their own.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voice_app.errors import EngineFailedError, EngineUnavailableError, NothingToSayError, UnknownVoiceError
from voice_app.model import SpeakRequest, Speech, Voice
from voice_app.speech.durations import Part, Said, marks, padded, words_of
from voice_app.speech.engine import EngineInfo, Workshop
from voice_app.speech.engines.hibari import pieces
from voice_app.speech.english import assets, rules, spelt, tables, unpacked
from voice_app.speech.graph import with_outputs
from voice_app.speech.onnx import failures, loaded

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "kokoro"
SAMPLE_RATE_HZ = 24_000
SOUND, DURATIONS = "audio", "/encoder/Round_output_0"  # the network's output, and an inner value: one a token
DURATION_SAMPLES = 600
LEAD_SECONDS = 0.035  # of 233 words in three voices hisses begin 38 to 42 and stops close 36 to 41 ms early
STYLES, STYLE_SIZE = 510, 256  # a voice file is one style for each number of phonemes
FIRST = "af_heart"
LICENCE = "Apache-2.0"
TIMEOUT_SECONDS = 30.0
ENGLISH = {"a": "en-US", "b": "en-GB"}
BY_ESPEAK = {"e": ("es", "es"), "f": ("fr", "fr"), "h": ("hi", "hi"), "i": ("it", "it"), "p": ("pt-BR", "pt-br")}
"""A voice's first letter: its language, and espeak-ng's name for that."""
PEOPLE = {"f": "woman", "m": "man"}
GLIDES = {
    "a^ɪ": "I", "a^ʊ": "W", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "ɔ^ɪ": "Y",
    "d^ʒ": "ʤ", "t^ʃ": "ʧ", "d^z": "ʣ", "t^s": "ʦ", "s^s": "S",
}  # fmt: skip
"""What espeak-ng ties together is one letter of Kokoro's alphabet."""
_MARKS = re.compile(r"([;:,.!?—…]+)")
_SWITCH = re.compile(r"\([a-z-]+\)")  # espeak-ng says when it reads a word in another language
_loading = threading.Lock()


def make(workshop: Workshop) -> Kokoro:
    folder = workshop.config.kokoro.folder
    if not (folder / "model.onnx").is_file() or not (folder / "voices" / f"{FIRST}.bin").is_file():
        raise EngineUnavailableError("Kokoro's model is not installed.", todo="Run `make kokoro`, which gets 90 MB.")
    return Kokoro(folder)


@lru_cache(maxsize=128)
def _digest(path: Path, size: int, changed_ns: int) -> str:
    del size, changed_ns  # another file under the same name is read again
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _digest_of(path: Path) -> str:
    facts = path.stat()
    return _digest(path, facts.st_size, facts.st_mtime_ns)


class Kokoro:
    """All voices of the folder whose language can be pronounced here. The model is loaded when it first speaks."""

    def __init__(self, folder: Path) -> None:
        import importlib.metadata

        self._folder = folder.absolute()
        self._espeak = shutil.which("espeak-ng") or ""
        parts = [importlib.metadata.version(name) for name in ("hibari-tts", "onnxruntime")]
        version = "+".join([*parts, _digest_of(self._folder / "model.onnx"), "words1"])
        self.info = EngineInfo(name=NAME, version=version, licence=LICENCE)
        self._voices: tuple[Voice, ...] = ()

    def voices(self) -> tuple[Voice, ...]:
        if not self._voices:
            files = sorted((self._folder / "voices").glob("*.bin"), key=lambda file: (file.stem != FIRST, file.stem))
            size = STYLES * STYLE_SIZE * 4
            self._voices = tuple(
                _voice(file, language)
                for file in files
                if (language := self._language(file.stem)) and file.stat().st_size == size
            )
        return self._voices

    def _language(self, name: str) -> str | None:
        if re.fullmatch(r"[a-z][a-z]_[a-z0-9]+", name) is None:
            return None
        if name[0] in BY_ESPEAK and self._espeak:
            return BY_ESPEAK[name[0]][0]
        return ENGLISH.get(name[0])

    def speak(self, request: SpeakRequest) -> Speech:
        import numpy as np

        if request.voice not in {voice.name for voice in self.voices()}:
            raise UnknownVoiceError(f"Kokoro has no voice {request.voice!r}.", voice=request.voice)
        phonemes, words = self._spelt(request.text.replace("\0", " "), request.voice[0])
        if not any(c.isalpha() for c in phonemes):
            raise NothingToSayError
        styles = self._styles(request.voice)
        try:
            parts = [self._spoken(piece, styles, request.rate) for piece in pieces(phonemes)]
        except failures() as problem:
            raise EngineFailedError("Kokoro failed on a sentence.") from problem
        samples: NDArray[np.float32] = np.concatenate([part.samples for part in parts])
        if not samples.any() or not np.isfinite(samples).all():
            raise EngineFailedError("Kokoro gave no sound for a sentence.")
        samples, timed = np.clip(samples, -1.0, 1.0), [symbol for part in parts for symbol in part.timed]
        return Speech(
            samples=samples,
            sample_rate=SAMPLE_RATE_HZ,
            marks=marks(words, timed, samples, SAMPLE_RATE_HZ, lead_seconds=LEAD_SECONDS),
        )

    def _spoken(self, phonemes: str, styles: NDArray[np.float32], rate: float) -> Part:
        import numpy as np

        known = _alphabet()
        ids = [known[c] for c in phonemes if c in known]
        if not ids:
            return Part(samples=np.zeros(0, np.float32), timed=[])
        sound, *units = _model(self._folder / "model.onnx").run(
            None,
            {
                "tokens": np.asarray([[0, *ids, 0]], np.int64),
                "style": styles[min(len(ids), STYLES - 1)][None],
                "speed": np.asarray([rate], np.float32),
            },
        )
        seconds = [(each.reshape(-1) * (DURATION_SAMPLES / SAMPLE_RATE_HZ)).tolist() for each in units]
        timed = [symbol for each in seconds for symbol in padded(phonemes, known, each)]
        return Part(samples=np.asarray(sound, np.float32).reshape(-1), timed=timed)

    def _styles(self, voice: str) -> NDArray[np.float32]:
        import numpy as np

        try:
            styles = np.fromfile(self._folder / "voices" / f"{voice}.bin", "<f4")
            return styles.astype(np.float32, copy=False).reshape(STYLES, STYLE_SIZE)
        except (OSError, ValueError) as problem:
            raise EngineFailedError(
                f"Kokoro's voice {voice} could not be read.", todo="Run `make kokoro`."
            ) from problem

    def _spelt(self, text: str, letter: str) -> tuple[str, tuple[Said, ...]]:
        """The text's phonemes, and which of them are whose: none where espeak-ng says several words as one."""
        if letter in ENGLISH:
            return spelt(_english(british=letter == "b"), text, _alphabet())
        phonemes = "".join(
            part if n % 2 else self._by_espeak(part, BY_ESPEAK[letter][1])
            for n, part in enumerate(_MARKS.split(text))  # espeak-ng would drop the marks, which are heard as pauses
        ).strip()
        known = ["".join(c for c in group if c in _alphabet()) for group in phonemes.split()]
        return phonemes, words_of(text, known)

    def _by_espeak(self, text: str, language: str) -> str:
        if not any(c.isalnum() for c in text):
            return " " if text else ""
        options = ["-q", "--ipa", "--tie=^", "-v", language, "--stdin"]
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program, no shell, the text goes in on standard input
                [self._espeak, *options], input=text.encode(), capture_output=True, timeout=TIMEOUT_SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError) as problem:
            raise EngineFailedError("The program espeak-ng could not pronounce a sentence.") from problem
        before, after = (" " * part.isspace() for part in (text[:1], text[-1:]))
        return f"{before}{in_alphabet(done.stdout.decode(errors='replace'))}{after}"

    def close(self) -> None:
        """Nothing to do: the model is shared and lives as long as the process."""


def in_alphabet(phonemes: str) -> str:
    """What espeak-ng wrote, in the letters that Kokoro learnt."""
    phonemes = _SWITCH.sub("", " ".join(phonemes.split()))
    for tied, letter in GLIDES.items():
        phonemes = phonemes.replace(tied, letter)
    return phonemes.replace("^", "").replace("-", "")


def _voice(file: Path, language: str) -> Voice:
    kind, _, name = file.stem.partition("_")
    label = f"{name.capitalize()}, {PEOPLE.get(kind[1], 'voice')}"
    version = _digest_of(file)
    return Voice(engine=NAME, name=file.stem, language=language, licence=LICENCE, label=label, version=version)


def _model(path: Path) -> Any:
    """The loaded model, shared by all threads."""
    with _loading:
        return _load(path)


@lru_cache(maxsize=1)
def _load(path: Path) -> Any:
    try:
        model = path.read_bytes()
        names = (SOUND, DURATIONS) if DURATIONS.encode() in model else (SOUND,)  # others may have exported it otherwise
        return loaded(with_outputs(model, names))
    except failures() as problem:
        raise EngineUnavailableError("Kokoro's model cannot be loaded.", todo="Run `make kokoro`.") from problem


@lru_cache(maxsize=2)
def _english(*, british: bool) -> Any:
    return rules({name: unpacked(name) for name in tables(british=british)}, british=british)


@lru_cache(maxsize=1)
def _alphabet() -> dict[str, int]:
    """The number of each letter: hibari was distilled from Kokoro and kept its table."""
    found: dict[str, int] = json.loads((assets() / "vocab.json").read_bytes())
    return found
