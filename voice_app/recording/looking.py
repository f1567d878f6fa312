"""What every recorder can say by looking into the cache and asking engines for their names. Nothing is spoken here."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future

from voice_app.audio.aac import Frames
from voice_app.audio.press import Press, Run, heralded
from voice_app.errors import EngineFailedError
from voice_app.model import Company, Voice
from voice_app.recording.take import Recording, Take
from voice_app.speech.booth import Booth


class Looking:
    """The part of `take.Recorder` that is the same wherever sentences are spoken."""

    def __init__(self, booth: Booth, press: Press) -> None:
        self._booth = booth
        self._press = press

    def voice(self, wanted: str) -> Voice:
        return self._booth.voice(wanted)

    def companies(self) -> Iterator[Company]:
        return self._booth.companies()

    def stand_in(self, wanted: str, language: str) -> Voice:
        return self._booth.stand_in(wanted, language)

    def known(self, take: Take) -> Run | None:
        if take.for_book and self.book_run(take) is None:
            return None
        run = self._run(take)
        return heralded(run, take.earcon) if run else None

    def is_spoken(self, take: Take) -> bool:
        return self.known(take) is not None or self._booth.has_clip(take.request, take.voice)

    def book_run(self, take: Take) -> Frames | None:
        return self._press.known_book_run(self.clip_key(take), gain_db=take.gain_db)

    def found(self, take: Take) -> Future[Recording] | None:
        """What `record` gives for a run that is there already."""
        run = self.known(take)
        if run is None:
            return None
        future: Future[Recording] = Future()
        future.set_result(Recording(run=run, fresh=False))
        return future

    def made(self, take: Take, *, fresh: bool) -> Recording:
        """What another process has made and put into the cache. Raises EngineFailedError when it is not there."""
        run = self.known(take)
        if run is None:
            raise EngineFailedError("The sound of a sentence vanished from the cache.")
        return Recording(run=run, fresh=fresh)

    def clip_key(self, take: Take) -> str:
        return self._booth.key(take.request, take.voice)

    def _run(self, take: Take) -> Run | None:
        """The run without what stands before it."""
        return self._press.known(self.clip_key(take), pause_ms=take.pause_ms, gain_db=take.gain_db)
