"""Finished runs become files: one per chapter, one for the whole article, each with its tag."""

from __future__ import annotations

import base64
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voice_app.audio.encode import FRAME_SECONDS, info_frame
from voice_app.audio.loudness import loudness_lufs
from voice_app.audio.press import Laid, Run, lay
from voice_app.audio.tags import id3
from voice_app.audio.timeline import RunLength, cues, marks, moved
from voice_app.blobs import Files
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
from voice_app.recording.take import Take
from voice_app.script.timing import written_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK_BYTES = 1 << 20
COMMENT = "Read by a synthetic voice."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Where finished files go: called by their stems, or, `published`, by those and their digests (see `hashed`), which
    feeds tell.

    `keep_cover` stores the artwork as a file of its own, beside carrying it in every tag.
    """

    store: Files
    published: bool = False
    keep_cover: bool = False

    def put(self, stem: str, pieces: Iterable[bytes]) -> Stored:
        """Store the pieces as one file. They are gone through twice when it is published: its name needs its digest."""
        if not self.published:
            counted = _Counted(pieces)
            self.store.write(stem, counted)
            return Stored(name=stem, bytes=counted.bytes)
        digest, size = hashlib.sha384(), 0  # the one that the feed tells, for clients to check
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
        name = hashed(stem, digest.hexdigest())
        self.store.write(name, pieces)
        return Stored(name=name, bytes=size, sha384=base64.b64encode(digest.digest()).decode())


class _Counted:
    """Pieces whose bytes are counted as they are gone through."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        self.bytes = 0
        for piece in self._pieces:
            self.bytes += len(piece)
            yield piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file in the store. `sha384` is that of a published one."""

    name: str
    bytes: int
    sha384: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One sentence's run, and whether its clip had to be spoken. `run` is None when it could not be.

    `stood_in` when another voice said it, because its own failed. `take` is what it was recorded from.
    """

    sentence: Sentence
    run: Run | None
    take: Take | None = None
    fresh: bool = False
    stood_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A chapter whose sentences all have sound, or were given up; `laid` is None when none has."""

    chapter: Chapter
    spoken: tuple[Spoken, ...]
    laid: Laid | None

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(s.run for s in self.spoken if s.run)

    def cues(self) -> tuple[Cue, ...]:
        lengths = [
            RunLength(
                sentence=s.sentence,
                frames=s.run.frame_count,
                speech_seconds=s.run.speech_seconds,
                lead_frames=s.run.lead_frames,
                words=written_words(s.sentence, s.run.marks),
            )
            for s in self.spoken
            if s.run
        ]
        return cues(lengths)


def artist(document: Document, voice: Voice) -> str:
    """Whom players name beside the title."""
    return document.byline or f"{voice.name} (synthetic voice)"


def hashed(stem: str, digest: str) -> str:
    """A file's name with its content's hash: new content has a new name."""
    name, _, suffix = stem.rpartition(".")
    return f"{name}-{digest[:12]}.{suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    """A chapter whose file is written: what the whole article needs of it. Its sound is read from the file."""

    audio: ChapterAudio
    chapter: Chapter
    sound_at: int
    frame_count: int
    true_peak_dbtp: float
    energies: NDArray[np.float32]


class Binder:
    """Writes an article's chapters one after the other, then the whole, and holds one chapter's sound at a time."""

    def __init__(
        self, document: Document, *, voice: Voice, stem: str, outlet: Outlet, cover: bytes, chapter_count: int
    ) -> None:
        self._document = document
        self._voice = voice
        self._stem = stem
        self._outlet = outlet
        self._cover = cover
        self._chapter_count = chapter_count
        self._bound: list[_Bound] = []

    def add(self, finished: Finished) -> None:
        """Write the next chapter that has sound."""
        chapter, laid = finished.chapter, finished.laid or lay(finished.runs)
        tag = self._tag(chapter.title, track=(chapter.number, self._chapter_count))
        stored = self._outlet.put(f"{self._stem}-{chapter.number:02d}.mp3", [tag, *laid.pieces])
        audio = ChapterAudio(
            number=chapter.number,
            title=chapter.title,
            file=stored.name,
            seconds=round(laid.seconds, 3),
            loudness_lufs=round(laid.loudness_lufs, 2),
            true_peak_dbtp=round(laid.true_peak_dbtp, 2),
            cues=finished.cues(),
        )
        self._bound.append(
            _Bound(
                audio=audio,
                chapter=chapter,
                sound_at=len(tag) + len(laid.pieces[0]),
                frame_count=laid.frame_count,
                true_peak_dbtp=laid.true_peak_dbtp,
                energies=laid.energies,
            )
        )

    def finish(self, script: Script) -> ArticleAudio:
        """Write the whole from the chapters' files."""
        import numpy as np

        bound = self._bound
        places = marks([(b.chapter, b.frame_count) for b in bound])
        frame_count = sum(b.frame_count for b in bound)
        tag = self._tag(self._document.title, chapters=places)
        stored = self._outlet.put(f"{self._stem}.mp3", _Whole(self._outlet.store, tag + info_frame(frame_count), bound))
        first_frames = itertools.accumulate((b.frame_count for b in bound[:-1]), initial=0)
        return ArticleAudio(
            file=stored.name,
            bytes=stored.bytes,
            sha384=stored.sha384,
            seconds=round(frame_count * FRAME_SECONDS, 3),
            loudness_lufs=round(loudness_lufs(np.concatenate([b.energies for b in bound])), 2),
            true_peak_dbtp=round(max(b.true_peak_dbtp for b in bound), 2),
            artwork=self._outlet.put(f"{self._stem}.jpg", [self._cover]).name if self._outlet.keep_cover else "",
            script_digest=script.digest,
            voice=self._voice.id,
            chapters=tuple(b.audio for b in bound),
            marks=places,
            cues=tuple(
                cue for b, first in zip(bound, first_frames, strict=True) for cue in moved(b.audio.cues, frames=first)
            ),
        )

    def _tag(self, title: str, *, track: tuple[int, int] | None = None, chapters: Sequence[ChapterMark] = ()) -> bytes:
        document = self._document
        return id3(
            title=title,
            artist=artist(document, self._voice),
            album=document.title,
            language=document.language,
            artwork_jpeg=self._cover,
            chapters=chapters,
            track=track,
            date=document.published,
            comment=COMMENT,
        )


class _Whole:
    """The whole article's bytes, read from its chapters' files as often as they are asked for."""

    def __init__(self, store: Files, head: bytes, bound: Sequence[_Bound]) -> None:
        self._store = store
        self._head = head
        self._bound = bound

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        for part in self._bound:
            with self._store.path(part.audio.file).open("rb") as file:
                file.seek(part.sound_at)
                while block := file.read(BLOCK_BYTES):
                    yield block
