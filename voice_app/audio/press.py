"""The press: clips become encoded runs, runs laid end to end become files.

A run is cached by its clip, pause, gain and encoder, so an edited sentence costs one run and a byte copy, and a
change of level or pause never calls an engine.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voice_app.audio import encode, loudness, segments
from voice_app.blobs import Blobs
from voice_app.errors import AudioError
from voice_app.model import Clip, Mark

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL_TRIES = 8
MARK_BYTES = 32
DECAY_FRAMES = 2  # of a pause are encoded with the clip: what the encoder smears behind the last sound is in them


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Whole MP3 frames for one clip and its pause, with what a chapter needs to know about them.

    `marks` are the clip's, in seconds from where its speech begins in the run.
    """

    frames: bytes
    speech_seconds: float
    true_peak_dbtp: float
    energies: NDArray[np.float32]
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


class Press:
    """Makes runs and keeps them."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def known(self, clip_key: str, *, pause_ms: int, gain_db: float) -> Run | None:
        """The run if it was made before and is whole."""
        stored = self._blobs.read(_name(clip_key, pause_ms, gain_db))
        return _unpacked(stored) if stored else None

    def run(self, clip: Clip, *, pause_ms: int, gain_db: float) -> Run:
        """Encode the clip with its pause at its level, check the peak of what a player will hear, and keep it."""
        import numpy as np

        silent_frames = max(0, pause_ms // encode.FRAME_MS - DECAY_FRAMES)
        trimmed = segments.trimmed(clip, pause_ms - silent_frames * encode.FRAME_MS)
        samples = encode.resampled(trimmed.samples, clip.sample_rate)
        ceiling, level_db = loudness.CEILING_DBFS, gain_db
        for attempt in range(LEVEL_TRIES):
            frames = encode.encode_run(loudness.levelled(samples, level_db, ceiling))
            heard = encode.decode_run(frames)
            peak = loudness.true_peak_dbtp(heard)
            if peak <= loudness.MAX_TRUE_PEAK_DBTP:
                break
            ceiling -= peak - loudness.MAX_TRUE_PEAK_DBTP + 0.2
            if attempt:  # what the codec adds to quieter places is not the limiter's to hold
                level_db -= peak - loudness.MAX_TRUE_PEAK_DBTP + 0.1
        else:
            raise AudioError("A clip's peaks could not be brought below the limit.")
        run = Run(
            frames=frames + encode.silence(silent_frames),
            speech_seconds=trimmed.speech_seconds,
            true_peak_dbtp=peak,
            energies=np.pad(loudness.frame_energies(heard), (0, silent_frames)),
            marks=tuple(_moved(mark, trimmed) for mark in clip.marks),
        )
        self._blobs.write(_name(clip.key, pause_ms, gain_db), _packed(run))
        return run

    def calibrated_gain_db(self, clips: Sequence[Clip], start_db: float = 0.0) -> float:
        """The gain that brings these clips, limiter in place, to the target loudness, to 0.1 dB."""
        gain_db = start_db
        for _ in range(LEVEL_TRIES):
            laid = lay([self.run(clip, pause_ms=300, gain_db=gain_db) for clip in clips])
            step = loudness.TARGET_LUFS - laid.loudness_lufs
            if not math.isfinite(step):
                raise AudioError("The voice gave silence, so its level could not be measured.")
            gain_db = round(gain_db + step, 1)
            if abs(step) < 0.1:
                break
        return gain_db


def _moved(mark: Mark, trimmed: segments.Trimmed) -> Mark:
    start, end = (
        min(max(0.0, seconds - trimmed.cut_seconds), trimmed.speech_seconds)
        for seconds in (mark.start_seconds, mark.end_seconds)
    )
    return replace(mark, start_seconds=start, end_seconds=end)


def _name(clip_key: str, pause_ms: int, gain_db: float) -> str:
    limits = f"{loudness.CEILING_DBFS} {loudness.MAX_TRUE_PEAK_DBTP}"
    facts = f"{clip_key} {pause_ms} {gain_db:.1f} {encode.RUN_VERSION} {limits}"
    key = hashlib.sha256(facts.encode()).hexdigest()
    return f"runs/{key[:2]}/{key[2:4]}/{key}.run"


def _packed(run: Run) -> bytes:
    """One line of JSON with the digest of the rest: the marks, four numbers each, the frames' energies, the frames."""
    import numpy as np

    marks = np.array([[m.start, m.end, m.start_seconds, m.end_seconds] for m in run.marks], "<f8")
    body = marks.tobytes() + run.energies.astype("<f4").tobytes() + run.frames
    about = {
        "sha256": hashlib.sha256(body).hexdigest(),
        "marks": len(run.marks),
        "frames": run.frame_count,
        "speech_seconds": run.speech_seconds,
        "true_peak_dbtp": run.true_peak_dbtp,
    }
    return json.dumps(about).encode() + b"\n" + body


def _unpacked(stored: bytes) -> Run | None:
    """The run, or None when the bytes are damaged."""
    import numpy as np

    head, _, body = stored.partition(b"\n")
    try:
        about = json.loads(head)
        if about["sha256"] != hashlib.sha256(body).hexdigest():
            return None
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
