"""The desk of voices: which there are here, who reads which language, how fast they are and how they sound."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from voice_app.blobs import Blobs
from voice_app.config import Config
from voice_app.errors import EngineFailedError, EngineUnavailableError, SpeechError
from voice_app.model import Company, Voice
from voice_app.narrator import Narrator
from voice_app.speech import samples
from voice_app.speech.engine import Engine

MAX_SAMPLES_AT_ONCE = 2  # a slow voice's sample takes seconds, and the site has eight threads


class Voices:
    """Used from many threads. Speeds are kept in the cache, as they are of this machine."""

    def __init__(self, config: Config, *, narrator: Callable[[], Narrator], cache: Blobs) -> None:
        self._narration = config.narration
        self._narrator = narrator
        self._cache = cache
        self._sampling = threading.BoundedSemaphore(MAX_SAMPLES_AT_ONCE)

    def all(self) -> tuple[Company, ...]:
        """Every engine with its voices, or with the reason why it has none; those for tests are not among them."""
        found = (company for company in self._narrator().companies() if not company.fake)
        return tuple(replace(company, speed=self._speed(company)) for company in found)

    def reader(self, language: str) -> Voice | None:
        """Who would read an article in this language now; None when the voice in the settings cannot be used."""
        with suppress(SpeechError):
            return self._narrator().lead(language, self._narration.voice, self._narration.voices).voice
        return None

    def may_be_heard(self, company: Company) -> bool:
        """Whether its samples may be spoken: what sends text away must be named in the settings first."""
        named = {name.partition("/")[0] for name in (self._narration.voice, *self._narration.voices.values())}
        return not company.remote or company.engine in named

    def sample(self, voice_id: str) -> bytes:
        """A sentence in this voice, as an MP3 file: from the cache, or spoken now. Raises SpeechError."""
        narrator = self._narrator()
        voice = narrator.voice(voice_id)
        company = next(each for each in narrator.companies() if each.engine == voice.engine)
        if not self.may_be_heard(company):
            raise EngineUnavailableError(
                "This voice sends text to another computer, so it has no sample until it is named in the settings.",
                todo="Name it in narration.voice or narration.voices to use it.",
            )
        if not self._sampling.acquire(blocking=False):
            raise EngineFailedError("Other samples are being spoken.", todo="Play it again in a moment.")
        try:
            return narrator.sample(voice, samples.request(voice))
        finally:
            self._sampling.release()

    def measure(self, company: Company, voice: Voice, engine: Engine) -> Company:
        """The company with the speed of this engine's voice here, which is kept. Raises SpeechError."""
        speed = round(samples.speed(engine, voice), 2)
        facts = {"version": company.version, "speed": speed}
        self._cache.write(_name(company), json.dumps(facts).encode())
        return replace(company, speed=speed)

    def _speed(self, company: Company) -> float | None:
        stored = self._cache.read(_name(company))
        try:
            facts = json.loads(stored) if stored else {}
            return float(facts["speed"]) if facts.get("version") == company.version else None
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


def _name(company: Company) -> str:
    return f"voices/speed-{company.engine}.json"
