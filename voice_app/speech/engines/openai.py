"""Any server that speaks OpenAI's `/v1/audio/speech`: one of your own, or a company's. Used only when it is named.

On another machine it counts as remote, as the text leaves this one.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from voice_app.errors import (
    AudioError,
    EngineFailedError,
    EngineUnavailableError,
    NothingToSayError,
    UnknownVoiceError,
)
from voice_app.model import MANY_LANGUAGES, SpeakRequest, Speech, Voice
from voice_app.speech.engine import EngineInfo, Workshop
from voice_app.speech.remote import Service, check, is_here, is_sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "openai"
SERVER = "The speech server"
PCM_RATE_HZ = 24_000  # what the API's documentation says of response_format "pcm": 16 bit, mono
_KEY = "Put the key into a file and name it in the setting openai.key_file."
_MODEL = "Check the settings openai.url and openai.model: the address ends in /v1 on most servers."
REFUSALS = {401: _KEY, 403: _KEY, 404: _MODEL, 400: _MODEL}


def make(workshop: Workshop) -> OpenAI:
    settings = workshop.config.openai
    if not settings.url:
        raise EngineUnavailableError(
            "No speech server is set.", todo="Set openai.url, as in http://127.0.0.1:8880/v1, to use one."
        )
    check("openai.url", settings.url)
    return OpenAI(workshop)


class OpenAI:
    """One request per sentence."""

    def __init__(self, workshop: Workshop) -> None:
        self._settings = settings = workshop.config.openai
        self._decode = workshop.decode
        server = hashlib.sha256(settings.url.encode()).hexdigest()[:8]
        self.info = EngineInfo(
            name=NAME,
            version=f"{settings.model}+{server}",
            licence="the server's terms",
            remote=not is_here(settings.url),
        )
        headers = {"Content-Type": "application/json", "User-Agent": "voice-app"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        self._service = Service(
            name=SERVER,
            url=f"{settings.url.rstrip('/')}/audio/speech",
            headers=headers,
            timeout_seconds=settings.timeout_seconds,
            tries=settings.tries,
            refusals=REFUSALS,
        )

    def voices(self) -> tuple[Voice, ...]:
        return tuple(
            Voice(engine=NAME, name=name, language=MANY_LANGUAGES, licence=self.info.licence)
            for name in self._settings.voices
        )

    def speak(self, request: SpeakRequest) -> Speech:
        if not any(c.isalnum() for c in request.text):
            raise NothingToSayError
        if request.voice not in self._settings.voices:
            raise UnknownVoiceError(
                f"{SERVER} has no voice {request.voice!r}.", todo="List it in openai.voices.", voice=request.voice
            )
        wanted = {
            "model": self._settings.model,
            "voice": request.voice,
            "input": request.text.replace("\0", " "),
            "response_format": self._settings.format,
            "speed": request.rate,
        }
        sound = self._service.ask(
            json.dumps(wanted).encode(), characters=len(request.text), accept=lambda answer: answer
        )
        samples, rate = self._samples(sound)
        if not samples.any():
            raise EngineFailedError(f"{SERVER} sent silence.")
        return Speech(samples=samples, sample_rate=rate)

    def _samples(self, sound: bytes) -> tuple[NDArray[np.float32], int]:
        import numpy as np

        if self._settings.format == "pcm":
            pcm = np.frombuffer(sound[: len(sound) // 2 * 2], "<i2")
            return pcm.astype(np.float32) / np.float32(32768), PCM_RATE_HZ
        if not is_sound(sound):
            raise EngineFailedError(f"{SERVER} sent something that is not sound.", todo=_MODEL)
        try:
            samples, rate = self._decode(sound)
        except AudioError as problem:
            raise EngineFailedError(f"{SERVER} sent sound that cannot be decoded.") from problem
        return np.clip(np.nan_to_num(samples), -1.0, 1.0), rate

    def close(self) -> None:
        """Nothing to do: no connection outlives its sentence."""
