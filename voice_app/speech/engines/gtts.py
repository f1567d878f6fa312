"""Google's speech service through gTTS: used only when it is named, because the text leaves this machine.

gTTS knows the service's protocol and how to cut text for it. The sending is done here, because gTTS 2.5.4 switches
certificate checks off, has no time-out and no retry, and leaves a 0-byte file behind when it fails.
"""

from __future__ import annotations

import base64
import binascii
import importlib.metadata
import re
import time
from typing import TYPE_CHECKING, Any

from voice_app.errors import EngineFailedError, EngineUnavailableError, NothingToSayError, UnknownVoiceError
from voice_app.model import SpeakRequest, Speech, Voice
from voice_app.speech.engine import EngineInfo, Workshop
from voice_app.speech.pace import paced

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "gtts"
ENDPOINT = "https://translate.google.com/_/TranslateWebserverUi/data/batchexecute"
BACKOFF_SECONDS = 0.5
PACE_VERSION = "pace1"  # the service knows one pace and a slow one; every other is made here
_SOUND = re.compile(r'jQ1olc","\[\\"(.*?)\\"]')


def make(workshop: Workshop) -> Gtts:
    try:
        import gtts  # noqa: F401
    except ImportError as problem:
        raise EngineUnavailableError("The package gTTS is not installed.", todo="Run `make run`.") from problem
    return Gtts(workshop)


class Gtts:
    """One HTTPS request per 100 characters; each is tried `gtts.tries` times."""

    def __init__(self, workshop: Workshop) -> None:
        from gtts.lang import tts_langs

        self._settings = workshop.config.gtts
        self._decode = workshop.decode
        self._languages: dict[str, str] = tts_langs()
        version = f"{importlib.metadata.version('gTTS')}+{PACE_VERSION}"
        self.info = EngineInfo(name=NAME, version=version, licence="MIT (the voice is Google's)", remote=True)

    def voices(self) -> tuple[Voice, ...]:
        names = sorted(self._languages, key=lambda name: (name != "en", name))
        return tuple(Voice(engine=NAME, name=name, language=name, licence="Google's terms") for name in names)

    def speak(self, request: SpeakRequest) -> Speech:
        if not any(c.isalnum() for c in request.text):
            raise NothingToSayError
        if request.voice not in self._languages:
            raise UnknownVoiceError(f"gTTS has no language {request.voice!r}.", voice=request.voice)
        sound = b"".join(self._ask(body) for body in _bodies(request))
        samples, rate = self._samples(sound)
        return Speech(samples=paced(samples, rate, request.rate), sample_rate=rate)

    def _samples(self, sound: bytes) -> tuple[NDArray[np.float32], int]:
        samples, rate = self._decode(sound)
        if not samples.any():
            raise EngineFailedError("Google's speech service sent silence.")
        return samples, rate

    def _ask(self, body: str) -> bytes:
        for attempt in range(self._settings.tries):
            if attempt:
                time.sleep(BACKOFF_SECONDS * 2**attempt)
            sound = self._try(body, last=attempt + 1 == self._settings.tries)
            if sound:
                return sound
        raise EngineFailedError("Google's speech service sent no sound.")

    def _try(self, body: str, *, last: bool) -> bytes:
        """The sound, or nothing when another try may help. Raises EngineFailedError when none will."""
        import requests
        from gtts import gTTS

        try:
            answer = requests.post(
                self._settings.endpoint or ENDPOINT,
                data=body,
                headers=gTTS.GOOGLE_TTS_HEADERS,
                timeout=self._settings.timeout_seconds,
            )
        except requests.RequestException as problem:
            if last:
                raise EngineFailedError("Google's speech service did not answer.", todo=_ELSE) from problem
            return b""
        if answer.status_code in (429, 500, 502, 503, 504) and not last:
            return b""
        if not answer.ok:
            raise EngineFailedError(f"Google's speech service answered {answer.status_code}.", todo=_ELSE)
        return _sound(answer.text)

    def close(self) -> None:
        """Nothing to do: no connection outlives its sentence."""


_ELSE = "Check the connection, or name another voice: the embedded one needs none."


def _bodies(request: SpeakRequest) -> list[str]:
    from gtts import gTTS

    speaker: Any = gTTS(request.text, lang=request.voice, lang_check=False)
    bodies: list[str] = speaker.get_bodies()
    return bodies


def _sound(answer: str) -> bytes:
    try:
        return b"".join(base64.b64decode(found) for found in _SOUND.findall(answer))
    except binascii.Error as problem:
        raise EngineFailedError("Google's speech service sent something that is not sound.") from problem
