"""M4B files: an audiobook's frames behind a head with chapters, cover and tags, written by FFmpeg's muxer.

Chapters are there twice, as QuickTime's text track and as Nero's list, since players know the one or the other; the
head stands first, so that the file plays while it is still on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from voice_app.audio import aac
from voice_app.audio.artwork import SIDE_PX
from voice_app.audio.loudness import RATE_HZ
from voice_app.audio.tags import language_code, plain
from voice_app.errors import StorageError
from voice_app.model import ChapterMark

AUDIOBOOK = "2"  # what iTunes calls this kind of media
MAX_TITLE_BYTES = 255
TICK = Fraction(1, RATE_HZ)
_OPTIONS = {"movflags": "+faststart", "brand": "M4B "}


class M4b:
    """One file that grows frame by frame. Nothing can be read from it before `close`. Each call raises StorageError."""

    def __init__(self, path: Path, *, tags: dict[str, str], language: str, cover_jpeg: bytes) -> None:
        """`tags` are named as FFmpeg does; `language` is a BCP 47 tag; the cover is as artwork.py makes it."""
        import av

        self.frame_count = 0
        self._file = av.open(str(path), "w", format="mp4", options=_OPTIONS)
        facts = {"genre": "Audiobook", "media_type": AUDIOBOOK} | tags
        self._file.metadata.update({name: plain(value) for name, value in facts.items() if value})
        self._sound: Any = self._file.add_stream("aac")
        aac.configure(self._sound.codec_context)
        self._sound.metadata["language"] = language_code(language)
        picture: Any = self._file.add_mux_stream("mjpeg", width=SIDE_PX, height=SIDE_PX)
        picture.disposition = av.stream.Disposition.attached_pic
        self._mux(cover_jpeg, picture, 0)

    def add(self, frames: Iterable[bytes]) -> None:
        for frame in frames:
            self._mux(frame, self._sound, self.frame_count * aac.FRAME_SAMPLES)
            self.frame_count += 1

    def close(self, chapters: Sequence[ChapterMark]) -> None:
        """The last chapter ends where the sound does."""
        import av

        marks: list[Any] = [
            {
                "id": chapter.number,
                "start": round(chapter.start * 1000),
                "end": round(chapter.end * 1000),
                "time_base": Fraction(1, 1000),
                "metadata": {"title": _cut(plain(chapter.title))},
            }
            for chapter in chapters
        ]
        marks[-1]["end"] = self.frame_count * aac.FRAME_SAMPLES * 1000 // RATE_HZ
        self._file.set_chapters(marks)
        try:
            self._file.close()
        except (av.error.FFmpegError, OSError) as problem:
            raise _unwritten(problem) from problem

    def _mux(self, data: bytes, stream: Any, pts: int) -> None:
        import av

        packet: Any = av.Packet(data)
        packet.stream, packet.pts, packet.dts, packet.time_base = stream, pts, pts, TICK
        packet.duration, packet.is_keyframe = aac.FRAME_SAMPLES, True
        try:
            self._file.mux(packet)
        except (av.error.FFmpegError, OSError) as problem:
            raise _unwritten(problem) from problem


def _cut(title: str) -> str:
    return title.encode()[:MAX_TITLE_BYTES].decode(errors="ignore")


def _unwritten(problem: Exception) -> StorageError:
    return StorageError(f"The audiobook could not be written: {getattr(problem, 'strerror', problem)}.")
