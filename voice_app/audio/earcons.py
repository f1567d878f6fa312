"""Short soft sounds that say what comes next, so that structure is heard and not only said: sine waves."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from voice_app.audio.loudness import FRAME_SAMPLES, RATE_HZ, frame_energies, loudness_lufs
from voice_app.model import Earcon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL_LUFS = -18.0  # under the voice, which is at -16: it accompanies
# Two rising tones for a section, one for a heading inside it, a high short one for a note. All lie in the middle of
# what old ears and small speakers still give.
TONES_HZ = {Earcon.SECTION: (523.25, 783.99), Earcon.HEADING: (659.26,), Earcon.NOTE: (987.77,)}
TONE_SECONDS = 0.24
NEXT_SECONDS = 0.13
ATTACK_SECONDS = 0.012
DECAY_SECONDS = 0.06
OCTAVE = 0.25  # how much of the tone an octave above is mixed in, for warmth


@lru_cache(maxsize=8)
def sound(earcon: Earcon) -> NDArray[np.float32]:
    """Mono samples at 24 kHz, whole MP3 frames, silent at both ends. Callers must not write in them."""
    import numpy as np

    tones = TONES_HZ[earcon]
    seconds = NEXT_SECONDS * (len(tones) - 1) + TONE_SECONDS
    samples = np.zeros(math.ceil(seconds * RATE_HZ / FRAME_SAMPLES) * FRAME_SAMPLES)
    for n, pitch_hz in enumerate(tones):
        tone = _tone(pitch_hz)
        start = round(n * NEXT_SECONDS * RATE_HZ)
        samples[start : start + len(tone)] += tone
    level_db = LEVEL_LUFS - loudness_lufs(frame_energies(samples.astype(np.float32)))
    return (samples * 10 ** (level_db / 20)).astype(np.float32)


def _tone(pitch_hz: float) -> NDArray[np.float64]:
    import numpy as np

    at = np.arange(round(TONE_SECONDS * RATE_HZ)) / RATE_HZ
    rise = 0.5 - 0.5 * np.cos(np.pi * np.minimum(1.0, at / ATTACK_SECONDS))
    fall = np.exp(-at / DECAY_SECONDS) * np.cos(0.5 * np.pi * at / TONE_SECONDS) ** 2
    wave = np.sin(2 * np.pi * pitch_hz * at) + OCTAVE * np.sin(4 * np.pi * pitch_hz * at)
    return np.asarray(wave * rise * fall)
