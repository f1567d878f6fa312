"""The only place that encodes or decodes AAC (`encode.py` has the rest): runs of whole frames for audiobooks.

A run is one clip in an encoder of its own, as with MP3. It ends in a silent frame, so that nothing of it rings into
what follows, and noise substitution is off, which decoders fill with chance: runs laid end to end decode bit for bit as
they do alone. AAC-LC, mono, 24 kHz: a frame holds 1,024 samples in as many bytes as they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from voice_app.audio.loudness import RATE_HZ
from voice_app.errors import AudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Frames = tuple[bytes, ...]
BITS_PER_SECOND = 64_000
FRAME_SAMPLES = 1024
DELAY_SAMPLES = 1024  # speech starts here in a decoded run: the encoder's delay
SILENT_FRAME = bytes.fromhex("01180007")  # a sine window, as decoders begin with, and not one coefficient
CONFIG = bytes.fromhex("130856e500")  # AAC-LC, 24 kHz, mono, and nothing that a decoder would have to guess
RUN_VERSION = "aac-fast-64k-2"
# "fast" is three times as fast as "twoloop", and nearer to the clip at this rate: make bench-carriers
_OPTIONS = {"aac_coder": "fast", "aac_pns": "0"}


def encode_run(samples: NDArray[np.float32]) -> Frames:
    """Whole frames for mono samples at 24 kHz: one more than they fill for the delay, and one that is silent."""
    import av
    import numpy as np

    encoder = av.CodecContext.create("aac", "w")
    configure(encoder)
    whole = np.pad(samples, (0, FRAME_SAMPLES + -len(samples) % FRAME_SAMPLES)).astype(np.float32, copy=False)
    frame = av.AudioFrame.from_ndarray(whole.reshape(1, -1), format="fltp", layout="mono")
    frame.sample_rate, frame.pts = RATE_HZ, 0
    frames = tuple(bytes(packet) for given in (frame, None) for packet in encoder.encode(given))
    if len(frames) != len(whole) // FRAME_SAMPLES + 1 or encoder.extradata != CONFIG:
        raise AudioError("The AAC encoder gave broken frames.")
    return (*frames[:-1], SILENT_FRAME)  # in place of the encoder's silent frame, whose window would reach further


def configure(encoder: Any) -> None:
    """Make this codec context one of such runs: it encodes them, or describes them in the head of a file."""
    from av.codec.context import Flags

    encoder.sample_rate, encoder.layout, encoder.format = RATE_HZ, "mono", "fltp"
    encoder.bit_rate, encoder.options = BITS_PER_SECOND, _OPTIONS
    encoder.flags |= Flags.bitexact  # without the encoder's name and version in each run


def decode_run(frames: Sequence[bytes]) -> NDArray[np.float32]:
    """The samples of a run as a player hears them."""
    import av
    import numpy as np

    decoder: Any = av.CodecContext.create("aac", "r")
    decoder.extradata = CONFIG
    heard = av.AudioFifo()
    for data in frames:
        for frame in decoder.decode(av.Packet(data)):
            frame.pts = None
            heard.write(frame)
    whole = heard.read(0, partial=True)
    if whole is None:
        raise AudioError("The sound could not be decoded.")
    return np.asarray(whole.to_ndarray(), np.float32).reshape(-1)
