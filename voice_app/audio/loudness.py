"""How loud sound is, and how to bring it to the level: ITU-R BS.1770-4 and a look-ahead limiter.

Target -16 LUFS with true peaks below -1 dBTP, as podcast directories ask. Loudness is kept as one mean square per
MP3 frame, so a chapter's loudness is known from its runs without decoding it again: gating blocks are 17 frames
(408 ms) every 4 frames (96 ms) instead of 400 and 100 ms, which a test holds within 0.1 LU of FFmpeg's ebur128.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TARGET_LUFS = -16.0
MAX_CORRECTION_DB = 3.0  # a single word of some voices lies that far below the voice's sentences
MAX_TRUE_PEAK_DBTP = -1.2  # the promise is -1.0; meters that oversample more, or another way, differ by 0.1 dB
CEILING_DBFS = -2.4  # what encoding and inter-sample peaks add is below 1 dB for nearly every clip
LOOK_AHEAD_SECONDS = 0.004
BLOCK_SAMPLES = 24  # the limiter works on the peaks of blocks of one millisecond
FRAME_SAMPLES = 576  # one MP3 frame at 24 kHz
RATE_HZ = 24_000
BLOCK_FRAMES, STEP_FRAMES = 17, 4
OVERSAMPLING = 4  # BS.1770-4 annex 2
TAPS = 24


class Leveller:
    """Brings samples to a level: gain, then a look-ahead limiter, whose gain sinks before a peak and rises after it,
    without a step. The peaks are looked for once, whatever is tried then.
    """

    def __init__(self, samples: NDArray[np.float32]) -> None:
        import numpy as np

        self._samples = samples
        starts = np.arange(0, len(samples), BLOCK_SAMPLES)
        self._peaks = np.maximum.reduceat(np.abs(samples), starts) if len(samples) else samples

    def levelled(self, gain_db: float, ceiling_dbfs: float = CEILING_DBFS) -> NDArray[np.float32]:
        """The samples with this gain, and no peak above the ceiling."""
        import numpy as np

        ratio, ceiling = np.float32(_ratio(gain_db)), np.float32(_ratio(ceiling_dbfs))
        loud, peaks = self._samples * ratio, self._peaks * ratio
        if not peaks.size or peaks.max() <= ceiling:
            return loud
        allowed = np.minimum(np.float32(1.0), ceiling / np.maximum(peaks, ceiling))
        reach = round(LOOK_AHEAD_SECONDS * RATE_HZ / BLOCK_SAMPLES)
        # the lowest allowed gain up to 2 x reach + 1 blocks away, then its mean over reach: never above what is
        # allowed, also where it is drawn as a straight line from one edge of a block to the next
        gain = _moving_mean(_moving_minimum(allowed, 2 * reach + 1), reach)
        edges = np.convolve(np.pad(gain, 1, mode="edge"), [0.5, 0.5], mode="valid").astype(np.float32)
        way = ((np.arange(BLOCK_SAMPLES) + 0.5) / BLOCK_SAMPLES).astype(np.float32)
        ramps = np.diff(edges)[:, None] * way
        ramps += edges[:-1, None]
        limited: NDArray[np.float32] = ramps.reshape(-1)[: len(loud)]
        limited *= loud
        return limited

    def gain_for_db(self, voice_gain_db: float) -> float:
        """The gain in dB with which this sentence, between pauses and limited, has the target loudness.

        It is the voice's own, corrected by at most MAX_CORRECTION_DB, and depends on nothing but the sentence: so what
        is played while a chapter is still being made has the level that the finished file has.
        """
        heard = loudness_between_pauses_lufs(self.levelled(voice_gain_db))
        if not math.isfinite(heard):
            return voice_gain_db
        return voice_gain_db + min(MAX_CORRECTION_DB, max(-MAX_CORRECTION_DB, TARGET_LUFS - heard))


def loudness_between_pauses_lufs(samples: NDArray[np.float32]) -> float:
    """Integrated loudness as the sentence adds it to a chapter: gating blocks that reach into the pauses count too."""
    import numpy as np

    whole = np.pad(samples, (0, -len(samples) % FRAME_SAMPLES))
    return loudness_lufs(np.pad(frame_energies(whole), (BLOCK_FRAMES // 2, BLOCK_FRAMES)))


def _moving_minimum(values: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """The least value within `reach` on both sides, in linear time (van Herk's two running minima per window)."""
    import numpy as np

    window = 2 * reach + 1
    padded = np.pad(values, (reach, reach + (-len(values) - 2 * reach) % window), constant_values=1.0)
    blocks = padded.reshape(-1, window)
    ahead = np.minimum.accumulate(blocks, axis=1).reshape(-1)
    behind = np.minimum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].reshape(-1)
    return np.minimum(behind[: len(values)], ahead[window - 1 : window - 1 + len(values)])


def _moving_mean(values: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    import numpy as np

    window = 2 * reach + 1
    sums = np.cumsum(np.pad(values, (reach + 1, reach), mode="edge"), dtype=np.float64)
    return ((sums[window:] - sums[:-window]) / window).astype(np.float32)


def frame_energies(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """K-weighted mean square of the samples (24 kHz, whole frames) in each MP3 frame.

    Weighted in the spectrum of each frame, by Parseval's theorem: a filter over time would need scipy.signal, whose
    import alone costs more than speaking two minutes.
    """
    import numpy as np

    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    spectrum = np.fft.rfft(frames, axis=1, norm="forward")  # without a norm NumPy computes it in doubles
    parts = spectrum.view(np.float32)  # real and imaginary by turns
    parts *= parts
    energies: NDArray[np.float32] = np.einsum("ij,j->i", parts, np.repeat(_k_weighting(), 2))  # BLAS would wake threads
    return energies


def loudness_lufs(energies: NDArray[np.float32]) -> float:
    """Integrated loudness with both gates of BS.1770-4; -inf for silence."""
    import numpy as np

    if not len(energies):
        return -math.inf
    sums = np.concatenate([[0.0], np.cumsum(energies, dtype=np.float64)])
    starts = np.arange(0, max(1, len(energies) - BLOCK_FRAMES + 1), STEP_FRAMES)
    ends = np.minimum(starts + BLOCK_FRAMES, len(energies))
    blocks = (sums[ends] - sums[starts]) / (ends - starts)
    blocks = blocks[blocks > 10 ** ((-70.0 + 0.691) / 10)]
    if not len(blocks):
        return -math.inf
    blocks = blocks[blocks > blocks.mean() * 0.1]  # the relative gate: 10 LU below
    return float(-0.691 + 10 * np.log10(blocks.mean()))


def true_peak_dbtp(samples: NDArray[np.float32]) -> float:
    """The highest peak after four-fold oversampling, in dBTP; -inf for silence.

    Only after samples within 3 dB of the highest one the three points in between are computed: speech rises by far
    less than that between samples, and oversampling all of it would cost more than speaking it.
    """
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    size = np.abs(samples)
    highest = float(size.max()) if size.size else 0.0
    if highest == 0.0:
        return -math.inf
    around = sliding_window_view(np.pad(samples, (TAPS // 2 - 1, TAPS // 2)), TAPS)
    near = size >= highest * _ratio(-3.0)
    near[:-1] |= near[1:]
    between = around[near] @ _interpolator()
    return float(20 * np.log10(max(highest, float(np.abs(between).max()))))


@lru_cache(maxsize=1)
def _interpolator() -> NDArray[np.float32]:
    """Windowed-sinc taps for the points 1/4, 2/4 and 3/4 of the way from a sample to the next: shape (TAPS, 3)."""
    import numpy as np

    fractions = np.arange(1, OVERSAMPLING) / OVERSAMPLING
    distance = np.arange(TAPS)[:, None] - (TAPS // 2 - 1) - fractions[None, :]
    window = np.cos(math.pi * distance / (TAPS + 2)) ** 2
    return np.asarray(np.sinc(distance) * window, np.float32)


def _ratio(decibels: float) -> float:
    return float(10 ** (decibels / 20))


@lru_cache(maxsize=1)
def _k_weighting() -> NDArray[np.float32]:
    """What each bin of a frame's power spectrum adds to its weighted mean square.

    The squared response of BS.1770's two filters (a shelf, then a high-pass), with coefficients for 24 kHz from the
    analogue prototypes, as in libebur128.
    """
    import numpy as np

    k = math.tan(math.pi * 1681.974450955533 / RATE_HZ)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    shelf = (
        [high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k],
        [1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k],
    )
    k, q = math.tan(math.pi * 38.13547087602444 / RATE_HZ), 0.5003270373238773
    a0 = 1 + k / q + k * k
    high_pass = ([1.0, -2.0, 1.0], [1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])
    z = np.exp(-2j * math.pi * np.arange(FRAME_SAMPLES // 2 + 1) / FRAME_SAMPLES)
    response = np.ones(len(z), np.complex128)
    for above, below in (shelf, high_pass):
        response = response * np.polyval(above[::-1], z) / np.polyval(below[::-1], z)
    sides = np.full(len(z), 2.0)  # every bin but the first and the last stands for two frequencies
    sides[[0, -1]] = 1.0
    return np.asarray(np.abs(response) ** 2 * sides, np.float32)
