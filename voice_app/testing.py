"""Fakes that ship, for this project's tests and for those who write plug-ins: a speech engine and a blob store.

The engine `tick` makes a short tone for each word, about 2,000 times faster than speech, and marks it exactly: the rest
of the program is the real one. Ask for it as voice "tick/tock".
"""

from __future__ import annotations

import hashlib
import itertools
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voice_app.blobs import Entry
from voice_app.errors import EngineFailedError, MediaNotFoundError, NothingToSayError, UnknownVoiceError
from voice_app.model import MANY_LANGUAGES, Mark, SpeakRequest, Speech, Voice
from voice_app.speech.engine import EngineInfo, Workshop

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "tick"
SAMPLE_RATE_HZ = 24_000
WORD_SECONDS = 0.3
LONG_WORD = 11


def make(workshop: Workshop) -> TickEngine:
    del workshop
    return TickEngine()


class TickEngine:
    """A tone per word, its pitch from the word; words of more than LONG_WORD letters are longer.

    `seconds` slows it down; `fail_on` makes texts with that word fail.
    """

    def __init__(self, *, seconds: float = 0.0, fail_on: str | None = None) -> None:
        self.info = EngineInfo(name=NAME, version="3", licence="Apache-2.0", fake=True, can_fork=True)
        self.spoken: list[str] = []
        self._seconds = seconds
        self._fail_on = fail_on

    def voices(self) -> tuple[Voice, ...]:
        return (
            Voice(engine=NAME, name="tock", language=MANY_LANGUAGES, licence="Apache-2.0", gain_db=-3.0),
            Voice(engine=NAME, name="tack", language=MANY_LANGUAGES, licence="Apache-2.0"),
            Voice(engine=NAME, name="english", language="en", licence="Apache-2.0", gain_db=-3.0),
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
        level = 0.5 if request.voice == "tock" else 0.1
        tones = [level * _tone(word, request.rate) for word in words]
        samples = np.concatenate(tones).astype(np.float32)
        marks = _marks(request.text, [len(tone) for tone in tones])
        return Speech(samples=samples, sample_rate=SAMPLE_RATE_HZ, marks=marks)

    def close(self) -> None:
        """Nothing to do."""


def _tone(word: str, rate: float) -> NDArray[np.float64]:
    import numpy as np

    size = round(WORD_SECONDS * max(1.0, len(word) / LONG_WORD) / rate * SAMPLE_RATE_HZ)
    swell = np.sin(np.pi * np.arange(size) / size)
    return np.asarray(swell * np.sin(2 * np.pi * _pitch_hz(word) * np.arange(size) / SAMPLE_RATE_HZ))


def _marks(text: str, sizes: Sequence[int]) -> tuple[Mark, ...]:
    """Where each word, of so many samples, lies in the text and in the sound."""
    pieces = [piece for piece in re.finditer(r"\S+", text) if any(c.isalnum() for c in piece.group())]
    ends = list(itertools.accumulate(sizes))
    return tuple(
        Mark(start=start, end=end, start_seconds=(last - size) / SAMPLE_RATE_HZ, end_seconds=last / SAMPLE_RATE_HZ)
        for piece, size, last in zip(pieces, sizes, ends, strict=True)
        for start, end in [_bare(piece.group(), piece.start())]
    )


def _bare(piece: str, at: int) -> tuple[int, int]:
    """Where the piece lies without the signs at its edges."""
    kept = [at + n for n, c in enumerate(piece) if c.isalnum()]
    return kept[0], kept[-1] + 1


def _pitch_hz(word: str) -> int:
    return 300 + hashlib.sha256(word.encode()).digest()[0]


class MemoryBlobs:
    """A blob store without a disk. It has no paths and notes no use."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def read(self, name: str) -> bytes | None:
        return self.held.get(name)

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        self.held[name] = data if isinstance(data, bytes) else b"".join(data)

    def path(self, name: str) -> Path:
        raise MediaNotFoundError(name=name)

    def delete(self, name: str) -> None:
        self.held.pop(name, None)

    def entries(self, folder: str) -> Iterator[Entry]:
        for name, data in list(self.held.items()):
            if name.startswith(f"{folder}/"):
                yield Entry(name=name, bytes=len(data), used_at=0.0)
