"""The recorder of this program: the booth speaks, the press encodes, the crew does both for one sentence after another,
or has an ensemble of processes do it.

This is where the stages `speech` and `audio` meet; neither knows the other.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from voice_app.audio.press import Press, heralded
from voice_app.blobs import Blobs, sealed, unsealed
from voice_app.errors import SpeechError, VoiceAppError
from voice_app.model import SpeakRequest, Voice
from voice_app.recording.crew import Crew
from voice_app.recording.ensemble import Ensemble
from voice_app.recording.looking import Looking
from voice_app.recording.take import Recording, Take, Urgency, nothing
from voice_app.speech.booth import Booth

log = logging.getLogger(__name__)

STALL_SECONDS_PER_CHARACTER = 0.2  # the slowest embedded voice needs a third of that on a busy machine
WARMING = "Yes."
CALIBRATION = (
    "The morning train leaves at seven, and the platform is already full.",
    "She opened the letter slowly, because she knew the hand.",
    "Nobody in the village could remember such a quiet winter.",
    "Please put the kettle on; the guests will be here before noon.",
    "Was it the wind, or did somebody knock at the door?",
    "Seventy small boats came home that evening with their nets full of herring.",
)


class LocalRecorder(Looking):
    """See `take.Recorder`. `calibrations` keeps the measured gain of voices that bring none.

    A sentence that takes longer than `stall_seconds` is tried once more by another thread with an engine of its own.
    `on_loss` is told how many threads hang by now.
    """

    def __init__(
        self,
        booth: Booth,
        press: Press,
        *,
        calibrations: Blobs,
        threads: int,
        stall_seconds: float,
        on_loss: Callable[[int], None] = lambda lost: None,
    ) -> None:
        super().__init__(booth, press)
        self._ensemble = Ensemble(self._recorded_here)
        self._threads = threads
        self._calibrations = calibrations
        self._calibrating = threading.Lock()
        self._stall_seconds = stall_seconds
        self._crew = Crew(threads, on_hang=self._let_go, on_loss=on_loss)

    @property
    def is_apart(self) -> bool:
        return self._ensemble.is_there

    def record(
        self,
        take: Take,
        *,
        urgency: Urgency = Urgency.FRESH,
        listener: str = "",
        on_begin: Callable[[], None] = nothing,
    ) -> Future[Recording]:
        if found := self.found(take):
            return found
        key = f"{self.clip_key(take)} {take.pause_ms} {take.gain_db} {take.earcon} {take.for_book}"
        limit = self._stall_seconds + len(take.request.text) * STALL_SECONDS_PER_CHARACTER
        return self._crew.submit(
            key,
            lambda: self._recorded(take),
            urgency=urgency,
            listener=listener,
            limit_seconds=limit,
            on_begin=on_begin,
        )

    def gain_db(self, voice: Voice) -> float:
        if voice.gain_db is not None:
            return voice.gain_db
        with self._calibrating:
            return self._measured_gain_db(voice)

    def expect(self, wanted: str) -> None:
        """For a program that does nothing else but to narrate, and is about to ask for this voice: have processes speak
        it, and the first of them load it, where its engine allows that. Raises nothing.
        """
        with suppress(SpeechError):  # which whoever asks for it will hear
            voice = self.voice(wanted)
            if self._threads > 1 and self._booth.can_fork(voice):
                self._ensemble.begin(lambda: self._rehearse(voice))

    def warm(self, wanted: str) -> None:
        try:
            voice = self.voice(wanted)
            self._crew.submit(WARMING, lambda: self._rehearse(voice), urgency=Urgency.NOW).result()
        except VoiceAppError as problem:
            log.warning("voice not ready error=%s", type(problem).__name__)

    def close(self) -> None:
        self._crew.close()
        self._ensemble.close()
        self._booth.close()

    def _rehearse(self, voice: Voice) -> None:
        """Record a sentence for nobody, so that all is loaded that the next one needs."""
        request = SpeakRequest(text=WARMING, language=voice.language, voice=voice.name)
        self._press.rehearse(self._booth.rehearsed(request, voice))

    def _recorded(self, take: Take) -> Recording:
        fresh = None
        if self._ensemble.is_there and self._booth.can_fork(take.voice):
            key = self.clip_key(take)
            with self._booth.alone(key):
                fresh = self._ensemble.record(key, take)
        return self._recorded_here(take) if fresh is None else self.made(take, fresh=fresh)

    def _recorded_here(self, take: Take) -> Recording:
        if run := self.known(take):  # by another process, while this waited
            return Recording(run=run, fresh=False)
        clip, fresh = self._booth.clip(take.request, take.voice)
        run = self._run(take) or self._press.run(clip, pause_ms=take.pause_ms, gain_db=take.gain_db)
        if take.for_book and self.book_run(take) is None:
            self._press.book_run(clip, gain_db=take.gain_db)
        return Recording(run=heralded(run, take.earcon), fresh=fresh)

    def _let_go(self, key: str) -> None:
        """The thread that hangs must not keep its sentence from the one that tries it next."""
        clip_key = key.partition(" ")[0]
        self._booth.let_go(clip_key)
        self._ensemble.stop(clip_key)

    def _measured_gain_db(self, voice: Voice) -> float:
        """The gain measured before, else measured now on a few standard sentences."""
        key = self._booth.key(SpeakRequest(text="calibration", language=voice.language, voice=voice.name), voice)
        name = f"voices/{key}.json"
        if stored := unsealed(name, self._calibrations.read(name)):
            return float(json.loads(stored)["gain_db"])
        requests = [SpeakRequest(text=text, language=voice.language, voice=voice.name) for text in CALIBRATION]
        clips = [self._booth.clip(request, voice)[0] for request in requests]
        gain_db = self._press.calibrated_gain_db(clips)
        self._calibrations.write(name, sealed(name, json.dumps({"gain_db": gain_db}).encode()))
        log.info("voice calibrated voice=%s gain_db=%.1f", voice.id, gain_db)
        return gain_db
