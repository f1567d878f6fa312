"""The desk of the spoken menu: what the one big button says, by the voices that read here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from voice_app.audio.press import Run, lay
from voice_app.desks.ground import Ground
from voice_app.desks.shelf import gone
from voice_app.errors import EngineFailedError
from voice_app.model import Article, Phrase, Sentence
from voice_app.narrator import Narrator
from voice_app.script.say import say
from voice_app.speech.lead import Lead, speaks

ENGLISH = "en"
LISTENER = "menu"
PAUSE_MS = 350
SILENCE_MS = 6000
"""So much silence is behind what is said: the time to press. Browsers give media keys to sound of 5 s and more alone
(Chromium's kMinimumContentDurationSecs), and a headset's button must choose a headline while nothing is said."""


class Menu:
    """Used from many threads. What it says ends in `silence_seconds` of silence."""

    silence_seconds = SILENCE_MS / 1000

    def __init__(self, ground: Ground, *, narrator: Callable[[], Narrator]) -> None:
        self._ground = ground
        self._narrator = narrator

    def article(self, slug: str) -> Article:
        """An article that may be offered. Raises ArticleNotFoundError, also for one that was deleted."""
        article = self._ground.library.article(slug)
        if article.removed_at:
            raise gone(article)
        return article

    def language(self, wanted: str) -> str:
        """The language for what is no article's own: the wanted one if a voice here speaks it, else English."""
        return wanted if speaks(self._lead(wanted).voice, wanted) else ENGLISH

    def spoken(self, phrases: Iterable[Phrase]) -> bytes:
        """The phrases one after the other and then silence, as an MP3 file, before all else that waits.

        Each is a sentence of the cache, so it is spoken once for ever, and a title is there from its article's
        narration. What nobody can say is left out. Raises SpeechError.
        """
        said = [sentence for phrase in phrases if (sentence := _sentence(phrase)).spoken]
        paced = [*said[:-1], *(replace(last, pause_ms=SILENCE_MS) for last in said[-1:])]
        runs = [run for sentence in paced if (run := self._run(sentence))]
        if not runs:
            raise EngineFailedError("Nothing of the menu could be spoken.")
        return b"".join(lay(runs).pieces)

    def _run(self, sentence: Sentence) -> Run | None:
        return self._narrator().piece(sentence, self._lead(sentence.language).voice.id, listener=LISTENER)

    def _lead(self, language: str) -> Lead:
        narration = self._ground.config.narration
        return self._narrator().lead(language, narration.voice, narration.voices)


def _sentence(phrase: Phrase) -> Sentence:
    spoken = say(phrase.text, phrase.language)
    return Sentence(
        id="",
        written=phrase.text,
        spoken=spoken,
        language=phrase.language,
        kind=phrase.kind,
        block=-1,
        pause_ms=PAUSE_MS,
    )
