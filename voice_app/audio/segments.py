"""Segment work on raw PCM, mostly with pydub: trim a clip's edges, soften them, add its pause."""

from __future__ import annotations

import math
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
    start_ms, end_ms = _sounding_ms(np.frombuffer(clip.pcm, "<i2"), clip.sample_rate)
    cut_ms = max(0, int(start_ms) - LEAD_MS)
    sound = sound[cut_ms : math.ceil(end_ms) + TAIL_MS]
    count = int(sound.frame_count())
    padded = sound + AudioSegment.silent(duration=pause_ms, frame_rate=clip.sample_rate)
    samples = np.frombuffer(padded.raw_data, "<i2").astype(np.float32)
    samples /= np.float32(32768)
    _soften(samples[:count], clip.sample_rate)
    return Trimmed(samples=samples, speech_seconds=count / clip.sample_rate, cut_seconds=cut_ms / 1000)


def _soften(samples: NDArray[np.float32], sample_rate: int) -> None:
    """Fade both edges. pydub's fades go from sample to sample in Python, and take as long as all else here."""
    import numpy as np

    size = min(sample_rate * FADE_MS // 1000, len(samples))
    ramp = np.arange(size, dtype=np.float32) / np.float32(max(size, 1))
    samples[:size] *= ramp
    samples[len(samples) - size :] *= ramp[::-1]


def _sounding_ms(levels: NDArray[np.int16], sample_rate: int) -> tuple[float, float]:
    """From where to where there is sound, to LOOK_MS; from end to end when it is silent all through."""
    import numpy as np

    size = sample_rate * LOOK_MS // 1000
    slices = np.pad(levels, (0, -len(levels) % size)).reshape(-1, size).astype(np.float32)
    power = np.einsum("ij,ij->i", slices, slices)
    loud = np.flatnonzero(power > power.sum() / max(1, len(power)) * 10 ** (-SILENCE_BELOW_DB / 10))
    first, last = (loud[0], loud[-1]) if len(loud) else (0, len(slices) - 1)
    return float(first * size * 1000 / sample_rate), float((last + 1) * size * 1000 / sample_rate)


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
