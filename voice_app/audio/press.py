"""The press: clips become encoded runs, runs laid end to end become files.

A run is cached by its clip, pause, gain and encoder, so an edited sentence costs one run and a byte copy, and a
change of level or pause never calls an engine. A run of an audiobook has no pause: it is laid with its neighbours.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, TypeVar

from voice_app.audio import aac, earcons, encode, loudness, segments
from voice_app.blobs import Blobs, sealed, unsealed
from voice_app.errors import AudioError
from voice_app.model import Clip, Earcon, Mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Coded = TypeVar("Coded")

LEVEL_TRIES = 8
CALIBRATION_PAUSE_MS = 300
MARK_BYTES = 32
DECAY_FRAMES = 2  # of a pause are encoded with the clip: what the encoder smears behind the last sound is in them

EARCON_GAP_FRAMES = 2  # silent, so that nothing of the sound rings into the speech; with edges and delay 150 ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Whole MP3 frames for one clip and its pause, with what a chapter needs to know about them.

    The first `lead_frames` of them hold the sound that stands before the speech. `marks` are the clip's, in seconds
    from where its speech begins.
    """

    frames: bytes
    speech_seconds: float
    true_peak_dbtp: float
    energies: NDArray[np.float32]
    lead_frames: int = 0
    marks: tuple[Mark, ...] = ()

    @property
    def frame_count(self) -> int:
        return len(self.frames) // encode.FRAME_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A finished stretch of sound: the `pieces` of its file after the tag, which are the Info frame and the runs."""

    pieces: tuple[bytes, ...]
    frame_count: int
    energies: NDArray[np.float32]
    loudness_lufs: float
    true_peak_dbtp: float

    @property
    def seconds(self) -> float:
        return self.frame_count * encode.FRAME_SECONDS


def lay(runs: Sequence[Run]) -> Laid:
    """Runs end to end behind an Info frame with the true length. `runs` must not be empty."""
    import numpy as np

    frame_count = sum(run.frame_count for run in runs)
    energies = np.concatenate([run.energies for run in runs])
    return Laid(
        pieces=(encode.info_frame(frame_count), *(run.frames for run in runs)),
        frame_count=frame_count,
        energies=energies,
        loudness_lufs=loudness.loudness_lufs(energies),
        true_peak_dbtp=max(run.true_peak_dbtp for run in runs),
    )


def heralded(run: Run, earcon: Earcon) -> Run:
    """The run with the sound before it. The speech's own frames stay as they are, so that its run is made only once."""
    if not earcon:
        return run
    import numpy as np

    sound = _earcon_run(earcon)
    return replace(
        run,
        frames=sound.frames + run.frames,
        true_peak_dbtp=max(sound.true_peak_dbtp, run.true_peak_dbtp),
        energies=np.concatenate([sound.energies, run.energies]),
        lead_frames=sound.frame_count,
    )


@lru_cache(maxsize=8)
def book_earcon(earcon: Earcon) -> aac.Frames:
    """The sound as a run of an audiobook."""
    return aac.encode_run(earcons.sound(earcon))


@lru_cache(maxsize=8)
def _earcon_run(earcon: Earcon) -> Run:
    frames = encode.encode_run(earcons.sound(earcon)) + encode.silence(EARCON_GAP_FRAMES)
    heard = encode.decode_run(frames)
    return Run(
        frames=frames,
        speech_seconds=0.0,
        true_peak_dbtp=loudness.true_peak_dbtp(heard),
        energies=loudness.frame_energies(heard),
    )


class Press:
    """Makes runs and keeps them."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def known(self, clip_key: str, *, pause_ms: int, gain_db: float) -> Run | None:
        """The run if it was made before and is whole."""
        name = _name(clip_key, pause_ms, gain_db)
        stored = unsealed(name, self._blobs.read(name))
        return _unpacked(stored) if stored else None

    def run(self, clip: Clip, *, pause_ms: int, gain_db: float) -> Run:
        """Encode the clip with its pause at its level, check the peak of what a player will hear, and keep it.

        `gain_db` is the voice's.
        """
        import numpy as np

        silent_frames = max(0, pause_ms // encode.FRAME_MS - DECAY_FRAMES)
        trimmed = segments.trimmed(clip, pause_ms - silent_frames * encode.FRAME_MS)
        samples = encode.resampled(trimmed.samples, clip.sample_rate)
        frames, heard, peak = _coded(samples, gain_db, encode.encode_run, encode.decode_run)
        run = Run(
            frames=frames + encode.silence(silent_frames),
            speech_seconds=trimmed.speech_seconds,
            true_peak_dbtp=peak,
            energies=np.pad(loudness.frame_energies(heard), (0, silent_frames)),
            marks=tuple(_moved(mark, trimmed) for mark in clip.marks),
        )
        name = _name(clip.key, pause_ms, gain_db)
        self._blobs.write(name, sealed(name, _packed(run)))
        return run

    def rehearse(self, clip: Clip) -> None:
        """Make a run that is not kept, so that all is loaded that the next one needs."""
        samples = encode.resampled(segments.trimmed(clip, 0).samples, clip.sample_rate)
        _coded(samples, 0.0, encode.encode_run, encode.decode_run)

    def known_book_run(self, clip_key: str, *, gain_db: float) -> aac.Frames | None:
        """The run of an audiobook if it was made before and is whole."""
        name = _book_name(clip_key, gain_db)
        stored = unsealed(name, self._blobs.read(name))
        return _book_unpacked(stored) if stored else None

    def book_run(self, clip: Clip, *, gain_db: float) -> aac.Frames:
        """As `run` does, for an audiobook, where the pause needs no frames of its own."""
        samples = encode.resampled(segments.trimmed(clip, 0).samples, clip.sample_rate)
        frames, _, _ = _coded(samples, gain_db, aac.encode_run, aac.decode_run)
        name = _book_name(clip.key, gain_db)
        self._blobs.write(name, sealed(name, _book_packed(frames)))
        return frames

    def calibrated_gain_db(self, clips: Sequence[Clip]) -> float:
        """The gain that brings these clips together, limiter in place, to the target loudness, to 0.1 dB."""
        import numpy as np

        sounds = [
            encode.resampled(segments.trimmed(clip, CALIBRATION_PAUSE_MS).samples, clip.sample_rate) for clip in clips
        ]
        whole = np.concatenate([np.pad(sound, (0, -len(sound) % loudness.FRAME_SAMPLES)) for sound in sounds])
        leveller, gain_db = loudness.Leveller(whole), 0.0
        for _ in range(LEVEL_TRIES):
            heard = loudness.loudness_lufs(loudness.frame_energies(leveller.levelled(gain_db)))
            step = loudness.TARGET_LUFS - heard
            if not math.isfinite(step):
                raise AudioError("The voice gave silence, so its level could not be measured.")
            gain_db = round(gain_db + step, 1)
            if abs(step) < 0.1:
                break
        return gain_db


def _coded(
    samples: NDArray[np.float32],
    gain_db: float,
    encoded: Callable[[NDArray[np.float32]], Coded],
    decoded: Callable[[Coded], NDArray[np.float32]],
) -> tuple[Coded, NDArray[np.float32], float]:
    """The samples at their level, encoded so that no peak of what is heard is above the limit; with what is heard, and
    its highest peak."""
    leveller = loudness.Leveller(samples)
    ceiling, level_db = loudness.CEILING_DBFS, leveller.gain_for_db(gain_db)
    for attempt in range(LEVEL_TRIES):
        frames = encoded(leveller.levelled(level_db, ceiling))
        heard = decoded(frames)
        peak = loudness.true_peak_dbtp(heard)
        if peak <= loudness.MAX_TRUE_PEAK_DBTP:
            return frames, heard, peak
        ceiling -= peak - loudness.MAX_TRUE_PEAK_DBTP + 0.2
        if attempt:  # what the codec adds to quieter places is not the limiter's to hold
            level_db -= peak - loudness.MAX_TRUE_PEAK_DBTP + 0.1
    raise AudioError("A clip's peaks could not be brought below the limit.")


def _moved(mark: Mark, trimmed: segments.Trimmed) -> Mark:
    start, end = (
        min(max(0.0, seconds - trimmed.cut_seconds), trimmed.speech_seconds)
        for seconds in (mark.start_seconds, mark.end_seconds)
    )
    return replace(mark, start_seconds=start, end_seconds=end)


def _name(clip_key: str, pause_ms: int, gain_db: float) -> str:
    key = _key(f"{clip_key} {pause_ms} {gain_db:.1f} {encode.RUN_VERSION}")
    return f"runs/{key[:2]}/{key}.run"


def _book_name(clip_key: str, gain_db: float) -> str:
    key = _key(f"{clip_key} {gain_db:.1f} {aac.RUN_VERSION}")
    return f"books/{key[:2]}/{key}.aac"


def _key(facts: str) -> str:
    limits = f"{loudness.CEILING_DBFS} {loudness.MAX_TRUE_PEAK_DBTP}"
    return hashlib.sha256(f"{facts} {limits}".encode()).hexdigest()


def _book_packed(frames: aac.Frames) -> bytes:
    """One line of JSON with their sizes, then the frames."""
    return json.dumps([len(frame) for frame in frames]).encode() + b"\n" + b"".join(frames)


def _book_unpacked(stored: bytes) -> aac.Frames | None:
    """The run, or None when another version of the program wrote it."""
    head, _, body = stored.partition(b"\n")
    try:
        ends = accumulate(json.loads(head), initial=0)
        return tuple(body[start:end] for start, end in pairwise(ends))
    except (ValueError, TypeError):
        return None


def _packed(run: Run) -> bytes:
    """One line of JSON, then the marks (four numbers each), the frames' energies and the frames."""
    import numpy as np

    marks = np.array([[m.start, m.end, m.start_seconds, m.end_seconds] for m in run.marks], "<f8")
    body = marks.tobytes() + run.energies.astype("<f4").tobytes() + run.frames
    about = {
        "marks": len(run.marks),
        "frames": run.frame_count,
        "speech_seconds": run.speech_seconds,
        "true_peak_dbtp": run.true_peak_dbtp,
    }
    return json.dumps(about).encode() + b"\n" + body


def _unpacked(stored: bytes) -> Run | None:
    """The run, or None when another version of the program wrote it."""
    import numpy as np

    head, _, body = stored.partition(b"\n")
    try:
        about = json.loads(head)
        marked = about["marks"] * MARK_BYTES
        size = marked + about["frames"] * 4
        return Run(
            frames=body[size:],
            speech_seconds=about["speech_seconds"],
            true_peak_dbtp=about["true_peak_dbtp"],
            energies=np.frombuffer(body[marked:size], "<f4"),
            marks=tuple(
                Mark(start=int(a), end=int(b), start_seconds=c, end_seconds=d)
                for a, b, c, d in np.frombuffer(body[:marked], "<f8").reshape(-1, 4).tolist()
            ),
        )
    except (ValueError, KeyError, TypeError):
        return None
