"""The live desk: an article is heard before it is narrated, from any of its sentences.

A piece is one sentence's run. Runs laid end to end are the finished file, so what is heard now is what is kept.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property, partial
from itertools import accumulate

from voice_app.audio import forecast
from voice_app.audio.encode import DELAY_SAMPLES, FRAME_BYTES, FRAME_SECONDS, RUN_VERSION
from voice_app.audio.loudness import FRAME_SAMPLES, RATE_HZ
from voice_app.audio.press import Run
from voice_app.desks.ground import Ground
from voice_app.desks.shelf import gone
from voice_app.errors import InputError, MediaNotFoundError
from voice_app.model import Frame, LiveChapter, LiveLine, Script, Sentence, Stretch, timing_of
from voice_app.narrator import Narrator
from voice_app.recording.take import Recording
from voice_app.script.timing import written_words

log = logging.getLogger(__name__)

AHEAD = 3
TRUSTED_SECONDS = 5.0  # so long an article is taken to be what it was when it was last looked up
LOOKED_SECONDS = 1.0
LOST_SECONDS = 30.0
KEPT_ARTICLES = 64
FRAME = Frame(size=FRAME_BYTES, samples=FRAME_SAMPLES, rate_hz=RATE_HZ, delay_samples=DELAY_SAMPLES)
CHANGED = "The text or the voice has changed since."
RELOAD = "Load the article's page anew."


class Live:
    """Pieces of articles, made when they are asked for. Used from many threads."""

    def __init__(self, ground: Ground, *, narrator: Callable[[], Narrator]) -> None:
        self._ground = ground
        self._make_narrator = narrator
        self._pace = forecast.Pace()
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._guard = threading.Lock()

    @cached_property
    def _narrator(self) -> Narrator:
        return self._make_narrator()

    def line(self, slug: str) -> LiveLine:
        """The article's present time line, exact where the sound is there. Its beginning is made in the meantime.

        Raises ArticleNotFoundError, and InputError when the article has no text yet.
        """
        found = self._current(slug)
        self._look(found)
        self._look_ahead(found, range(AHEAD))
        return self._drawn(found)

    def outline(self, script: Script) -> LiveLine:
        """A time line by what is known without looking: it costs no engine and no disk."""
        return self._drawn(_Open(script, digest=self._digest(script)))

    def still(self, slug: str, digest: str) -> LiveLine:
        """The same for the sound of this name. Raises MediaNotFoundError when there is another one now."""
        found = self._at(slug, digest)
        self._look(found)
        return self._drawn(found)

    def piece(self, slug: str, digest: str, sentence_id: str) -> bytes:
        """One sentence's frames; nothing when it cannot be spoken. The next few are made in the meantime.

        Raises MediaNotFoundError when the sound is another one now, and SpeechError when nothing can be spoken at all.
        """
        found = self._at(slug, digest)
        index = found.index(sentence_id)
        frames = self._frames(found, index)
        self._look_ahead(found, range(index + 1, index + 1 + AHEAD))
        return frames

    def words(self, slug: str, digest: str, sentence_id: str) -> Mapping[str, str]:
        """When the words of a sentence sound, and those of the next few: as `timing_of` writes it, by sentence.

        Only those that are spoken by now. Their seconds count from where a piece's speech is taken to begin, so the
        sound before a heading is in them. Raises MediaNotFoundError as `piece` does.
        """
        found = self._at(slug, digest)
        index = found.index(sentence_id)
        voice = self._voice(found)
        spoken = ((s, self._narrator.known(s, voice)) for s in found.sentences[index : index + 1 + AHEAD])
        return {sentence.id: _timing(sentence, run) for sentence, run in spoken if run}

    def stream(self, slug: str, digest: str, sentence_id: str = "") -> Iterator[bytes]:
        """Frames from a sentence to the article's end, each run made when it is its turn. Raises as `piece` does."""
        found = self._at(slug, digest)
        first = found.index(sentence_id) if sentence_id else 0
        return self._following(found, first)

    def _following(self, found: _Open, first: int) -> Iterator[bytes]:
        for index in range(first, len(found.sentences)):
            if frames := self._frames(found, index):
                yield frames

    # making

    def _frames(self, found: _Open, index: int) -> bytes:
        if time.monotonic() < found.lost.get(index, 0.0):
            return b""
        sentence = found.sentences[index]
        run = self._narrator.piece(sentence, self._voice(found), listener=found.digest)
        if run is None:
            found.lost[index] = time.monotonic() + LOST_SECONDS
            return b""
        self._learn(found, index, run)
        return run.frames

    def _look_ahead(self, found: _Open, indexes: range) -> None:
        """Have sentences made that will be wanted soon. Who wants one in earnest is told when it fails."""
        voice = self._voice(found)
        for index in indexes:
            if index < len(found.sentences) and index not in found.known:
                sentence = found.sentences[index]
                made = self._narrator.prepare(sentence, voice, listener=found.digest)
                made.add_done_callback(partial(self._made_ahead, found, index))

    def _made_ahead(self, found: _Open, index: int, made: Future[Recording]) -> None:
        if not made.cancelled() and made.exception() is None:
            self._learn(found, index, made.result().run)

    # knowing

    def _learn(self, found: _Open, index: int, run: Run) -> None:
        with self._guard:
            if index not in found.known:
                self._pace.learn(found.sentences[index].spoken, run.speech_seconds)
            found.known[index] = (run.frame_count * FRAME_SECONDS, run.speech_seconds)
            found.lost.pop(index, None)

    def _look(self, found: _Open) -> None:
        """See which runs are there by now. For an article with thousands of sentences that is not done at each turn."""
        if time.monotonic() - found.looked_at < LOOKED_SECONDS:
            return
        found.looked_at = time.monotonic()
        voice = self._voice(found)
        for index, sentence in enumerate(found.sentences):
            if index not in found.known and (run := self._narrator.known(sentence, voice)):
                self._learn(found, index, run)

    def _drawn(self, found: _Open) -> LiveLine:
        lengths = [self._length(found, index) for index in range(len(found.sentences))]
        starts = accumulate((seconds for seconds, _, _ in lengths), initial=0.0)
        stretches = tuple(
            Stretch(
                sentence_id=sentence.id,
                start=round(start, 3),
                seconds=round(seconds, 3),
                speech_seconds=round(speech, 3),
                is_known=is_known,
            )
            for sentence, start, (seconds, speech, is_known) in zip(found.sentences, starts, lengths, strict=False)
        )
        return LiveLine(digest=found.digest, stretches=stretches, chapters=found.chapters, frame=FRAME)

    def _length(self, found: _Open, index: int) -> tuple[float, float, bool]:
        """(seconds, speech seconds, whether both are exact) of one sentence."""
        if time.monotonic() < found.lost.get(index, 0.0):
            return 0.0, 0.0, True
        if index in found.known:
            return *found.known[index], True
        sentence = found.sentences[index]
        speech = self._pace.speech_seconds(sentence.spoken)
        return forecast.seconds_of(speech, sentence.pause_ms), speech, False

    # the present article

    def _at(self, slug: str, digest: str) -> _Open:
        found = self._open.get(slug)
        if found is None or time.monotonic() - found.trusted_at > TRUSTED_SECONDS:
            found = self._current(slug)
        elif (article := self._ground.library.article(slug)).removed_at:
            raise gone(article)
        if found.digest != digest:
            raise MediaNotFoundError(CHANGED, todo=RELOAD)
        return found

    def _current(self, slug: str) -> _Open:
        """The article as it is read now, with what is known of its sound."""
        article = self._ground.library.article(slug)
        if article.removed_at:
            raise gone(article)
        document = self._ground.library.document(article.id)
        if document is None:
            raise InputError("The article was not read yet.", todo="Wait until its page shows its text.")
        script = self._ground.script(document, self._ground.reading(article.id))
        digest = self._digest(script)
        with self._guard:
            found = self._open.pop(slug, None)
            if found is None or found.digest != digest:
                found = _Open(script, digest=digest)
            found.trusted_at = time.monotonic()
            self._open[slug] = found
            while len(self._open) > KEPT_ARTICLES:
                self._open.popitem(last=False)
        return found

    def _voice(self, found: _Open) -> str:
        """Who reads the article, as when it is narrated. Raises SpeechError."""
        if not found.voice:
            narration = self._ground.config.narration
            found.voice = self._narrator.lead(found.script.language, narration.voice, narration.voices).voice.id
        return found.voice

    def _digest(self, script: Script) -> str:
        narration = self._ground.config.narration
        voices = [narration.voice, *sorted(map("=".join, narration.voices.items()))]
        facts = f"{script.digest} {','.join(voices)} {narration.rate} {RUN_VERSION}"
        return hashlib.sha256(facts.encode()).hexdigest()[:16]


def _timing(sentence: Sentence, run: Run) -> str:
    lead = run.lead_frames * FRAME_SECONDS
    return timing_of(
        replace(word, start_seconds=word.start_seconds + lead, end_seconds=word.end_seconds + lead)
        for word in written_words(sentence, run.marks)
    )


class _Open:
    """An article that is being listened to. `known` has (seconds, speech seconds) by sentence, `lost` until when a
    sentence counts as one that cannot be spoken."""

    def __init__(self, script: Script, *, digest: str) -> None:
        self.script = script
        self.sentences = script.sentences  # once: in a book, putting them together takes a millisecond
        self.digest = digest
        self.voice = ""
        self.trusted_at = self.looked_at = -1e9
        self.known: dict[int, tuple[float, float]] = {}
        self.lost: dict[int, float] = {}

    @cached_property
    def _indexes(self) -> dict[str, int]:
        return {sentence.id: index for index, sentence in enumerate(self.sentences)}

    @cached_property
    def chapters(self) -> tuple[LiveChapter, ...]:
        ends = list(accumulate(len(chapter.sentences) for chapter in self.script.chapters))
        return tuple(
            LiveChapter(number=chapter.number, title=chapter.title, first=end - len(chapter.sentences), last=end - 1)
            for chapter, end in zip(self.script.chapters, ends, strict=True)
        )

    def index(self, sentence_id: str) -> int:
        """Where a sentence is. Raises MediaNotFoundError."""
        if sentence_id not in self._indexes:
            raise MediaNotFoundError("There is no such sentence in the article.", todo=RELOAD)
        return self._indexes[sentence_id]
