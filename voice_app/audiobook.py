"""An article's sound once more, as one M4B file with the time line of its MP3 file.

MP3 and AAC frames have different lengths, so a run of the one is no run of the other. Every AAC run begins in the frame
that is nearest to where its sentence begins in the MP3 file, and silent frames fill what lies between: chapter marks,
captions and transcripts hold for both, and a changed sentence moves no sound against its neighbours.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from voice_app.audio import aac, encode
from voice_app.audio.loudness import FRAME_SAMPLES
from voice_app.audio.m4b import M4b
from voice_app.audio.press import book_earcon
from voice_app.binding import BLOCK_BYTES, COMMENT, Finished, artist
from voice_app.errors import AudioError, StorageError
from voice_app.model import ChapterMark, Document, Voice
from voice_app.recording.take import Recorder, Take

EARLIER = aac.DELAY_SAMPLES - encode.DELAY_SAMPLES  # so much sooner does a run of AAC sound


class Audiobook:
    """Takes chapters in order and holds none of them: what is there so far lies in a temporary file. A context manager,
    which removes it. Raises StorageError."""

    def __init__(self, recorder: Recorder, document: Document, *, voice: Voice, cover: bytes) -> None:
        self._recorder = recorder
        self._mp3_frames = 0
        tags = {
            "title": document.title,
            "album": document.title,
            "artist": artist(document, voice),
            "date": document.published.isoformat() if document.published else "",
            "comment": COMMENT,
        }
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="voice-app-", ignore_cleanup_errors=True)
            self._path = Path(self._folder.name) / "book.m4b"
            self._file = M4b(self._path, tags=tags, language=document.language, cover_jpeg=cover)
        except OSError as problem:
            raise StorageError(f"The audiobook could not be written: {problem.strerror}.") from problem

    def __enter__(self) -> Audiobook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def add(self, finished: Finished) -> None:
        """Lay the next chapter. Raises AudioError and StorageError."""
        for spoken in finished.spoken:
            if not spoken.run or not spoken.take:
                continue
            if spoken.run.lead_frames:
                self._lay(self._mp3_frames, book_earcon(spoken.take.earcon))
            self._lay(self._mp3_frames + spoken.run.lead_frames, self._run(spoken.take))
            self._mp3_frames += spoken.run.frame_count

    def finish(self, chapters: Sequence[ChapterMark]) -> _Blocks:
        """The bytes of the file, which can be gone through again until this is left. Raises StorageError."""
        self._fill(self._mp3_frames * FRAME_SAMPLES)
        self._file.close(chapters)
        return _Blocks(self._path)

    def _run(self, take: Take) -> aac.Frames:
        run = self._recorder.book_run(take)
        if run is None:
            raise AudioError("The sound of a sentence vanished from the cache.")
        return run

    def _lay(self, mp3_frames: int, frames: Sequence[bytes]) -> None:
        """The run, to sound when a run that lies behind so many MP3 frames does."""
        self._fill(mp3_frames * FRAME_SAMPLES - EARLIER)
        self._file.add(frames)

    def _fill(self, samples: int) -> None:
        """Silence up to the nearest frame."""
        self._file.add([aac.SILENT_FRAME] * (round(samples / aac.FRAME_SAMPLES) - self._file.frame_count))


class _Blocks:
    """A file's bytes, read as often as they are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while block := file.read(BLOCK_BYTES):
                yield block
