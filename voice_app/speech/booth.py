"""The booth: speaks a sentence with the engine of the thread that asks, and keeps its clip."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator

from voice_app.errors import UnknownVoiceError
from voice_app.model import Clip, Company, SpeakRequest, Speech, Voice
from voice_app.plugins import company
from voice_app.speech.clips import Clips
from voice_app.speech.engine import Engine
from voice_app.speech.keys import clip_key
from voice_app.speech.retry import spoken_in, well_spoken


class Booth:
    """Speaks sentences, each at most once at a time, and keeps the clips. Used from many threads.

    `make` gives an engine by name, or raises EngineUnavailableError; `names` are all engines, the preferred first.
    """

    def __init__(self, make: Callable[[str], Engine], *, names: Collection[str], clips: Clips) -> None:
        self._make = make
        self._names = names
        self._clips = clips
        self._engines: dict[str, Engine] = {}
        self._making = threading.Lock()
        self._own = threading.local()
        self._speaking: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def voice(self, wanted: str) -> Voice:
        """The voice called "engine/name", "engine" (its first voice) or "name". Raises UnknownVoiceError."""
        engine, slash, name = wanted.partition("/")
        if engine in self._names:
            voices = self._first(engine).voices()
            found = [v for v in voices if v.name == name or (not slash and v == voices[0])]
        elif slash:
            found = []
        else:
            found = self._search(wanted)
        if not found:
            raise UnknownVoiceError(f"There is no voice called {wanted!r}.", voice=wanted)
        return found[0]

    def stand_in(self, wanted: str, language: str) -> Voice:
        """The voice to fall back on: of an engine alone, its first that speaks the language. Raises SpeechError."""
        if wanted not in self._names:
            return self.voice(wanted)
        found = spoken_in(self._first(wanted).voices(), language)
        if found is None:
            raise UnknownVoiceError(f"{wanted} has no voice for the language {language!r}.", voice=wanted)
        return found

    def _search(self, name: str) -> list[Voice]:
        """Look through the engines in their order and stop at the first match: most are never loaded.

        A name alone never leads to an engine that sends text away.
        """
        for each in self.companies():
            found = [] if each.remote else [v for v in each.voices if v.name == name]
            if found:
                return found
        return []

    def companies(self) -> Iterator[Company]:
        """Every engine with its voices, the preferred first; each is loaded when it is its turn."""
        return (company(name, self._first) for name in self._names)

    def key(self, request: SpeakRequest, voice: Voice) -> str:
        return clip_key(request, self._first(voice.engine).info, voice.version)

    def has_clip(self, request: SpeakRequest, voice: Voice) -> bool:
        """Whether this need not be spoken any more."""
        return self._clips.get(self.key(request, voice)) is not None

    def clip(self, request: SpeakRequest, voice: Voice) -> tuple[Clip, bool]:
        """The clip, and whether it had to be spoken. Within this process one key is spoken once at a time."""
        key = self.key(request, voice)
        with self.alone(key):
            if clip := self._clips.get(key):
                return clip, False
            clip = _clip(key, self._speak(request, voice))
            self._clips.put(clip)
            return clip, True

    def can_fork(self, voice: Voice) -> bool:
        """Whether the voice speaks in a process that was forked from one in which it spoke."""
        return self._first(voice.engine).info.can_fork

    def alone(self, key: str) -> threading.Lock:
        """What keeps two threads from speaking one clip."""
        with self._guard:
            if len(self._speaking) > 10_000:
                self._speaking = {k: lock for k, lock in self._speaking.items() if lock.locked()}
            return self._speaking.setdefault(key, threading.Lock())

    def rehearsed(self, request: SpeakRequest, voice: Voice) -> Clip:
        """A clip that is not kept: this thread's engine is loaded for it."""
        return _clip("", self._mine(voice.engine).speak(request))

    def let_go(self, key: str) -> None:
        """A thread hangs while it speaks this key: from now on another may."""
        with self._guard:
            self._speaking.pop(key, None)

    def close(self) -> None:
        for engine in self._engines.values():
            engine.close()

    def _speak(self, request: SpeakRequest, voice: Voice) -> Speech:
        return well_spoken(self._mine(voice.engine), request)

    def _mine(self, name: str) -> Engine:
        """This thread's engine: an engine is used by one thread at a time."""
        engines: dict[str, Engine] = self._own.__dict__.setdefault("engines", {})
        if name not in engines:
            engines[name] = self._make(name)
        return engines[name]

    def _first(self, name: str) -> Engine:
        """The instance that answers questions about voices and versions."""
        with self._making:
            if name not in self._engines:
                self._engines[name] = self._make(name)
            return self._engines[name]


def _clip(key: str, speech: Speech) -> Clip:
    import numpy as np

    pcm = (np.clip(speech.samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
    return Clip(key=key, sample_rate=speech.sample_rate, pcm=pcm, marks=speech.marks)
