"""Where each sentence sounds in a file of runs: exact arithmetic, no measuring. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voice_app.audio.encode import DELAY_SAMPLES, FRAME_SECONDS
from voice_app.audio.loudness import RATE_HZ
from voice_app.model import Chapter, ChapterMark, Cue, Mark, Sentence, timing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLength:
    """A sentence with the length of its run in MP3 frames, `lead_frames` of them before the speech, and of its spoken
    part in seconds.

    `words` are its written words with seconds from where its speech begins.
    """

    sentence: Sentence
    frames: int
    speech_seconds: float
    lead_frames: int = 0
    words: tuple[Mark, ...] = ()


def cues(runs: Sequence[RunLength]) -> tuple[Cue, ...]:
    """One cue per sentence."""
    found = []
    frame = 0
    for run in runs:
        start = (frame + run.lead_frames) * FRAME_SECONDS + DELAY_SAMPLES / RATE_HZ
        found.append(
            Cue(
                sentence_id=run.sentence.id,
                written=run.sentence.written,
                start=round(start, 4),
                end=round(start + run.speech_seconds, 4),
                timing=timing_of(run.words),
            )
        )
        frame += run.frames
    return tuple(found)


def moved(found: Sequence[Cue], *, frames: int) -> Iterator[Cue]:
    """The cues of a file that lies behind so many frames of another. Words count from their cue, so they stay."""
    seconds = frames * FRAME_SECONDS
    return (replace(cue, start=round(cue.start + seconds, 4), end=round(cue.end + seconds, 4)) for cue in found)


def marks(chapters: Sequence[tuple[Chapter, int]]) -> tuple[ChapterMark, ...]:
    """Where chapters, each with its length in frames, lie in the whole file."""
    found = []
    frame = 0
    for chapter, frames in chapters:
        start, end = frame * FRAME_SECONDS, (frame + frames) * FRAME_SECONDS
        found.append(ChapterMark(number=chapter.number, title=chapter.title, start=round(start, 3), end=round(end, 3)))
        frame += frames
    return tuple(found)
