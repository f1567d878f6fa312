"""From a script to finished files: every sentence through the booth and the press, every chapter laid and tagged.

This is where the stages `speech` and `audio` meet; neither knows the other.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from voice_app.audio.artwork import artwork
from voice_app.audio.loudness import TARGET_LUFS
from voice_app.audio.press import Press, Run, lay
from voice_app.binding import Finished, Outlet, Spoken, bind
from voice_app.blobs import Blobs
from voice_app.errors import (
    EngineFailedError,
    EngineUnavailableError,
    NothingToSayError,
    SpeechError,
    UnknownVoiceError,
)
from voice_app.model import (
    ArticleAudio,
    Chapter,
    Document,
    Progress,
    Receipt,
    Script,
    Sentence,
    SpeakRequest,
    Treatment,
    Voice,
)
from voice_app.script.render import script_of
from voice_app.speech.booth import Booth

log = logging.getLogger(__name__)

LEVEL_TOLERANCE_LU = 0.7  # a chapter further off than this is levelled again; the promise is 1.0
CALIBRATION = (
    "The morning train leaves at seven, and the platform is already full.",
    "She opened the letter slowly, because she knew the hand.",
    "Nobody in the village could remember such a quiet winter.",
    "Please put the kettle on; the guests will be here before noon.",
    "Was it the wind, or did somebody knock at the door?",
    "Seventy small boats came home that evening with their nets full of herring.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What `Narrator.narrate` gives back. `first_audio_at` is a reading of `time.perf_counter`."""

    script: Script
    audio: ArticleAudio
    clips_spoken: int
    clips_cached: int
    receipt: Receipt
    first_audio_at: float


@dataclass(slots=True)
class Performance:
    """Chapters on their way: each with the futures of its sentences, and when the first of all had sound."""

    waiting: list[tuple[Chapter, list[Future[Spoken]]]] = field(default_factory=list)
    first_audio_at: float = math.inf

    def note_first_audio(self, _: Future[Spoken]) -> None:
        self.first_audio_at = time.perf_counter()


class Narrator:
    """Turns scripts into files. `calibrations` keeps the measured gain of voices that bring none."""

    def __init__(self, booth: Booth, press: Press, *, calibrations: Blobs, rate: float = 1.0) -> None:
        self._booth = booth
        self._press = press
        self._calibrations = calibrations
        self._rate = rate

    def narrate(
        self,
        document: Document,
        script: Iterable[Chapter],
        *,
        voice: str,
        stem: str,
        outlet: Outlet,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Made:
        """Speak what is not in the cache, lay every chapter and the whole, and write them to the outlet.

        `script` gives the chapters; the first is spoken while later ones are still rendered.
        A sentence that cannot be spoken is left out and named in the audio's `failed`. Raises SpeechError when the
        voice cannot be used or not one sentence could be spoken.
        """
        speaker = self._booth.voice(voice)
        gain_db = self._gain_db(speaker)
        performance = self._started(script, speaker, gain_db)
        cover = self._booth.submit(lambda: artwork(document.title, subtitle=document.byline or ""))
        chapters = list(self._chapters(performance, speaker, gain_db, on_progress))
        if not any(chapter.runs for chapter in chapters):
            raise EngineFailedError("Not one sentence could be spoken.")
        whole = script_of(document, tuple(chapter for chapter, _ in performance.waiting))
        audio = bind(
            document,
            whole,
            [c for c in chapters if c.runs],
            voice=speaker,
            stem=stem,
            outlet=outlet,
            cover=cover.result(),
        )
        spoken = [s for chapter in chapters for s in chapter.spoken if s.run]
        fresh = sum(s.fresh for s in spoken)
        return Made(
            script=whole,
            audio=replace(audio, failed=tuple(s.sentence.id for c in chapters for s in c.spoken if not s.run)),
            clips_spoken=fresh,
            clips_cached=len(spoken) - fresh,
            receipt=_receipt(document, chapters),
            first_audio_at=performance.first_audio_at,
        )

    def piece(self, sentence: Sentence, voice: str) -> Run:
        """One sentence's run, as it is in the finished file; made when it is not there yet. Raises SpeechError."""
        speaker = self._booth.voice(voice)
        return self._booth.submit(lambda: self._run(sentence, speaker, self._gain_db(speaker))[0]).result()

    def known(self, sentence: Sentence, voice: str) -> Run | None:
        """One sentence's run if it was made before."""
        speaker = self._booth.voice(voice)
        gain_db = self._measured_gain_db(speaker)
        key = self._booth.key(self._request(sentence, speaker), speaker)
        return None if gain_db is None else self._press.known(key, pause_ms=sentence.pause_ms, gain_db=gain_db)

    # -- speaking ---------------------------------------------------------------------------

    def _started(self, script: Iterable[Chapter], voice: Voice, gain_db: float) -> Performance:
        """Hand every sentence to the booth, in order."""
        performance = Performance()
        for chapter in script:
            futures = [self._start(sentence, voice, gain_db) for sentence in chapter.sentences]
            if not performance.waiting:
                futures[0].add_done_callback(performance.note_first_audio)
            performance.waiting.append((chapter, futures))
        return performance

    def _chapters(
        self, performance: Performance, voice: Voice, gain_db: float, on_progress: Callable[[Progress], None]
    ) -> Iterator[Finished]:
        """Chapters in order, each as soon as its last sentence has sound; later ones are spoken meanwhile."""
        done, total = 0, sum(len(futures) for _, futures in performance.waiting)
        try:
            for chapter, futures in performance.waiting:
                spoken = []
                for future in futures:
                    spoken.append(future.result())
                    done += 1
                    on_progress(Progress(spoken=done, total=total, chapter=chapter.number))
                yield self._levelled(chapter, spoken, voice, gain_db)
        finally:
            for _, futures in performance.waiting:
                for future in futures:
                    future.cancel()

    def _start(self, sentence: Sentence, voice: Voice, gain_db: float) -> Future[Spoken]:
        return self._booth.submit(lambda: self._spoken(sentence, voice, gain_db))

    def _spoken(self, sentence: Sentence, voice: Voice, gain_db: float) -> Spoken:
        try:
            run, fresh = self._run(sentence, voice, gain_db)
        except (UnknownVoiceError, EngineUnavailableError):
            raise
        except SpeechError as problem:
            level = logging.INFO if isinstance(problem, NothingToSayError) else logging.WARNING
            log.log(level, "sentence lost id=%s why=%s", sentence.id, type(problem).__name__)
            return Spoken(sentence=sentence, run=None)
        return Spoken(sentence=sentence, run=run, fresh=fresh)

    def _run(self, sentence: Sentence, voice: Voice, gain_db: float) -> tuple[Run, bool]:
        """The sentence's run, and whether its clip had to be spoken. Raises SpeechError."""
        request = self._request(sentence, voice)
        key = self._booth.key(request, voice)
        if run := self._press.known(key, pause_ms=sentence.pause_ms, gain_db=gain_db):
            return run, False
        clip, fresh = self._booth.clip(request, voice)
        return self._press.run(clip, pause_ms=sentence.pause_ms, gain_db=gain_db), fresh

    def _request(self, sentence: Sentence, voice: Voice) -> SpeakRequest:
        return SpeakRequest(text=sentence.spoken, language=sentence.language, voice=voice.name, rate=self._rate)

    def _levelled(self, chapter: Chapter, spoken: Sequence[Spoken], voice: Voice, gain_db: float) -> Finished:
        """The chapter laid end to end; when its loudness misses the target, its clips are encoded again."""
        finished = self._laid(chapter, spoken)
        off = TARGET_LUFS - finished.laid.loudness_lufs if finished.laid else 0.0
        if abs(off) <= LEVEL_TOLERANCE_LU or not math.isfinite(off):
            return finished
        gain_db = round(gain_db + off, 1)
        again = [self._start(s.sentence, voice, gain_db) for s in spoken if s.run]
        louder = {s.sentence.id: s.run for s in (future.result() for future in again)}
        return self._laid(chapter, [replace(s, run=louder.get(s.sentence.id)) for s in spoken])

    def _laid(self, chapter: Chapter, spoken: Sequence[Spoken]) -> Finished:
        runs = [s.run for s in spoken if s.run]
        return Finished(chapter=chapter, spoken=tuple(spoken), laid=lay(runs) if runs else None)

    # -- level ------------------------------------------------------------------------------

    def _gain_db(self, voice: Voice) -> float:
        """The voice's own gain, else the one measured before, else measured now on a few standard sentences."""
        measured_db = self._measured_gain_db(voice)
        if measured_db is not None:
            return measured_db
        requests = [SpeakRequest(text=text, language=voice.language, voice=voice.name) for text in CALIBRATION]
        clips = [self._booth.clip(request, voice)[0] for request in requests]
        gain_db = self._press.calibrated_gain_db(clips)
        self._calibrations.write(self._calibration(voice), json.dumps({"gain_db": gain_db}).encode())
        log.info("voice calibrated voice=%s gain_db=%.1f", voice.id, gain_db)
        return gain_db

    def _measured_gain_db(self, voice: Voice) -> float | None:
        if voice.gain_db is not None:
            return voice.gain_db
        stored = self._calibrations.read(self._calibration(voice))
        return float(json.loads(stored)["gain_db"]) if stored else None

    def _calibration(self, voice: Voice) -> str:
        key = self._booth.key(SpeakRequest(text="calibration", language=voice.language, voice=voice.name), voice)
        return f"voices/{key}.json"


def _receipt(document: Document, chapters: Sequence[Finished]) -> Receipt:
    """The document's receipt, with the blocks that lost a sentence moved to `failed`."""
    lost = {s.sentence.block for chapter in chapters for s in chapter.spoken if not s.run}
    blocks = tuple(
        replace(block, treatment=Treatment.FAILED, reason="the voice could not say it") if n in lost else block
        for n, block in enumerate(document.blocks)
    )
    return replace(document, blocks=blocks).receipt
