"""Runs of an audiobook: bit-exact joins, the level and the peaks of the MP3, sound where it is expected."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.audio.test_press import TEXTS, clicks, clip_of
from voice_app.audio import aac, encode, loudness, segments
from voice_app.audio.press import Press
from voice_app.model import Clip
from voice_app.testing import MemoryBlobs


@pytest.fixture(scope="module")
def runs() -> list[aac.Frames]:
    press = Press(MemoryBlobs())
    clips = [*map(clip_of, TEXTS), clicks(1.3)]
    return [press.book_run(clip, gain_db=0.0) for clip in clips]


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_joined_runs_decode_bit_for_bit_as_they_do_alone(runs: list[aac.Frames], gap: int) -> None:
    silence = [aac.SILENT_FRAME] * gap
    for order in itertools.permutations(runs, 2):
        joined = aac.decode_run([frame for run in order for frame in (*run, *silence)])
        alone = [np.pad(aac.decode_run(run), (0, gap * aac.FRAME_SAMPLES)) for run in order]
        assert np.array_equal(joined, np.concatenate(alone))


def test_there_is_no_click_where_runs_meet(runs: list[aac.Frames]) -> None:
    tones = runs[:-1]
    heard = aac.decode_run([frame for run in tones for frame in run])
    steps = np.abs(np.diff(heard))
    ends = np.cumsum([len(run) * aac.FRAME_SAMPLES for run in tones])[:-1]
    assert all(steps[end - 500 : end + 500].max() < 0.0001 for end in ends)
    assert steps.max() > 0.05


def sounds(clip: Clip) -> NDArray[np.float32]:
    return encode.resampled(segments.trimmed(clip, 0).samples, clip.sample_rate)


@pytest.mark.parametrize("rate", [24_000, 22_050, 44_100])
def test_the_sound_begins_after_the_delay(rate: int) -> None:
    clip = clip_of(TEXTS[0], rate=rate)
    heard = aac.decode_run(Press(MemoryBlobs()).book_run(clip, gain_db=0.0))
    given = sounds(clip)
    around = np.pad(heard, (500, 500))
    lag = int(np.argmax(np.correlate(around, given, "valid"))) - 500
    assert lag == aac.DELAY_SAMPLES


@pytest.mark.parametrize(("scale", "gain_db"), [(1.0, -3.0), (0.05, 23.0), (1.0, 0.0)])
def test_it_is_as_loud_as_the_mp3(scale: float, gain_db: float) -> None:
    press = Press(MemoryBlobs())
    clip = clip_of(TEXTS[2], scale=scale)
    book = aac.decode_run(press.book_run(clip, gain_db=gain_db))
    mp3 = encode.decode_run(press.run(clip, pause_ms=350, gain_db=gain_db).frames)
    levels = [loudness.loudness_between_pauses_lufs(each) for each in (book, mp3)]
    assert levels[0] == pytest.approx(levels[1], abs=0.1)


@pytest.mark.parametrize("gain_db", [-3.0, 6.0, 20.0])
def test_no_peak_is_above_the_limit(gain_db: float) -> None:
    for clip in (clip_of(TEXTS[0]), clicks()):
        run = Press(MemoryBlobs()).book_run(clip, gain_db=gain_db)
        heard = aac.decode_run(run)
        assert loudness.true_peak_dbtp(heard) <= loudness.MAX_TRUE_PEAK_DBTP


def test_a_run_is_kept_and_a_damaged_one_is_none() -> None:
    blobs = MemoryBlobs()
    press = Press(blobs)
    clip = clip_of(TEXTS[0])
    made = press.book_run(clip, gain_db=1.0)
    assert press.known_book_run(clip.key, gain_db=1.0) == made
    assert press.known_book_run(clip.key, gain_db=1.1) is None
    (name,) = blobs.held
    blobs.held[name] = blobs.held[name].replace(made[3], made[3][::-1])
    assert press.known_book_run(clip.key, gain_db=1.0) is None


def test_the_same_clip_gives_the_same_bytes() -> None:
    assert aac.encode_run(sounds(clicks())) == aac.encode_run(sounds(clicks()))
    assert b"Lav" not in b"".join(aac.encode_run(sounds(clicks())))
