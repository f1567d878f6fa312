"""From a script to finished files: every sentence recorded, every chapter laid and tagged."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from voice_app.audio.artwork import artwork
from voice_app.audio.loudness import TARGET_LUFS
from voice_app.audio.press import Run, lay
from voice_app.binding import Binder, Finished, Outlet, Spoken
from voice_app.casting import Cast
from voice_app.config import Narration
from voice_app.errors import (
    BoothAwayError,
    BoothError,
    EngineFailedError,
    EngineUnavailableError,
    NothingToSayError,
    SpeechError,
    UnknownVoiceError,
)
from voice_app.model import (
    ArticleAudio,
    Chapter,
    Company,
    Document,
    Progress,
    Receipt,
    Script,
    Sentence,
    SpeakRequest,
    Treatment,
    Voice,
)
from voice_app.recording.take import Recorder, Recording, Take, Urgency
from voice_app.script.render import script_of
from voice_app.speech.lead import Lead, lead_for

if TYPE_CHECKING:
    from voice_app.audiobook import Audiobook

log = logging.getLogger(__name__)

AUDIOBOOK = "audiobook"
"""In the line its sentences take turns with those of narrations, which can last for hours."""

PATIENCE_SECONDS = 90.0  # of somebody who pressed Play: a long sentence of the slowest voice on a busy machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What `Narrator.narrate` gives back. `first_audio_at` is a reading of `time.perf_counter`; `audiobook` is a file's
    name, empty when none was asked for."""

    script: Script
    audio: ArticleAudio
    clips_spoken: int
    clips_cached: int
    receipt: Receipt
    first_audio_at: float
    audiobook: str = ""


@dataclass(slots=True)
class Performance:
    """Chapters on their way: each with the futures of its sentences, and when the first of all had sound."""

    waiting: list[tuple[Chapter, list[Future[Recording]]]] = field(default_factory=list)
    first_audio_at: float = math.inf

    def note_first_audio(self, _: Future[Recording]) -> None:
        self.first_audio_at = time.perf_counter()


@dataclass(slots=True)
class _Tally:
    """What became of the sentences so far."""

    spoken: int = 0
    fresh: int = 0
    stood_in: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    lost_blocks: set[int] = field(default_factory=set)

    def note(self, chapter: Finished) -> None:
        for one in chapter.spoken:
            if one.run is None:
                self.lost.append(one.sentence.id)
                self.lost_blocks.add(one.sentence.block)
            else:
                self.spoken += 1
                self.fresh += one.fresh
                if one.stood_in:
                    self.stood_in.append(one.sentence.id)


class Narrator:
    """Turns scripts into files. `at_work` is entered for as long as clips and runs are in use."""

    def __init__(
        self,
        recorder: Recorder,
        *,
        narration: Narration | None = None,
        at_work: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._recorder = recorder
        self._narration = narration or Narration()
        self._casts: dict[str, Cast] = {}
        self._at_work = at_work

    def narrate(
        self,
        document: Document,
        script: Iterable[Chapter],
        *,
        voice: str,
        voices: Mapping[str, str] | None = None,
        stem: str,
        outlet: Outlet,
        urgency: Urgency = Urgency.FRESH,
        audiobook: bool = False,
        on_progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Made:
        """Speak what is not in the cache, lay every chapter and the whole, and write them to the outlet, with an
        audiobook when one is asked for.

        `script` gives the chapters; the first is spoken while later ones are still rendered. `voices` are the voices
        for languages: with them the voice is chosen by the document's language, without them it is `voice`.
        A sentence that its voice fails on is said by another and named in the audio's `stood_in`; one that nobody can
        say is left out and named in `failed`. Raises SpeechError when a voice cannot be used, or when the article's
        voices could speak not one sentence: a stand-in fills gaps and reads no article.
        """
        lead = self.lead(document.language, voice, voices)
        cast = Cast(self._recorder, self._narration, voice=lead.voice.id, for_book=audiobook)
        performance = self._started(script, cast, urgency, listener=AUDIOBOOK if audiobook else "")
        cover = artwork(document.title, subtitle=document.byline or "")
        count = len(performance.waiting)
        binder = Binder(document, voice=cast.lead, stem=stem, outlet=outlet, cover=cover, chapter_count=count)
        book = self._book(document, cast.lead, cover) if audiobook else None
        tally = _Tally()
        with book or nullcontext():
            with self._at_work():
                for chapter in self._chapters(performance, cast, on_progress):
                    tally.note(chapter)
                    if chapter.laid:
                        binder.add(chapter)
                        if book:
                            book.add(chapter)
            if tally.spoken == len(tally.stood_in):
                raise EngineFailedError("Not one sentence could be spoken.")
            whole = script_of(document, tuple(chapter for chapter, _ in performance.waiting))
            audio = binder.finish(whole)
            stored = outlet.put(f"{stem}.m4b", book.finish(audio.marks)).name if book else ""
        return Made(
            script=whole,
            audio=replace(audio, failed=tuple(tally.lost), stood_in=tuple(tally.stood_in), voice_remark=lead.remark),
            clips_spoken=tally.fresh,
            clips_cached=tally.spoken - tally.fresh,
            receipt=_receipt(document, tally.lost_blocks),
            first_audio_at=performance.first_audio_at,
            audiobook=stored,
        )

    def _book(self, document: Document, voice: Voice, cover: bytes) -> Audiobook:
        from voice_app.audiobook import Audiobook

        return Audiobook(self._recorder, document, voice=voice, cover=cover)

    # -- voices -----------------------------------------------------------------------------

    def voice(self, wanted: str) -> Voice:
        """The voice of this name. Raises UnknownVoiceError."""
        return self._recorder.voice(wanted)

    def companies(self) -> Iterator[Company]:
        """Every engine with its voices, the preferred first; each is loaded when it is its turn."""
        return self._recorder.companies()

    def sample(self, voice: Voice, request: SpeakRequest) -> bytes:
        """One sentence as an MP3 file at the usual loudness, before all else that waits. Raises SpeechError."""
        gain_db = voice.gain_db or 0.0
        for _ in range(2):  # a voice that was never calibrated is levelled by this sentence alone
            take = Take(request=request, voice=voice, pause_ms=0, gain_db=gain_db)
            laid = lay([self._recorder.record(take, urgency=Urgency.NOW).result().run])
            off = TARGET_LUFS - laid.loudness_lufs
            if voice.gain_db is not None or not math.isfinite(off):
                break
            gain_db = round(gain_db + off, 1)
        return b"".join(laid.pieces)

    def lead(self, language: str, voice: str, voices: Mapping[str, str] | None) -> Lead:
        """Who reads: the voice for the language, or exactly `voice` when there are no `voices`. Raises SpeechError."""
        recorder = self._recorder
        if voices is None:
            return Lead(voice=recorder.voice(voice))
        return lead_for(
            language, default=voice, by_language=voices, named=recorder.voice, companies=recorder.companies()
        )

    # -- one by one -------------------------------------------------------------------------

    def piece(self, sentence: Sentence, voice: str, *, listener: str) -> Run | None:
        """One sentence's run as it is in the finished file, before everything that waits; none when nobody can say it.

        Raises SpeechError when nothing can be spoken at all.
        """
        cast = self._cast(voice)
        asked = partial(self._made_now, listener=listener)
        return _spoken(sentence, asked(cast.take(sentence)), cast, asked).run

    def _made_now(self, take: Take, *, listener: str) -> Future[Recording]:
        """The recording when it is made. A booth that is frozen must not keep the site's threads for ever."""
        future = self._recorder.record(take, urgency=Urgency.NOW, listener=listener)
        wait([future], timeout=PATIENCE_SECONDS)
        if not future.done():
            future.cancel()
            raise BoothAwayError("The program that speaks does not answer.")
        return future

    def prepare(self, sentence: Sentence, voice: str, *, listener: str) -> Future[Recording]:
        """The same, for somebody who will soon want it."""
        return self._recorder.record(self._cast(voice).take(sentence), urgency=Urgency.LISTENING, listener=listener)

    def known(self, sentence: Sentence, voice: str) -> Run | None:
        """One sentence's run if it was made before."""
        return self._recorder.known(self._cast(voice).take(sentence))

    def unspoken(self, sentences: Iterable[Sentence], voice: str) -> tuple[Sentence, ...]:
        """Those that have still to be spoken; of several that are one clip, the first."""
        cast = self._cast(voice)
        takes = {
            (take.voice.id, take.request): (s, take) for s in reversed(tuple(sentences)) for take in [cast.take(s)]
        }
        return tuple(s for s, take in reversed(takes.values()) if not self._recorder.is_spoken(take))

    def _cast(self, voice: str) -> Cast:
        if voice not in self._casts:
            self._casts[voice] = Cast(self._recorder, self._narration, voice=voice)
        return self._casts[voice]

    # -- speaking ---------------------------------------------------------------------------

    def _started(self, script: Iterable[Chapter], cast: Cast, urgency: Urgency, *, listener: str) -> Performance:
        """Ask for every sentence, in order."""
        performance = Performance()
        for chapter in script:
            takes = [cast.take(each) for each in chapter.sentences]
            futures = [self._recorder.record(take, urgency=urgency, listener=listener) for take in takes]
            if not performance.waiting:
                futures[0].add_done_callback(performance.note_first_audio)
            performance.waiting.append((chapter, futures))
            if len(performance.waiting) == 1 and not self._recorder.is_apart:
                wait(futures[:1])  # a voice may have to be loaded for it, and the next chapter would hold that up
        return performance

    def _chapters(
        self, performance: Performance, cast: Cast, on_progress: Callable[[Progress], None]
    ) -> Iterator[Finished]:
        """Chapters in order, each as soon as its last sentence has sound; later ones are spoken meanwhile."""
        done, total = 0, sum(len(futures) for _, futures in performance.waiting)
        try:
            for chapter, futures in performance.waiting:
                spoken = []
                for sentence, future in zip(chapter.sentences, futures, strict=True):
                    spoken.append(_spoken(sentence, future, cast, self._recorder.record))
                    done += 1
                    on_progress(Progress(spoken=done, total=total, chapter=chapter.number))
                futures.clear()  # they hold the sound, and a book's would fill the memory
                yield _laid(chapter, spoken)
        finally:
            for _, futures in performance.waiting:
                for future in futures:
                    future.cancel()


def _spoken(
    sentence: Sentence, future: Future[Recording], cast: Cast, record: Callable[[Take], Future[Recording]]
) -> Spoken:
    """The sentence by its own voice, else by a stand-in, else lost. What keeps all of them from being said is
    raised."""
    try:
        return _said(sentence, cast.take(sentence), future)
    except (UnknownVoiceError, EngineUnavailableError, BoothError):
        raise
    except NothingToSayError:
        log.info("sentence has nothing to say id=%s", sentence.id)
        return Spoken(sentence=sentence, run=None)
    except SpeechError as problem:
        log.warning("voice failed id=%s why=%s", sentence.id, type(problem).__name__)
    for take in cast.stand_ins(sentence):
        with suppress(EngineFailedError, EngineUnavailableError, NothingToSayError, UnknownVoiceError):
            return replace(_said(sentence, take, record(take)), stood_in=True)
    log.warning("sentence lost id=%s", sentence.id)
    return Spoken(sentence=sentence, run=None)


def _said(sentence: Sentence, take: Take, future: Future[Recording]) -> Spoken:
    recording = future.result()
    return Spoken(sentence=sentence, run=recording.run, take=take, fresh=recording.fresh)


def _laid(chapter: Chapter, spoken: Sequence[Spoken]) -> Finished:
    runs = [s.run for s in spoken if s.run]
    return Finished(chapter=chapter, spoken=tuple(spoken), laid=lay(runs) if runs else None)


def _receipt(document: Document, lost_blocks: Collection[int]) -> Receipt:
    """The document's receipt, with the blocks that lost a sentence moved to `failed`."""
    blocks = tuple(
        replace(block, treatment=Treatment.FAILED, reason="the voice could not say it") if n in lost_blocks else block
        for n, block in enumerate(document.blocks)
    )
    return replace(document, blocks=blocks).receipt
