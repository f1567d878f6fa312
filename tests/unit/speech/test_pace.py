"""Another pace keeps the pitch."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from voice_app.speech.pace import paced


def pitch_hz(samples: NDArray[np.float32], rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(spectrum.argmax() * rate_hz / len(samples))


@pytest.mark.parametrize("rate_hz", [22_050, 24_000])
@pytest.mark.parametrize("pace", [0.5, 0.8, 1.25, 2.0])
def test_the_length_changes_and_the_pitch_stays(pace: float, rate_hz: int) -> None:
    tone = (0.4 * np.sin(2 * np.pi * 220 * np.arange(3 * rate_hz) / rate_hz)).astype(np.float32)
    other = paced(tone, rate_hz, pace)
    assert other.dtype == np.float32
    assert len(tone) / len(other) == pytest.approx(pace, rel=0.01)
    assert pitch_hz(other, rate_hz) == pytest.approx(220, rel=0.01)
    middle = other[rate_hz // 4 : -rate_hz // 4]
    assert np.abs(np.diff(middle)).max() < 1.2 * np.abs(np.diff(tone)).max()  # no click where pieces meet


def test_the_own_pace_is_left_alone() -> None:
    tone = np.ones(100, np.float32)
    assert paced(tone, 24_000, 1.0) is tone
    assert not paced(tone[:0], 24_000, 2.0).size
