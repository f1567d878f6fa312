"""What sounds: Script -> Clip -> ArticleAudio. Times are in seconds."""

from __future__ import annotations

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
    """One spoken sentence for one engine. `rate` 1.0 is the voice's own pace."""

    text: str
    language: str
    voice: str
    rate: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Spoken characters [start, end) sound from `start_seconds` to `end_seconds`."""

    start: int
    end: int
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What an engine gives back: mono float32 samples in [-1, 1]."""

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
    """When a sentence sounds, in seconds from the start of the file that carries it (its pause not included)."""

    sentence_id: str
    written: str
    start: float
    end: float


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

    `voice_remark` is a sentence for people when the voice is not of the article's language.
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
    voice_remark: str = ""
