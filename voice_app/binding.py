"""Finished runs become files: one per chapter, one for the whole article, each with its tag."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voice_app.audio.press import Laid, Run, lay
from voice_app.audio.tags import id3
from voice_app.audio.timeline import RunLength, cues, marks
from voice_app.blobs import Sink
from voice_app.model import (
    ArticleAudio,
    Chapter,
    ChapterAudio,
    ChapterMark,
    Cue,
    Document,
    Script,
    Sentence,
    Voice,
)

COMMENT = "Read by a synthetic voice."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Where finished files go. `name` gives a file's name from a stem ending in .mp3 or .jpg and the file's bytes.

    `keep_cover` stores the artwork as a file of its own, beside carrying it in every tag.
    """

    store: Sink
    name: Callable[[str, bytes], str]
    keep_cover: bool = False

    def put(self, stem: str, data: bytes) -> str:
        """Store the bytes and return the name they got."""
        name = self.name(stem, data)
        self.store.write(name, data)
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One sentence's run, and whether its clip had to be spoken. `run` is None when it could not be."""

    sentence: Sentence
    run: Run | None
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A chapter whose sentences all have sound, or were given up; `laid` is None when none has."""

    chapter: Chapter
    spoken: tuple[Spoken, ...]
    laid: Laid | None

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(s.run for s in self.spoken if s.run)

    def cues(self, *, first_frame: int = 0) -> tuple[Cue, ...]:
        lengths = [
            RunLength(sentence=s.sentence, frames=s.run.frame_count, speech_seconds=s.run.speech_seconds)
            for s in self.spoken
            if s.run
        ]
        return cues(lengths, first_frame=first_frame)


def bind(
    document: Document,
    script: Script,
    chapters: Sequence[Finished],
    *,
    voice: Voice,
    stem: str,
    outlet: Outlet,
    cover: bytes,
) -> ArticleAudio:
    """Write every chapter and the whole. `chapters` must all have sound."""
    binder = _Binder(document, voice, outlet, cover)
    parts = [binder.chapter(chapter, stem=stem, of=len(chapters)) for chapter in chapters]
    whole = lay([run for chapter in chapters for run in chapter.runs])
    places = marks([(chapter.chapter, sum(run.frame_count for run in chapter.runs)) for chapter in chapters])
    data = binder.tag(document.title, chapters=places) + whole.data
    first_frames = [sum(run.frame_count for c in chapters[:n] for run in c.runs) for n in range(len(chapters))]
    return ArticleAudio(
        file=outlet.put(f"{stem}.mp3", data),
        bytes=len(data),
        sha384=base64.b64encode(hashlib.sha384(data).digest()).decode(),
        seconds=round(whole.seconds, 3),
        loudness_lufs=round(whole.loudness_lufs, 2),
        true_peak_dbtp=round(whole.true_peak_dbtp, 2),
        artwork=outlet.put(f"{stem}.jpg", cover) if outlet.keep_cover else "",
        script_digest=script.digest,
        voice=voice.id,
        chapters=tuple(parts),
        marks=places,
        cues=tuple(cue for c, frame in zip(chapters, first_frames, strict=True) for cue in c.cues(first_frame=frame)),
    )


def hashed(stem: str, data: bytes) -> str:
    """A file's name with its content's hash: new content has a new name."""
    name, _, suffix = stem.rpartition(".")
    return f"{name}-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"


class _Binder:
    """What the files of one article share."""

    def __init__(self, document: Document, voice: Voice, outlet: Outlet, cover: bytes) -> None:
        self._document = document
        self._voice = voice
        self._outlet = outlet
        self._cover = cover

    def chapter(self, finished: Finished, *, stem: str, of: int) -> ChapterAudio:
        chapter, laid = finished.chapter, finished.laid or lay(finished.runs)
        tag = self.tag(chapter.title, track=(chapter.number, of))
        return ChapterAudio(
            number=chapter.number,
            title=chapter.title,
            file=self._outlet.put(f"{stem}-{chapter.number:02d}.mp3", tag + laid.data),
            seconds=round(laid.seconds, 3),
            loudness_lufs=round(laid.loudness_lufs, 2),
            true_peak_dbtp=round(laid.true_peak_dbtp, 2),
            cues=finished.cues(),
        )

    def tag(self, title: str, *, track: tuple[int, int] | None = None, chapters: Sequence[ChapterMark] = ()) -> bytes:
        document = self._document
        return id3(
            title=title,
            artist=document.byline or f"{self._voice.name} (synthetic voice)",
            album=document.title,
            language=document.language,
            artwork_jpeg=self._cover,
            chapters=chapters,
            track=track,
            date=document.published,
            comment=COMMENT,
        )
