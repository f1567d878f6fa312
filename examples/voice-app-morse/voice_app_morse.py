"""The voice "morse/key": a worked example of a speech engine in a package of its own."""

import unicodedata

import numpy as np

from voice_app.errors import NothingToSayError, UnknownVoiceError
from voice_app.model import SpeakRequest, Speech, Voice
from voice_app.speech.engine import EngineInfo, Workshop

NAME = "morse"
RATE_HZ, TONE_HZ, DOT_SECONDS = 16_000, 600, 0.015
LETTERS = ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."
DIGITS = "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----."
CODE = dict(zip("abcdefghijklmnopqrstuvwxyz0123456789", f"{LETTERS} {DIGITS}".split(), strict=True))


def make(workshop: Workshop) -> "Morse":
    """Called once for each thread. `workshop` has the settings, and a decoder for compressed sound."""
    return Morse()


class Morse:
    """Everything that decides the sound is in `info.version`: change it, and cached sentences are spoken again."""

    info = EngineInfo(name=NAME, version="1", licence="Apache-2.0")

    def voices(self) -> tuple[Voice, ...]:
        return (Voice(engine=NAME, name="key", language="en", licence="Apache-2.0", label="A telegraph key"),)

    def speak(self, request: SpeakRequest) -> Speech:
        if request.voice != "key":
            raise UnknownVoiceError(f"There is no voice {request.voice!r}.", voice=request.voice)
        plain = unicodedata.normalize("NFKD", request.text).lower()
        words = ["000".join(CODE[c] for c in word if c in CODE) for word in plain.split()]
        keyed = "0000000".join(word for word in words if word)
        if not keyed:
            raise NothingToSayError
        units = keyed.replace(".", "10").replace("-", "1110")
        on = np.repeat(np.array([unit == "1" for unit in units]), round(RATE_HZ * DOT_SECONDS / request.rate))
        tone = 0.5 * np.sin(2 * np.pi * TONE_HZ * np.arange(len(on)) / RATE_HZ)
        return Speech(samples=(tone * on).astype(np.float32), sample_rate=RATE_HZ)

    def close(self) -> None:
        """Nothing is held open."""
