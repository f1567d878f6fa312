"""What sounds: Script -> Clip -> ArticleAudio. Times are in seconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


MANY_LANGUAGES = "mul"
"""The language of a voice that speaks what it is given, as ISO 639-2 calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks. `id` is "engine/name". `gain_db` brings it to the target loudness; None means not yet measured.

    `label` says in words who it is, where the name does not. `version` changes when this voice alone sounds otherwise.
    """

    engine: str
    name: str
    language: str
    licence: str
    gain_db: float | None = None
    label: str = ""
    version: str = ""

    @property
    def id(self) -> str:
        return f"{self.engine}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """An engine and its voices as they are here. `problem` says why there are none.

    `remote` engines send the text to another computer, `fake` ones are for tests: both are used only when they are
    named. `speed` is how many times as fast as real time it speaks here; None means not yet measured.
    """

    engine: str
    version: str = ""
    licence: str = ""
    remote: bool = False
    fake: bool = False
    voices: tuple[Voice, ...] = ()
    problem: str = ""
    speed: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakRequest:
    """One spoken sentence for one engine. `rate` 1.0 is the voice's own pace; it lies between 0.5 and 2.0."""

    text: str
    language: str
    voice: str
    rate: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Characters [start, end) of a text, one word of it, sound from `start_seconds` to `end_seconds`."""

    start: int
    end: int
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What an engine gives back: mono float32 samples in [-1, 1].

    `marks` say when words of the request's text sound, in order; none when the engine cannot tell.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One sentence's sound without its pause: mono, 16 bit, little-endian `pcm`."""

    key: str
    sample_rate: int
    pcm: bytes
    marks: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / self.sample_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """When a sentence sounds, in seconds from the start of the file that carries it (its pause not included).

    `timing` says when its words sound, as `timing_of` writes it; empty when the engine could not tell.
    """

    sentence_id: str
    written: str
    start: float
    end: float
    timing: str = ""

    @property
    def words(self) -> tuple[Mark, ...]:
        """The words of `written` that are said, in order, with seconds in the same file as the cue's."""
        numbers = iter(self.timing.split())
        found = []
        end, end_ms = 0, 0
        for gap, length, gap_ms, length_ms in zip(*[map(int, numbers)] * 4, strict=True):
            start, start_ms = end + gap, end_ms + gap_ms
            end, end_ms = start + length, start_ms + length_ms
            found.append(
                Mark(
                    start=start,
                    end=end,
                    start_seconds=round(self.start + start_ms / 1000, 4),
                    end_seconds=round(self.start + end_ms / 1000, 4),
                )
            )
        return tuple(found)


def timing_of(words: Iterable[Mark]) -> str:
    """Words with seconds from the start of their sentence, packed: a book has 100,000 of them.

    Four whole numbers a word: characters since the word before it, its own, milliseconds since then, its own.
    """
    numbers: list[int] = []
    end, end_ms = 0, 0
    for word in words:
        start_ms, stop_ms = round(word.start_seconds * 1000), round(word.end_seconds * 1000)
        numbers += [word.start - end, word.end - word.start, start_ms - end_ms, stop_ms - start_ms]
        end, end_ms = word.end, stop_ms
    return " ".join(map(str, numbers))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterAudio:
    """A finished chapter. `file` is its name in the audio store; it ends in .mp3 and carries the content's hash."""

    number: int
    title: str
    file: str
    seconds: float
    loudness_lufs: float
    true_peak_dbtp: float
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterMark:
    """Where a chapter begins and ends in the whole article's file."""

    number: int
    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAudio:
    """Everything finished for one article. `file` is the whole article with chapters; `cues` run over all of it.

    `failed` and `stood_in` are the ids of sentences that nobody could say, and that another voice said. `voice_remark`
    is a sentence for people when the voice is not of the article's language.
    """

    file: str
    bytes: int
    sha384: str
    seconds: float
    loudness_lufs: float
    true_peak_dbtp: float
    artwork: str
    script_digest: str
    voice: str
    chapters: tuple[ChapterAudio, ...]
    marks: tuple[ChapterMark, ...]
    cues: tuple[Cue, ...]
    failed: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()
    voice_remark: str = ""

    @property
    def lost_count(self) -> int:
        """How many sentences are not there in the voice that they should have."""
        return len(self.failed) + len(self.stood_in)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audiobook:
    """An article's M4B file, as somebody asked for it: it is to be made, could not be, or is there.

    `sound` is the `ArticleAudio.file` that it was made with: an article with another sound has no audiobook.
    """

    is_asked: bool
    problem: str = ""
    sound: str = ""
    file: str = ""
    bytes: int = 0
