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


@pytest.mark.parametrize("part", ["pitch", "noise", "rest"])
@pytest.mark.parametrize("place", [(0, 1), (0, 700), (30, 31), (30, 400), (699, 700)])
def test_only_frames_are_computed_that_are_heard(part: str, place: tuple[int, int]) -> None:
    first, last = place
    logs, near_hz = np.full((700, 5 * spectra.BINS), -20.0, np.float32), np.zeros(700, np.float32)
    logs[:, : spectra.BINS] = -1.0  # where there is no pitch, the size of its harmonics says nothing
    if part == "pitch":
        near_hz[first:last] = 120.0
    for frame in (first, last - 1):
        logs[frame, 2 * spectra.BINS + 77] = -7.0 if part == "noise" else -20.0
        logs[frame, 4 * spectra.BINS - 1] = -7.0 if part == "rest" else -20.0
    assert spectra._heard(logs, near_hz) == place


def test_of_silence_nothing_is_computed() -> None:
    logs = np.full((50, 5 * spectra.BINS), -9.0, np.float32)
    asked: list[tuple[int, int]] = []

    def noise(first: int, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.complex64]]:
        asked.append((first, count))
        return np.zeros((count, spectra.BINS), np.complex64)

    assert not spectra.sound(logs, np.zeros(50, np.float32), noise).any()
    assert not asked
    logs[20:30] = 0.0
    samples = spectra.sound(logs, np.zeros(50, np.float32), noise)
    assert asked == [(20, 10)]
    assert len(samples) == 50 * dsp.HOP
    assert samples[20 * dsp.HOP : 30 * dsp.HOP].any()
    assert not samples[: 18 * dsp.HOP].any()
    assert not samples[32 * dsp.HOP :].any()
