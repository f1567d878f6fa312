"""From a neural voice's spectra to its samples, frame by frame: what hibari's own `dsp.synth` does, laid out otherwise.

The network says for each frame of 12.5 ms how loud and how turned the harmonics of its pitch are, how loud the noise
is, and a third part with phases of its own. hibari takes these as five matrices with time along the rows. Here time
runs down the columns, as the network makes them: nothing is turned round, and a block of frames fits into the cache.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Spectra = NDArray[np.complex64]

BINS = 601
MAX_BLOCK = 64  # frames at once
REACH = 3  # a frame's window reaches that many frames far
VOICED_HZ = 40.0  # hibari makes no pulses below
MAX_LOG_SIZE = 7.0  # hibari's own limit


def sound(spectra: Rows, pitch_hz: Rows, noise: Callable[[int], Spectra]) -> Rows:
    """Mono samples at 24 kHz. `spectra` has a row for each frame: the logarithm of the harmonics' size, how they are
    turned, the logarithm of the noise's size, that of the third part's, and its phase, BINS each.

    `noise` gives that many rows of complex noise.
    """
    import numpy as np
    from hibari.dsp import HOP, N_FFT, WIN, WIN_SRC, pulses
    from numpy.lib.stride_tricks import sliding_window_view

    count, overlap, shares = len(pitch_hz), N_FFT // HOP, (WIN * WIN).reshape(-1, HOP)
    windows = sliding_window_view(np.pad(pulses(pitch_hz), N_FFT // 2, mode="reflect"), N_FFT)[::HOP]
    near = sliding_window_view(np.pad(pitch_hz, REACH, mode="edge"), 2 * REACH + 1).max(axis=1)
    laid, weight = np.zeros((2, count + overlap - 1, HOP), np.float32)
    for start in range(0, count, MAX_BLOCK):
        size, turn, noise_size, rest_size, rest_phase = np.split(spectra[start : start + MAX_BLOCK], 5, axis=1)
        whole = _turned(rest_size, rest_phase)
        whole += noise(len(size)) * _size(noise_size)
        voiced = np.flatnonzero(near[start : start + MAX_BLOCK] >= VOICED_HZ)
        harmonics = np.fft.rfft(windows[start + voiced] * WIN_SRC, axis=1)
        harmonics *= _turned(size[voiced], np.tanh(turn[voiced]) * np.float32(np.pi))
        whole[voiced] += harmonics
        frames = np.fft.irfft(whole, n=N_FFT, axis=1)
        frames *= WIN
        for n, part in enumerate(np.split(frames, overlap, axis=1)):
            laid[start + n : start + n + len(part)] += part
    for n, share in enumerate(shares):
        weight[n : n + count] += share
    laid /= np.maximum(weight, 1e-11)
    samples: Rows = laid.reshape(-1)[N_FFT // 2 :][: count * HOP]
    return samples


def _size(logarithms: Rows) -> Rows:
    import numpy as np

    if logarithms.max(initial=0.0) > MAX_LOG_SIZE:
        logarithms = np.minimum(logarithms, np.float32(MAX_LOG_SIZE))
    return np.exp(logarithms)


def _turned(logarithms: Rows, phases: Rows) -> Spectra:
    """Complex numbers of that size and that phase."""
    import numpy as np

    found = np.empty(phases.shape, np.complex64)
    np.cos(phases, out=found.real)
    np.sin(phases, out=found.imag)
    found *= _size(logarithms)
    return found
