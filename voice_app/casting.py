"""Who says a sentence: the article's voice, one for its kind, or a stand-in when they fail."""

from __future__ import annotations

import logging

from voice_app.config import Narration
from voice_app.errors import BoothError, SpeechError
from voice_app.model import BlockKind, Sentence, SpeakRequest, Voice
from voice_app.recording.take import Recorder, Take

log = logging.getLogger(__name__)


def voice_for(sentence: Sentence, narration: Narration, *, voice: str) -> str:
    """The name of the voice for a sentence of an article that `voice` reads. Pure."""
    kinds = {
        BlockKind.HEADING: narration.heading_voice,
        BlockKind.QUOTE: narration.quote_voice,
        BlockKind.NOTE: narration.note_voice,
    }
    return kinds.get(sentence.kind) or voice


class Cast:
    """The voices of one article, and the takes of its sentences with them, `for_book` when it becomes an audiobook.

    Raises SpeechError at once when a voice that is named for the article or a kind cannot be used; a stand-in that
    cannot is none.
    """

    def __init__(self, recorder: Recorder, narration: Narration, *, voice: str, for_book: bool = False) -> None:
        self._recorder = recorder
        self._for_book = for_book
        self._narration = narration
        self._name = voice
        named = (voice, narration.heading_voice, narration.quote_voice, narration.note_voice)
        self._voices = {name: recorder.voice(name) for name in dict.fromkeys(named) if name}
        self._gains_db = {each.id: recorder.gain_db(each) for each in self._voices.values()}
        self._fallbacks: dict[str, Voice | None] = {}

    @property
    def lead(self) -> Voice:
        """The article's own voice."""
        return self._voices[self._name]

    def take(self, sentence: Sentence) -> Take:
        """The sentence by its own voice."""
        return self._take(sentence, self._voice(sentence))

    def stand_ins(self, sentence: Sentence) -> list[Take]:
        """The sentence by those who may say it when its own voice failed, the best first: the article's voice, then the
        one to fall back on. Raises BoothError."""
        found = (self.lead, self._fallback(sentence.language))
        return [self._take(sentence, voice) for voice in found if voice and voice != self._voice(sentence)]

    def _voice(self, sentence: Sentence) -> Voice:
        return self._voices[voice_for(sentence, self._narration, voice=self._name)]

    def _take(self, sentence: Sentence, voice: Voice) -> Take:
        return Take(
            request=SpeakRequest(
                text=sentence.spoken, language=sentence.language, voice=voice.name, rate=self._narration.rate
            ),
            voice=voice,
            pause_ms=sentence.pause_ms,
            gain_db=self._gains_db[voice.id],
            earcon=sentence.earcon,
            for_book=self._for_book,
        )

    def _fallback(self, language: str) -> Voice | None:
        if language not in self._fallbacks:
            self._fallbacks[language] = self._found(language) if self._narration.fallback_voice else None
        return self._fallbacks[language]

    def _found(self, language: str) -> Voice | None:
        wanted = self._narration.fallback_voice
        try:
            voice = self._recorder.stand_in(wanted, language)
            self._gains_db[voice.id] = self._recorder.gain_db(voice)
        except BoothError:
            raise
        except SpeechError as problem:
            log.warning("no stand-in wanted=%s why=%s", wanted, type(problem).__name__)
            return None
        return voice
