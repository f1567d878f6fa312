"""Google's speech service through gTTS: used only when it is named, because the text leaves this machine.

gTTS knows the service's protocol and how to cut text for it. The sending is done here, because gTTS 2.5.4 switches
certificate checks off, has no time-out and no retry, and leaves a 0-byte file behind when it fails.
"""

from __future__ import annotations

import base64
import binascii
import importlib.metadata
import re
from typing import TYPE_CHECKING, Any

from voice_app.errors import (
    AudioError,
    EngineFailedError,
    EngineUnavailableError,
    NothingToSayError,
    UnknownVoiceError,
)
from voice_app.model import SpeakRequest, Speech, Voice
from voice_app.speech.engine import EngineInfo, Workshop
from voice_app.speech.pace import paced
from voice_app.speech.remote import Service, check, is_sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "gtts"
SERVICE = "Google's speech service"
ENDPOINT = "https://translate.google.com/_/TranslateWebserverUi/data/batchexecute"
MODERN = {"iw": "he", "jw": "jv", "tl": "fil", "zh": "zh-TW"}
"""What BCP 47 calls some of the service's languages."""
PACE_VERSION = "pace1"  # the service knows one pace and a slow one; every other is made here
_SOUND = re.compile(r'jQ1olc","\[\\"(.*?)\\"]')


def make(workshop: Workshop) -> Gtts:
    try:
        import gtts  # noqa: F401
    except ImportError as problem:
        raise EngineUnavailableError("The package gTTS is not installed.", todo="Run `make run`.") from problem
    if workshop.config.gtts.endpoint:
        check("gtts.endpoint", workshop.config.gtts.endpoint)
    return Gtts(workshop)


class Gtts:
    """One HTTPS request per 100 characters, `gtts.interval_seconds` apart; each is tried `gtts.tries` times."""

    def __init__(self, workshop: Workshop) -> None:
        from gtts import gTTS
        from gtts.lang import tts_langs

        settings = workshop.config.gtts
        self._service = Service(
            name=SERVICE,
            url=settings.endpoint or ENDPOINT,
            headers=gTTS.GOOGLE_TTS_HEADERS,
            timeout_seconds=settings.timeout_seconds,
            tries=settings.tries,
            interval_seconds=settings.interval_seconds,
        )
        self._decode = workshop.decode
        self._languages: dict[str, str] = tts_langs()
        version = f"{importlib.metadata.version('gTTS')}+{PACE_VERSION}"
        self.info = EngineInfo(name=NAME, version=version, licence="MIT (the voice is Google's)", remote=True)

    def voices(self) -> tuple[Voice, ...]:
        names = sorted(self._languages, key=lambda name: (name != "en", name))
        return tuple(
            Voice(
                engine=NAME,
                name=name,
                language=MODERN.get(name, name),
                licence="Google's terms",
                label=self._languages[name],
            )
            for name in names
        )

    def speak(self, request: SpeakRequest) -> Speech:
        if not any(c.isalnum() for c in request.text):
            raise NothingToSayError
        if request.voice not in self._languages:
            raise UnknownVoiceError(f"The engine gTTS has no language {request.voice!r}.", voice=request.voice)
        parts = [
            self._service.ask(body.encode(), characters=len(request.text), accept=_sound) for body in _bodies(request)
        ]
        speech = self._joined([self._samples(part) for part in parts])
        return Speech(samples=paced(speech.samples, speech.sample_rate, request.rate), sample_rate=speech.sample_rate)

    def _samples(self, sound: bytes) -> tuple[NDArray[np.float32], int]:
        if not is_sound(sound):
            raise EngineFailedError(f"{SERVICE} sent something that is not sound.")
        try:
            return self._decode(sound)
        except AudioError as problem:
            raise EngineFailedError(f"{SERVICE} sent sound that cannot be decoded.") from problem

    def _joined(self, parts: list[tuple[NDArray[np.float32], int]]) -> Speech:
        import numpy as np

        samples, rates = np.concatenate([part for part, _ in parts]), {rate for _, rate in parts}
        if not samples.any() or len(rates) > 1:
            raise EngineFailedError(f"{SERVICE} sent silence, or pieces that do not fit together.")
        return Speech(samples=np.clip(samples, -1.0, 1.0), sample_rate=rates.pop())

    def close(self) -> None:
        """Nothing to do: no connection outlives its sentence."""


def _bodies(request: SpeakRequest) -> list[str]:
    from gtts import gTTS

    speaker: Any = gTTS(request.text.replace("\0", " "), lang=request.voice, lang_check=False)
    bodies: list[str] = speaker.get_bodies()
    return bodies


def _sound(answer: bytes) -> bytes:
    """The MP3 within an answer; nothing when there is none."""
    try:
        found = _SOUND.findall(answer.decode("ascii", errors="replace"))
        return b"".join(base64.b64decode(each) for each in found)
    except binascii.Error as problem:
        raise EngineFailedError(f"{SERVICE} sent something that is not sound.") from problem
