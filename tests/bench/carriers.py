"""Which codecs can be joined from runs, and what they cost: `python -m tests.bench.carriers [--minutes 60]`.

Joins: sentences of the embedded voice, each encoded by an encoder of its own, are decoded alone and laid end to end.
Quality: levels in 32 bands of 20 ms, decoded against the clip, where both can be heard; and how far what the codec
added lies below the sound in the same band. Then an hour of the engine `tick`: laying it together from runs that are
there, and again after one sentence was changed, beside the same without an audiobook.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from tests.bench.drift import SENTENCES
from tests.bench.texts import article
from voice_app import wiring
from voice_app.audio import aac, encode, loudness
from voice_app.audio.segments import trimmed
from voice_app.config import Config, load
from voice_app.model import Clip, SpeakRequest
from voice_app.speech.engine import Workshop
from voice_app.speech.engines import hibari
from voice_app.studio import Studio

Sound = NDArray[np.float32]
RATE_HZ = 24_000
OPUS_RATE_HZ = 48_000  # what decoders of Opus give
OPUS_FRAME = 480
PAUSE = 7_200
REPEATS = 3
WORDS_A_MINUTE = 185  # of the engine `tick`
BANDS, WINDOW = 32, 480
AUDIBLE_DB = 50.0  # below the loudest band of the same moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec:
    """`rate_hz` is what it decodes to; `delay` samples of that go before the sound."""

    name: str
    encode: Callable[[Sound], Sequence[bytes]]
    decode: Callable[[Sequence[bytes]], Sound]
    rate_hz: int = RATE_HZ
    delay: int = 0


def packets(codec: str, samples: Sound, frame_size: int, **facts: Any) -> list[bytes]:
    """Each run from an encoder of its own."""
    encoder: Any = av.CodecContext.create(codec, "w")
    encoder.sample_rate, encoder.layout = RATE_HZ, "mono"
    for name, value in facts.items():
        setattr(encoder, name, value)
    whole = np.pad(samples, (0, frame_size + -len(samples) % frame_size)).astype(np.float32)
    frame = av.AudioFrame.from_ndarray(whole.reshape(1, -1), format=encoder.format.name, layout="mono")
    frame.sample_rate, frame.pts = RATE_HZ, 0
    return [bytes(packet) for given in (frame, None) for packet in encoder.encode(given)]


def opus(name: str, bits: int) -> Codec:
    def encoded(samples: Sound) -> list[bytes]:
        options = {"application": "audio", "frame_duration": "20"}
        return packets("libopus", samples, OPUS_FRAME, format="flt", bit_rate=bits, options=options)

    def decoded(frames: Sequence[bytes]) -> Sound:
        decoder: Any = av.CodecContext.create("libopus", "r")
        decoder.layout = "mono"
        heard = [frame.to_ndarray().reshape(-1) for data in frames for frame in decoder.decode(av.Packet(data))]
        return (np.concatenate(heard) / 32768).astype(np.float32)

    return Codec(name=name, encode=encoded, decode=decoded, rate_hz=OPUS_RATE_HZ, delay=312)


def aac_with(name: str, **options: str) -> Codec:
    def encoded(samples: Sound) -> list[bytes]:
        return packets("aac", samples, aac.FRAME_SAMPLES, format="fltp", bit_rate=aac.BITS_PER_SECOND, options=options)

    return Codec(name=name, encode=encoded, decode=aac.decode_run, delay=aac.DELAY_SAMPLES)


def mp3_frames(samples: Sound) -> list[bytes]:
    data = encode.encode_run(samples)
    return [data[at : at + encode.FRAME_BYTES] for at in range(0, len(data), encode.FRAME_BYTES)]


CODECS = (
    Codec(
        name="MP3 64 kbit/s",
        encode=mp3_frames,
        decode=lambda frames: encode.decode_run(b"".join(frames)),
        delay=encode.DELAY_SAMPLES,
    ),
    Codec(name="AAC fast, as it is used", encode=aac.encode_run, decode=aac.decode_run, delay=aac.DELAY_SAMPLES),
    aac_with("AAC fast, with noise substitution", aac_coder="fast"),
    aac_with("AAC twoloop", aac_coder="twoloop", aac_pns="0"),
    opus("Opus 32 kbit/s", 32_000),
    opus("Opus 48 kbit/s", 48_000),
)


def clips() -> list[Sound]:
    engine = hibari.make(Workshop(config=Config(), decode=encode.decode))
    found = []
    for text in SENTENCES:
        speech = engine.speak(SpeakRequest(text=text, language="en", voice="heart"))
        pcm = (speech.samples * 32767).astype("<i2").tobytes()
        samples = trimmed(Clip(key=text, sample_rate=RATE_HZ, pcm=pcm), 0).samples
        leveller = loudness.Leveller(samples)
        found.append(np.pad(leveller.levelled(leveller.gain_for_db(10.0)), (0, PAUSE)))
    return found


# -- joins and quality --------------------------------------------------------------------------


def bands(samples: Sound) -> Sound:
    """Power in 32 bands, as wide as the ear's, of each window: shape (windows, BANDS)."""
    count = len(samples) // WINDOW
    power = np.abs(np.fft.rfft(samples[: count * WINDOW].reshape(count, WINDOW) * np.hanning(WINDOW), axis=1)) ** 2
    hz = np.fft.rfftfreq(WINDOW, 1 / RATE_HZ)
    scale = 21.4 * np.log10(1 + 0.00437 * hz)  # the number of the equivalent rectangular bandwidth
    place = np.minimum((scale / scale[-1] * BANDS).astype(int), BANDS - 1)
    return np.stack([power[:, place == n].sum(axis=1) + 1e-12 for n in range(BANDS)], axis=1)


def quality(clip: Sound, heard: Sound) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For every band and moment that can be heard: how far its level is off, and how far the error lies below it."""
    size = min(len(clip), len(heard))
    given, got, error = (bands(x[:size]) for x in (clip, heard, heard[:size] - clip[:size]))
    loudest = given.max(axis=1, keepdims=True)
    audible = (given > loudest * 10 ** (-AUDIBLE_DB / 10)) & (loudest > given.max() * 1e-4)
    return (
        np.abs(10 * np.log10(got[audible] / given[audible])),
        10 * np.log10(given[audible] / error[audible]),
    )


def measured(codec: Codec, sounds: Sequence[Sound]) -> str:
    spent = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        runs = [codec.encode(sound) for sound in sounds]
        spent.append(time.perf_counter() - began)
    alone = [codec.decode(run) for run in runs]
    joined = codec.decode([frame for run in runs for frame in run])
    ends = np.cumsum([len(each) for each in alone])
    apart = np.abs(np.concatenate(alone)[: len(joined)] - joined[: ends[-1]])
    steps = np.abs(np.diff(joined))
    at_joins = max(steps[end - 100 : end + 100].max() for end in ends[:-1])
    off, below = [], []
    for sound, heard in zip(sounds, alone, strict=True):
        real = heard[codec.delay :]
        if codec.rate_hz != RATE_HZ:
            real = resample_poly(real, RATE_HZ, codec.rate_hz).astype(np.float32)
        one, other = quality(sound, real)
        off.append(one)
        below.append(other)
    seconds = sum(map(len, sounds)) / RATE_HZ
    size = sum(len(frame) for run in runs for frame in run)
    return (
        f"| {codec.name} | {_db(apart.max())} | {at_joins:.5f} / {steps.max():.2f} | {seconds / min(spent):.0f}x "
        f"| {size / seconds * 0.0036:.1f} MB | {np.concatenate(off).mean():.2f} dB "
        f"| {np.median(np.concatenate(below)):.1f} dB |"
    )


def _db(size: float) -> str:
    return f"{20 * np.log10(size):.0f} dBFS" if size else "none"


# -- an hour ------------------------------------------------------------------------------------


def narrated(studio: Studio, folder: Path, text: str, *, audiobook: bool) -> float:
    document = studio.read(studio.pasted(text.encode()))
    began = time.perf_counter()
    studio.narrate(document, folder, audiobook=audiobook)
    return time.perf_counter() - began


def hour(minutes: int) -> None:
    """Narrate it with and without an audiobook: from nothing, from the cache, and after an edit of one sentence."""
    text = article(minutes * WORDS_A_MINUTE)
    middle = text.index(". ", len(text) // 2)
    print(f"| {minutes} minutes | from nothing | from the cache | one sentence edited |")
    print("|---|---|---|---|")
    for audiobook in (False, True):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            flags = {"paths.content": folder / "content", "paths.cache": folder / "cache"}
            config = load(flags=flags | {"narration.voice": "tick/tock"}, environ={}, file=folder / "none.toml")
            studio = wiring.build(config)
            clock = partial(narrated, studio, folder / "out", audiobook=audiobook)
            first = clock(text)
            cached = statistics.median(clock(text) for _ in range(REPEATS))
            edits = [f"{text[:middle]}{' indeed' * n}{text[middle:]}" for n in range(1, REPEATS + 1)]
            edited = statistics.median(clock(each) for each in edits)
            name = "with an audiobook" if audiobook else "MP3 alone"
            print(f"| {name} | {first:.1f} s | {cached:.2f} s | {edited:.2f} s |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    options = parser.parse_args()
    sounds = clips()
    print("| | joined and alone differ by | step at joins / inside | speed | an hour | level off | error below |")
    print("|---|---|---|---|---|---|---|")
    for codec in CODECS:
        print(measured(codec, sounds))
    hour(options.minutes)


if __name__ == "__main__":
    main()
