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
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from voice_app.audio.artwork import artwork
from voice_app.audio.press import Press, heralded, lay
from voice_app.binding import Finished, Outlet, Spoken, bind
from voice_app.blobs import Blobs
from voice_app.casting import Cast, Part
from voice_app.config import Narration
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

    def __init__(self, booth: Booth, press: Press, *, calibrations: Blobs, narration: Narration | None = None) -> None:
        self._booth = booth
        self._press = press
        self._calibrations = calibrations
        self._narration = narration or Narration()

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
        A sentence that its voice fails on is said by another and named in the audio's `stood_in`; one that nobody can
        say is left out and named in `failed`. Raises SpeechError when a voice cannot be used, or when the article's
        voices could speak not one sentence: a stand-in fills gaps and reads no article.
        """
        cast = Cast(self._booth, self._narration, voice=voice, gain_db=self._gain_db)
        performance = self._started(script, cast)
        cover = self._booth.submit(lambda: artwork(document.title, subtitle=document.byline or ""))
        chapters = list(self._chapters(performance, on_progress))
        if not any(s.run and not s.stood_in for chapter in chapters for s in chapter.spoken):
            raise EngineFailedError("Not one sentence could be spoken.")
        whole = script_of(document, tuple(chapter for chapter, _ in performance.waiting))
        audio = bind(
            document,
            whole,
            [c for c in chapters if c.runs],
            voice=cast.lead.voice,
            stem=stem,
            outlet=outlet,
            cover=cover.result(),
        )
        every = [s for chapter in chapters for s in chapter.spoken]
        spoken = [s for s in every if s.run]
        fresh = sum(s.fresh for s in spoken)
        return Made(
            script=whole,
            audio=replace(
                audio,
                failed=tuple(s.sentence.id for s in every if not s.run),
                stood_in=tuple(s.sentence.id for s in spoken if s.stood_in),
            ),
            clips_spoken=fresh,
            clips_cached=len(spoken) - fresh,
            receipt=_receipt(document, chapters),
            first_audio_at=performance.first_audio_at,
        )

    # -- speaking ---------------------------------------------------------------------------

    def _started(self, script: Iterable[Chapter], cast: Cast) -> Performance:
        """Hand every sentence to the booth, in order."""
        performance = Performance()
        for chapter in script:
            futures = [self._booth.submit(partial(self._spoken, sentence, cast)) for sentence in chapter.sentences]
            if not performance.waiting:
                futures[0].add_done_callback(performance.note_first_audio)
            performance.waiting.append((chapter, futures))
        return performance

    def _chapters(self, performance: Performance, on_progress: Callable[[Progress], None]) -> Iterator[Finished]:
        """Chapters in order, each as soon as its last sentence has sound; later ones are spoken meanwhile."""
        done, total = 0, sum(len(futures) for _, futures in performance.waiting)
        try:
            for chapter, futures in performance.waiting:
                spoken = []
                for future in futures:
                    spoken.append(future.result())
                    done += 1
                    on_progress(Progress(spoken=done, total=total, chapter=chapter.number))
                yield self._laid(chapter, spoken)
        finally:
            for _, futures in performance.waiting:
                for future in futures:
                    future.cancel()

    def _spoken(self, sentence: Sentence, cast: Cast) -> Spoken:
        """The sentence by its own voice, else by a stand-in, else lost."""
        part = cast.part(sentence)
        try:
            return self._said(sentence, part)
        except (UnknownVoiceError, EngineUnavailableError):
            raise
        except NothingToSayError:
            log.info("sentence has nothing to say id=%s", sentence.id)
            return Spoken(sentence=sentence, run=None)
        except SpeechError as problem:
            log.warning("voice failed voice=%s id=%s why=%s", part.voice.id, sentence.id, type(problem).__name__)
        for other in cast.stand_ins(sentence):
            with suppress(SpeechError):
                return replace(self._said(sentence, other), stood_in=True)
        log.warning("sentence lost id=%s", sentence.id)
        return Spoken(sentence=sentence, run=None)

    def _said(self, sentence: Sentence, part: Part) -> Spoken:
        voice, gain_db = part.voice, part.gain_db
        rate = self._narration.rate
        request = SpeakRequest(text=sentence.spoken, language=sentence.language, voice=voice.name, rate=rate)
        key = self._booth.key(request, voice)
        run, fresh = self._press.known(key, pause_ms=sentence.pause_ms, gain_db=gain_db), False
        if run is None:
            clip, fresh = self._booth.clip(request, voice)
            run = self._press.run(clip, pause_ms=sentence.pause_ms, gain_db=gain_db)
        return Spoken(sentence=sentence, run=heralded(run, sentence.earcon), fresh=fresh)

    def _laid(self, chapter: Chapter, spoken: Sequence[Spoken]) -> Finished:
        runs = [s.run for s in spoken if s.run]
        return Finished(chapter=chapter, spoken=tuple(spoken), laid=lay(runs) if runs else None)

    # -- level ------------------------------------------------------------------------------

    def _gain_db(self, voice: Voice) -> float:
        """The voice's own gain, else the one measured before, else measured now on a few standard sentences."""
        if voice.gain_db is not None:
            return voice.gain_db
        key = self._booth.key(SpeakRequest(text="calibration", language=voice.language, voice=voice.name), voice)
        name = f"voices/{key}.json"
        if stored := self._calibrations.read(name):
            return float(json.loads(stored)["gain_db"])
        requests = [SpeakRequest(text=text, language=voice.language, voice=voice.name) for text in CALIBRATION]
        clips = [self._booth.clip(request, voice)[0] for request in requests]
        gain_db = self._press.calibrated_gain_db(clips)
        self._calibrations.write(name, json.dumps({"gain_db": gain_db}).encode())
        log.info("voice calibrated voice=%s gain_db=%.1f", voice.id, gain_db)
        return gain_db


def _receipt(document: Document, chapters: Sequence[Finished]) -> Receipt:
    """The document's receipt, with the blocks that lost a sentence moved to `failed`."""
    lost = {s.sentence.block for chapter in chapters for s in chapter.spoken if not s.run}
    blocks = tuple(
        replace(block, treatment=Treatment.FAILED, reason="the voice could not say it") if n in lost else block
        for n, block in enumerate(document.blocks)
    )
    return replace(document, blocks=blocks).receipt
