"""Fakes that ship, for this project's tests and for those who write plug-ins: a speech engine and a blob store.

The engine `tick` makes a short tone for each word, about 2,000 times faster than speech, and marks it exactly: the rest
of the program is the real one. Ask for it as voice "tick/tock".
"""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path

from voice_app.errors import EngineFailedError, MediaNotFoundError, NothingToSayError, UnknownVoiceError
from voice_app.model import Mark, SpeakRequest, Speech, Voice
from voice_app.speech.engine import EngineInfo, Workshop

NAME = "tick"
SAMPLE_RATE_HZ = 24_000
WORD_SECONDS = 0.3


def make(workshop: Workshop) -> TickEngine:
    del workshop
    return TickEngine()


class TickEngine:
    """A tone per word, its pitch from the word. `seconds` slows it down; `fail_on` makes texts with that word fail."""

    def __init__(self, *, seconds: float = 0.0, fail_on: str | None = None) -> None:
        self.info = EngineInfo(name=NAME, version="2", licence="Apache-2.0")
        self.spoken: list[str] = []
        self._seconds = seconds
        self._fail_on = fail_on

    def voices(self) -> tuple[Voice, ...]:
        return (
            Voice(engine=NAME, name="tock", language="en-US", licence="Apache-2.0", gain_db=-2.6),
            Voice(engine=NAME, name="tack", language="en-US", licence="Apache-2.0"),
        )

    def speak(self, request: SpeakRequest) -> Speech:
        import numpy as np

        words = [word for word in request.text.split() if any(c.isalnum() for c in word)]
        if not words:
            raise NothingToSayError
        if request.voice not in {voice.name for voice in self.voices()}:
            raise UnknownVoiceError(f"There is no voice {request.voice!r}.", voice=request.voice)
        if self._fail_on and self._fail_on in words:
            raise EngineFailedError("The tick engine was told to fail.")
        time.sleep(self._seconds)
        self.spoken.append(request.text)
        seconds = np.arange(round(WORD_SECONDS / request.rate * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        swell = np.sin(np.pi * np.arange(len(seconds)) / len(seconds))
        level = 0.5 if request.voice == "tock" else 0.1
        tones = [level * swell * np.sin(2 * np.pi * _pitch_hz(word) * seconds) for word in words]
        samples = np.concatenate(tones).astype(np.float32)
        return Speech(samples=samples, sample_rate=SAMPLE_RATE_HZ, marks=_marks(request.text, len(tones[0])))

    def close(self) -> None:
        """Nothing to do."""


def _marks(text: str, samples_each: int) -> tuple[Mark, ...]:
    pieces = [piece for piece in re.finditer(r"\S+", text) if any(c.isalnum() for c in piece.group())]
    seconds = samples_each / SAMPLE_RATE_HZ
    return tuple(
        Mark(start=start, end=end, start_seconds=n * seconds, end_seconds=(n + 1) * seconds)
        for n, piece in enumerate(pieces)
        for start, end in [_bare(piece.group(), piece.start())]
    )


def _bare(piece: str, at: int) -> tuple[int, int]:
    """Where the piece lies without the signs at its edges."""
    kept = [at + n for n, c in enumerate(piece) if c.isalnum()]
    return kept[0], kept[-1] + 1


def _pitch_hz(word: str) -> int:
    return 300 + hashlib.sha256(word.encode()).digest()[0]


class MemoryBlobs:
    """A blob store without a disk. `path` works only for a folder store, so it always raises MediaNotFoundError."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        return self.held.get(name)

    def write(self, name: str, data: bytes) -> None:
        self.held[name] = data

    def path(self, name: str) -> Path:
        raise MediaNotFoundError(name=name)

    def delete(self, name: str) -> None:
        self.held.pop(name, None)
