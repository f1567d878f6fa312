"""The outlook: what a narration will cost, known before it begins."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator

from voice_app.audio.forecast import Pace
from voice_app.blobs import Blobs
from voice_app.desks.ground import Ground
from voice_app.model import Article, ArticleState, Narration, Outlook, Script
from voice_app.narrator import Narrator

ENOUGH_SENTENCES = 20  # fewer say more about starting the program than about speaking


class Outlooks:
    """Counts what is to be spoken, exactly, and says about how long that takes here. It speaks nothing."""

    def __init__(self, ground: Ground, *, narrator: Callable[[], Narrator], cache: Blobs) -> None:
        self._ground = ground
        self._narrator = narrator
        self._cache = cache

    def of(self, script: Script, *, voice: str | None = None) -> Outlook:
        """The outlook of a script, in this voice or in the one for its language. Raises SpeechError."""
        narration, narrator = self._ground.config.narration, self._narrator()
        wanted, by_language = (voice, None) if voice else (narration.voice, narration.voices)
        reader = narrator.lead(script.language, wanted, by_language).voice
        unspoken = narrator.unspoken(script.sentences, reader.id)
        pace = Pace()
        seconds = sum(pace.speech_seconds(sentence.spoken) + sentence.pause_ms / 1000 for sentence in unspoken)
        speed = self._speed(reader.id)
        return Outlook(
            sentences=len(script.sentences),
            to_speak=len(unspoken),
            seconds=round(seconds, 1),
            wall_seconds=round(seconds / speed, 1) if speed else None,
        )

    def library(self, *, voice: str | None = None) -> Iterator[tuple[Article, Outlook]]:
        """The outlook of every article that was read. Raises SpeechError."""
        ground = self._ground
        for article in ground.library.articles():
            document = None if article.state is ArticleState.PROBLEM else ground.library.document(article.id)
            if document is not None:
                yield article, self.of(ground.script(document, ground.reading(article.id)), voice=voice)

    def learn(self, made: Narration) -> None:
        """How fast a narration was: seconds of sound in a second here."""
        total = made.clips_spoken + made.clips_cached
        if made.clips_spoken >= ENOUGH_SENTENCES and made.wall_seconds > 0:
            speed = made.audio.seconds * made.clips_spoken / total / made.wall_seconds
            self._cache.write(_name(made.audio.voice), json.dumps({"speed": round(speed, 2)}).encode())

    def _speed(self, voice_id: str) -> float | None:
        stored = self._cache.read(_name(voice_id))
        try:
            return float(json.loads(stored)["speed"]) if stored else None
        except (ValueError, KeyError, TypeError):
            return None


def _name(voice_id: str) -> str:
    return f"voices/narrating-{hashlib.sha256(voice_id.encode()).hexdigest()[:16]}.json"
