"""From a neural voice's spectra to its samples, frame by frame: what hibari's own `dsp.synth` does, laid out otherwise.

The network says for each frame of 12.5 ms how loud and how turned the harmonics of its pitch are, how loud the noise
is, and a third part with phases of its own. hibari takes these as five matrices with time along the rows. Here time
runs down the columns, as the network makes them: nothing is turned round.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Spectra = NDArray[np.complex64]

BINS = 601
MAX_BLOCK = 256  # frames at once: of fewer, two threads would wait for each other between the many short steps
REACH = 3  # a frame's window reaches that many frames far
VOICED_HZ, MAX_HARMONIC_HZ = 40.0, 11_000.0  # hibari makes no pulses below, and no harmonics above
LEAST_BELOW = 2e-3  # nearer to the middle of a pulse its height stands for the fraction
MAX_LOG_SIZE = 7.0  # hibari's own limit
HEARD_LOG_SIZE = -8.0  # frames all below give less than a thousandth of a 16-bit step


def sound(spectra: Rows, pitch_hz: Rows, noise: Callable[[int, int], Spectra]) -> Rows:
    """Mono samples at 24 kHz. `spectra` has a row for each frame: the logarithm of the harmonics' size, how they are
    turned, the logarithm of the noise's size, that of the third part's, and its phase, BINS each.

    `noise` gives a row of complex noise for each frame: from which frame, and for how many.
    """
    import numpy as np
    from hibari.dsp import HOP, N_FFT, WIN, WIN_SRC
    from numpy.lib.stride_tricks import sliding_window_view

    count, overlap, shares = len(pitch_hz), N_FFT // HOP, (WIN * WIN).reshape(-1, HOP)
    windows = sliding_window_view(np.pad(_pulses(pitch_hz), N_FFT // 2, mode="reflect"), N_FFT)[::HOP]
    near = sliding_window_view(np.pad(pitch_hz, REACH, mode="edge"), 2 * REACH + 1).max(axis=1)
    laid, weight = np.zeros((2, count + overlap - 1, HOP), np.float32)
    before = WIN_SRC * np.float32(N_FFT)
    first, last = _heard(spectra, near)
    for start in range(first, last, MAX_BLOCK):
        block = spectra[start : min(start + MAX_BLOCK, last)]
        size, turn, noise_size, rest_size, rest_phase = np.split(block, 5, axis=1)
        whole = _turned(rest_size, rest_phase)
        whole += noise(start, len(size)) * _size(noise_size)
        voiced = np.flatnonzero(near[start : start + len(block)] >= VOICED_HZ)
        harmonics = np.fft.rfft(windows[start + voiced] * before, axis=1, norm="forward")  # without a norm: in doubles
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


def _heard(spectra: Rows, near_hz: Rows) -> tuple[int, int]:
    """From which frame to which there is anything to hear. A sentence begins and ends with a quarter of a second of
    nothing: a tenth of all frames.
    """
    import numpy as np

    voiced = np.flatnonzero(near_hz >= VOICED_HZ)
    first, last = (int(voiced[0]), int(voiced[-1]) + 1) if len(voiced) else (len(near_hz), 0)
    is_loud = np.zeros(len(near_hz), np.bool_)
    is_loud[first:last] = True
    for edge in (slice(0, first), slice(max(first, last), None)):
        is_loud[edge] = spectra[edge, 2 * BINS : 4 * BINS].max(axis=1, initial=HEARD_LOG_SIZE) > HEARD_LOG_SIZE
    loud = np.flatnonzero(is_loud)
    return (int(loud[0]), int(loud[-1]) + 1) if len(loud) else (0, 0)


def _pulses(pitch_hz: Rows) -> Rows:
    """Pulses of that pitch, and silence where there is none: what hibari's own `dsp.pulses` gives.

    All harmonics up to MAX_HARMONIC_HZ, cos(t) + cos(2t) + ... + cos(nt), are sin((n + 1/2) t) / 2 sin(t / 2) - 1/2.
    """
    import numpy as np
    from hibari.dsp import HOP, SR

    straight, turned = _ways()
    slopes = np.diff(np.pad(pitch_hz, 1, mode="edge"))
    ways = np.stack([pitch_hz, slopes[:-1], slopes[1:]], axis=1)
    found = np.empty((len(ways), HOP), np.float32)
    begun = 0.0
    for start in range(0, len(ways), MAX_BLOCK):
        block = ways[start : start + MAX_BLOCK]
        hertz, turns = block @ straight, block @ turned
        is_voiced = hertz > VOICED_HZ
        if not is_voiced.all():
            np.maximum(hertz, np.float32(VOICED_HZ), out=hertz)
            low = ~is_voiced.all(axis=1)
            turns[low] = np.cumsum(hertz[low], axis=1) / np.float32(SR)
        ends = begun + np.cumsum(hertz.sum(axis=1, dtype=np.float64) / SR)
        turns += np.concatenate([[begun], ends[:-1] % 1.0])[:, None].astype(np.float32)
        begun = ends[-1] % 1.0
        half = np.abs(turns - np.rint(turns)) * np.float32(np.pi)  # of the angle; both sides of a pulse are alike
        heights = np.floor(np.float32(MAX_HARMONIC_HZ) / hertz) + np.float32(0.5)
        below = 2.0 * np.sin(half)
        pulses = np.sin(2.0 * heights * half) / np.maximum(below, LEAST_BELOW)
        np.copyto(pulses, heights, where=below <= LEAST_BELOW)
        pulses -= 0.5
        np.multiply(pulses, is_voiced, out=found[start : start + MAX_BLOCK])
    return found.reshape(-1)


@lru_cache(maxsize=1)
def _ways() -> tuple[Rows, Rows]:
    """For the samples of a frame: the pitch, and how far it has turned since the frame's beginning, as shares of the
    frame's own pitch, of its way from the frame before and of its way to the next. Shape (3, HOP) each.

    The pitch runs straight from the middle of a frame to the middle of the next.
    """
    import numpy as np
    from hibari.dsp import HOP, SR

    way = (np.arange(HOP) + 0.5) / HOP - 0.5
    shares = np.stack([np.ones(HOP), np.minimum(way, 0.0), np.maximum(way, 0.0)])
    return shares.astype(np.float32), (np.cumsum(shares, axis=1) / SR).astype(np.float32)


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
