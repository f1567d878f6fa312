"""Who says a sentence: the article's voice, one for its kind, or a stand-in when they fail."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from voice_app.config import Narration
from voice_app.errors import BoothError, SpeechError
from voice_app.model import BlockKind, Sentence, Voice
from voice_app.recording.take import Recorder

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A voice with its gain."""

    voice: Voice
    gain_db: float


def voice_for(sentence: Sentence, narration: Narration, *, voice: str) -> str:
    """The name of the voice for a sentence of an article that `voice` reads. Pure."""
    kinds = {
        BlockKind.HEADING: narration.heading_voice,
        BlockKind.QUOTE: narration.quote_voice,
        BlockKind.NOTE: narration.note_voice,
    }
    return kinds.get(sentence.kind) or voice


class Cast:
    """The voices of one article.

    Raises SpeechError at once when a voice that is named for the article or a kind cannot be used; a stand-in that
    cannot is none.
    """

    def __init__(self, recorder: Recorder, narration: Narration, *, voice: str) -> None:
        self._recorder = recorder
        self._narration = narration
        self._voice = voice
        named = (voice, narration.heading_voice, narration.quote_voice, narration.note_voice)
        self._parts = {name: self._part(recorder.voice(name)) for name in dict.fromkeys(named) if name}
        self._stand_ins: dict[str, Part | None] = {}

    @property
    def lead(self) -> Part:
        """The article's own voice."""
        return self._parts[self._voice]

    def part(self, sentence: Sentence) -> Part:
        return self._parts[voice_for(sentence, self._narration, voice=self._voice)]

    def stand_ins(self, sentence: Sentence) -> list[Part]:
        """Who may say the sentence when its own voice failed, the best first: the article's voice, then the one to fall
        back on."""
        found = [self.lead, self._fallback(sentence.language)]
        return [part for part in found if part and part != self.part(sentence)]

    def _fallback(self, language: str) -> Part | None:
        if language not in self._stand_ins:
            self._stand_ins[language] = self._found(language)
        return self._stand_ins[language]

    def _found(self, language: str) -> Part | None:
        wanted = self._narration.fallback_voice
        if not wanted:
            return None
        try:
            return self._part(self._recorder.stand_in(wanted, language))
        except BoothError:
            raise
        except SpeechError as problem:
            log.warning("no stand-in wanted=%s why=%s", wanted, type(problem).__name__)
            return None

    def _part(self, voice: Voice) -> Part:
        return Part(voice=voice, gain_db=self._recorder.gain_db(voice))
