"""The only place that encodes or decodes, with `aac.py`: runs of whole MP3 frames, and the Info frame before them.

A run is one clip and its pause in an encoder of its own. A fresh encoder starts with an empty bit reservoir, so runs
laid end to end decode bit for bit as they do alone. MPEG-2 layer III, mono, 24 kHz, 64 kbit/s: every frame holds 576
samples (24 ms) in exactly 192 bytes, without padding.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from voice_app.audio.loudness import FRAME_SAMPLES, RATE_HZ
from voice_app.errors import AudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KBIT_PER_SECOND = 64
FRAME_BYTES = 192
FRAME_SECONDS = FRAME_SAMPLES / RATE_HZ
FRAME_MS = 24
LAME_QUALITY = 7
LAME_SCALE = 0.95  # what LAME multiplies all samples with at this bit rate (measured: -0.447 dB at any pitch and level)
DELAY_SAMPLES = 1105  # speech starts here in a decoded run: the encoder's delay and the decoder's (measured)
RUN_VERSION = f"lame{LAME_QUALITY}-{KBIT_PER_SECOND}k-5"
_HEADER = bytes.fromhex("fff384c4")  # MPEG-2, layer III, no CRC, 64 kbit/s, 24 kHz, no padding, mono
_INFO_OFFSET = 13  # header and MPEG-2 mono side information


def encode_run(samples: NDArray[np.float32]) -> bytes:
    """Whole frames for mono samples at 24 kHz; two frames more than the samples fill, for the encoder's delay.

    They decode at the level of the samples, which may reach LAME_SCALE.
    """
    import lameenc
    import numpy as np

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(KBIT_PER_SECOND)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(LAME_QUALITY)
    whole = np.zeros(len(samples) + -len(samples) % FRAME_SAMPLES, np.float32)
    np.divide(samples, np.float32(LAME_SCALE), out=whole[: len(samples)])
    np.clip(whole, -1.0, 1.0, out=whole)
    whole *= 32767.0
    pcm = whole.astype("<i2").tobytes()
    frames = bytes(encoder.encode(pcm)) + bytes(encoder.flush())
    if len(frames) % FRAME_BYTES or not frames.startswith(_HEADER[:2]):
        raise AudioError("The MP3 encoder gave broken frames.")
    return frames


def silence(frame_count: int) -> bytes:
    """Frames that decode to nothing. They refer to no other frame, so they can stand behind any run."""
    return (_HEADER + bytes(FRAME_BYTES - len(_HEADER))) * frame_count


def decode_run(frames: bytes) -> NDArray[np.float32]:
    """The samples of a run as a player hears them, to two steps of 16 bits.

    In one call for the whole run: FFmpeg comes back to Python after every frame, and another thread that speaks has to
    wait each time.
    """
    import miniaudio
    import numpy as np

    try:
        heard = np.frombuffer(miniaudio.mp3_read_f32(frames).samples, np.float32)
    except miniaudio.DecodeError as problem:
        raise AudioError("The sound could not be decoded.") from problem
    if len(heard) != len(frames) // FRAME_BYTES * FRAME_SAMPLES:
        raise AudioError("The sound could not be decoded.")
    return heard


def decode(data: bytes) -> tuple[NDArray[np.float32], int]:
    """Mono samples and rate in Hz of any sound FFmpeg knows. Raises AudioError."""
    import av
    import numpy as np

    try:
        with av.open(io.BytesIO(data), mode="r") as container:
            stream = container.streams.audio[0]
            resampler = av.AudioResampler(format="flt", layout="mono", rate=stream.rate)
            heard = av.AudioFifo()  # collects frames in C: one array at the end instead of one for every 24 ms
            for frame in container.decode(stream):
                frame.pts = None
                is_plain = frame.layout.nb_channels == 1 and frame.format.name == "fltp"
                for out in [frame] if is_plain else resampler.resample(frame):
                    heard.write(out)
            rate = int(stream.rate)
            whole = heard.read(0, partial=True)
    except (av.error.FFmpegError, IndexError, ValueError) as problem:
        raise AudioError("The sound could not be decoded.") from problem
    samples = whole.to_ndarray().reshape(-1) if whole else np.zeros(0)
    return samples.astype(np.float32, copy=False), rate


def resampled(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """The samples at 24 kHz."""
    if rate_hz == RATE_HZ or not samples.size:
        return samples
    import av
    import numpy as np

    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = rate_hz
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE_HZ)
    chunks = [out.to_ndarray().reshape(-1) for given in (frame, None) for out in resampler.resample(given)]
    return np.concatenate(chunks)


def info_frame(frame_count: int) -> bytes:
    """A silent frame with the true number of frames and bytes and a seek table, for the file's length and seeking.

    Players skip it. The layout is Xing's; "Info" says that the bit rate is constant.
    """
    audio_bytes = (frame_count + 1) * FRAME_BYTES
    table = bytes(min(255, round(256 * percent / 100)) for percent in range(100))
    fields = b"Info" + (0x07).to_bytes(4) + frame_count.to_bytes(4) + audio_bytes.to_bytes(4) + table
    return _HEADER + bytes(_INFO_OFFSET - len(_HEADER)) + fields.ljust(FRAME_BYTES - _INFO_OFFSET, b"\0")
