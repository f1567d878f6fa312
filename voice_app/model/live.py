"""An article that can be heard before it is narrated: every sentence on one time line. Times are in seconds."""

from __future__ import annotations

from dataclasses import dataclass

from voice_app.model.sound import ChapterMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One sentence on the time line, its pause in `seconds` and not in `speech_seconds`.

    Both are exact when `is_known`, else estimated. A sentence that cannot be spoken is known and has no length.
    """

    sentence_id: str
    start: float
    seconds: float
    speech_seconds: float
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveChapter:
    """A chapter by its first and its last stretch, counted from 0."""

    number: int
    title: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every piece is made of: frames of `size` bytes with so many samples. A piece's speech begins `delay_samples`
    after the piece."""

    size: int
    samples: int
    rate_hz: int
    delay_samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveLine:
    """All that is to be heard of an article, in the order of the finished file.

    `digest` names the sound: another text, voice or pace has another one.
    """

    digest: str
    stretches: tuple[Stretch, ...]
    chapters: tuple[LiveChapter, ...]
    frame: Frame

    @property
    def marks(self) -> tuple[ChapterMark, ...]:
        """Where the chapters lie."""
        ends = [self.stretches[chapter.last] for chapter in self.chapters]
        return tuple(
            ChapterMark(
                number=chapter.number,
                title=chapter.title,
                start=self.stretches[chapter.first].start,
                end=round(end.start + end.seconds, 3),
            )
            for chapter, end in zip(self.chapters, ends, strict=True)
        )

    @property
    def seconds(self) -> float:
        return self.stretches[-1].start + self.stretches[-1].seconds if self.stretches else 0.0
