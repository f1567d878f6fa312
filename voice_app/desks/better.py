"""The desk of better voices: what a quick voice read at once is recorded again in a slower, better one."""

from __future__ import annotations

import logging
from collections.abc import Callable

from voice_app.blobs import Blobs
from voice_app.desks.ground import Ground
from voice_app.desks.work import Work
from voice_app.errors import BoothError, InputError, ServiceAwayError, SpeechError
from voice_app.model import Article, ArticleAudio, ArticleState, Voice
from voice_app.narrator import Narrator
from voice_app.recording.take import Urgency
from voice_app.speech.lead import speaks

log = logging.getLogger(__name__)
LOOK_SECONDS = 20.0


class Better:
    """Without `narration.better_voice` it does nothing. Used from many threads."""

    def __init__(self, ground: Ground, work: Work, *, narrator: Callable[[], Narrator], cache: Blobs) -> None:
        self._ground = ground
        self._work = work
        self._narrator = narrator
        self._cache = cache

    def look(self) -> None:
        """Record the newest article that waits for it, behind everything else that is to be spoken.

        Its files take the place of the quick voice's in one step, and only if those are still the article's. Killed on
        the way, the next look goes on: what was spoken is kept.
        """
        if not self._ground.config.narration.better_voice:
            return
        for article, audio, _ in self._ground.library.finished(to_hear=True):
            if voice := self.pending(article, audio):
                self._record(article, audio, voice)
                return

    def pending(self, article: Article, audio: ArticleAudio) -> Voice | None:
        """The voice that this article is still to be recorded in, if there is one. Raises nothing."""
        wanted = self._ground.config.narration.better_voice
        if not wanted or article.state is not ArticleState.DONE or article.heard_at or article.archived_at:
            return None
        try:
            voice = self._narrator().voice(wanted)
        except SpeechError as problem:
            log.warning("better voice not usable error=%s", type(problem).__name__)
            return None
        is_due = voice.id != audio.voice and speaks(voice, article.language)
        return voice if is_due and self._cache.read(_refused(audio)) is None else None

    def _record(self, article: Article, audio: ArticleAudio, voice: Voice) -> None:
        try:
            better = self._work.recorded(article, voice=voice.id, voices=None, urgency=Urgency.BACK).audio
        except (BoothError, ServiceAwayError):  # who speaks is away: the next look tries again
            return
        except (SpeechError, InputError) as problem:
            log.warning("better voice failed article=%d error=%s", article.id, type(problem).__name__)
            self._cache.write(_refused(audio), b"")
            return
        if better.lost_count > audio.lost_count:  # a better voice that says less is none
            log.warning("better voice lost sentences article=%d count=%d", article.id, better.lost_count)
            self._cache.write(_refused(audio), b"")
            return
        self._work.exchange(article.id, before=audio, after=better)


def _refused(audio: ArticleAudio) -> str:
    """The mark of sound that cannot be bettered: new sound has another name and is tried again."""
    return f"voices/no-better-than-{audio.file}"
