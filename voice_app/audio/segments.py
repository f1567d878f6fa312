"""Segment work on raw PCM with pydub: trim a clip's edges, soften them, add its pause."""

from __future__ import annotations

import threading
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from voice_app.model import Clip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SILENCE_BELOW_DB = 40.0  # under the clip's own level: a soft f or th at the edge is 25 to 35 dB below the rest
LEAD_MS = 60  # kept before the first sound: a plosive's onset is quiet
TAIL_MS = 120  # kept after the last sound: final consonants die away slowly
FADE_MS = 8
LOOK_MS = 10
_importing = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """A clip with short edges and its pause, as float32 samples at its own rate.

    `speech_seconds` is the length of its spoken part; `cut_seconds` were taken away before it.
    """

    samples: NDArray[np.float32]
    speech_seconds: float
    cut_seconds: float


def trimmed(clip: Clip, pause_ms: int) -> Trimmed:
    """Trim the clip's edges, fade them, and add the pause."""
    import numpy as np

    AudioSegment = _pydub()  # noqa: N806 - a class
    sound = AudioSegment(data=clip.pcm, sample_width=2, frame_rate=clip.sample_rate, channels=1)
    threshold_dbfs = sound.dBFS - SILENCE_BELOW_DB
    levels = np.frombuffer(clip.pcm, "<i2")
    lead = _leading_silence_ms(levels, clip.sample_rate, threshold_dbfs)
    tail = _leading_silence_ms(levels[::-1], clip.sample_rate, threshold_dbfs)
    cut_ms = max(0, lead - LEAD_MS) if lead < len(sound) else 0  # silent all through: leave it as it is
    if lead < len(sound):
        sound = sound[cut_ms : len(sound) - max(0, tail - TAIL_MS)]
    sound = sound.fade_in(FADE_MS).fade_out(FADE_MS)
    speech_seconds = sound.frame_count() / clip.sample_rate
    padded = sound + AudioSegment.silent(duration=pause_ms, frame_rate=clip.sample_rate)
    samples = np.frombuffer(padded.raw_data, "<i2").astype(np.float32)
    samples /= np.float32(32768)
    return Trimmed(samples=samples, speech_seconds=speech_seconds, cut_seconds=cut_ms / 1000)


def _leading_silence_ms(levels: NDArray[np.int16], sample_rate: int, threshold_dbfs: float) -> int:
    """What pydub's `detect_leading_silence` says of 16-bit samples; it asks for each 10 ms on their own, in Python."""
    import numpy as np

    size = sample_rate * LOOK_MS // 1000
    slices = levels[: len(levels) // size * size].reshape(-1, size).astype(np.float32)
    power = np.einsum("ij,ij->i", slices, slices) / size
    loud = np.flatnonzero(power >= (32768 * 10 ** (threshold_dbfs / 20)) ** 2)
    return int(loud[0]) * LOOK_MS if loud.size else len(levels) * 1000 // sample_rate


def _pydub() -> Any:
    with _importing:
        return _imported()


@lru_cache(maxsize=1)
def _imported() -> Any:
    """pydub, without its warning that ffmpeg is missing: only its work on raw PCM is used, which needs none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment
