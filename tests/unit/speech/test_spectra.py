"""Our own pulses beside those of the package."""

from __future__ import annotations

import numpy as np
import pytest
from hibari import dsp

from voice_app.speech import spectra

FRAMES = 2 * spectra.MAX_BLOCK + 90  # 7.5 s


def voice(frames: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A pitch that rises and falls, stops abruptly and begins again, also where a block ends."""
    pitch_hz = 170 + 60 * np.sin(np.arange(frames) / 20) + 10 * np.random.default_rng(7).standard_normal(frames)
    for silent in (slice(40, 55), slice(100, 101), slice(spectra.MAX_BLOCK - 3, spectra.MAX_BLOCK + 4)):
        pitch_hz[silent] = 0.0
    return pitch_hz.astype(np.float32)


@pytest.mark.parametrize("frames", [1, 2, spectra.MAX_BLOCK, FRAMES])
def test_they_stand_where_the_package_has_them(frames: int) -> None:
    pitch_hz = voice(frames)
    theirs, ours = dsp.pulses(pitch_hz), spectra._pulses(pitch_hz)
    assert ours.shape == theirs.shape
    assert 20 * np.log10((ours - theirs).std() / theirs.std()) < -75
    assert not ours[theirs == 0].any()


def test_without_pitch_there_is_silence() -> None:
    assert not spectra._pulses(np.zeros(300, np.float32)).any()
