"""Runs and files of runs: bit-exact joins, true lengths, true loudness, peaks below the limit."""

from __future__ import annotations

import io
from dataclasses import replace

import av
import numpy as np
import pyloudnorm
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly

from voice_app.audio import encode, loudness, segments
from voice_app.audio.press import Laid, Press, Run, lay
from voice_app.audio.timeline import RunLength, cues, marks, moved
from voice_app.blobs import sealed
from voice_app.errors import AudioError
from voice_app.model import BlockKind, Chapter, Clip, Mark, Sentence, SpeakRequest
from voice_app.testing import MemoryBlobs, TickEngine

TEXTS = ("Good morning to you all.", "The kettle is on.", "Nobody in the village could remember such a winter.")


def clip_of(text: str, *, scale: float = 1.0, rate: int = 24_000) -> Clip:
    speech = TickEngine().speak(SpeakRequest(text=text, language="en", voice="tock"))
    samples = speech.samples * scale
    if rate != 24_000:
        samples = resample_poly(samples, rate, 24_000)
    pcm = (samples * 32767).astype("<i2").tobytes()
    return Clip(key=text, sample_rate=rate, pcm=pcm, marks=speech.marks)


def clicks(seconds: float = 2.0) -> Clip:
    """Quiet noise with sharp peaks: what a limiter finds hardest."""
    noise = np.random.default_rng(7).standard_normal(int(24_000 * seconds)) * 0.02
    noise[::1500] = 0.9
    return Clip(key="clicks", sample_rate=24_000, pcm=(noise * 32767).clip(-32767, 32767).astype("<i2").tobytes())


@pytest.fixture
def runs() -> list[Run]:
    press = Press(MemoryBlobs())
    return [press.run(clip_of(text), pause_ms=400, gain_db=0.0) for text in TEXTS]


def whole(laid: Laid) -> bytes:
    return b"".join(laid.pieces)


def packets(data: bytes) -> int:
    with av.open(io.BytesIO(data), mode="r") as container:
        return sum(1 for packet in container.demux(audio=0) if packet.size)


def test_joined_runs_decode_bit_for_bit_as_they_do_alone(runs: list[Run]) -> None:
    alone = np.concatenate([encode.decode(run.frames)[0] for run in runs])
    joined, rate = encode.decode(whole(lay(runs)))
    assert rate == 24_000
    assert np.array_equal(joined[-len(alone) :], alone)


@pytest.mark.parametrize("pause_ms", [0, 30, 350, 1200])
def test_a_pause_is_silent_and_has_its_length(pause_ms: int) -> None:
    press = Press(MemoryBlobs())
    bare = press.run(clip_of(TEXTS[0]), pause_ms=0, gain_db=0.0)
    run = press.run(clip_of(TEXTS[0]), pause_ms=pause_ms, gain_db=0.0)
    assert run.frame_count - bare.frame_count == pytest.approx(pause_ms / encode.FRAME_MS, abs=1)
    assert len(run.energies) == run.frame_count
    heard = encode.decode_run(run.frames)
    assert len(heard) == run.frame_count * 576
    end = round(run.speech_seconds * 24_000) + encode.DELAY_SAMPLES
    assert not np.abs(heard[end + 2 * 576 :]).max(initial=0) > 1e-4
    again = loudness.frame_energies(heard)
    assert np.allclose(again, run.energies, atol=1e-9)


def test_a_run_is_heard_as_ffmpeg_decodes_it(runs: list[Run]) -> None:
    for run in runs:
        ours, theirs = encode.decode_run(run.frames), encode.decode(run.frames)[0]
        assert len(ours) == len(theirs) > 10_000
        assert np.abs(ours - theirs).max() <= 2 / 32768


@pytest.mark.parametrize("frames", [b"", b"no frames at all", bytes(encode.FRAME_BYTES), b"frame" * 1_000])
def test_what_is_no_run_is_refused(frames: bytes) -> None:
    with pytest.raises(AudioError, match="could not be decoded"):
        encode.decode_run(frames)


def test_the_length_is_exactly_the_frames(runs: list[Run]) -> None:
    laid = lay(runs)
    assert laid.frame_count == sum(run.frame_count for run in runs) == packets(whole(laid))
    assert laid.seconds == pytest.approx(laid.frame_count * 576 / 24_000)
    with av.open(io.BytesIO(whole(laid)), mode="r") as container:
        assert container.duration / av.time_base == pytest.approx(laid.seconds, abs=0.03)


def test_the_info_frame_tells_the_true_number_of_frames_and_bytes(runs: list[Run]) -> None:
    laid = lay(runs)
    info = whole(laid)[:192]
    assert info[13:17] == b"Info"
    assert int.from_bytes(info[21:25]) == laid.frame_count
    assert int.from_bytes(info[25:29]) == len(whole(laid))


def test_a_run_is_made_once_and_a_damaged_one_is_a_miss() -> None:
    blobs = MemoryBlobs()
    press = Press(blobs)
    clip = clip_of(TEXTS[0])
    assert press.known(clip.key, pause_ms=400, gain_db=1.0) is None
    made = press.run(clip, pause_ms=400, gain_db=1.0)
    known = press.known(clip.key, pause_ms=400, gain_db=1.0)
    assert known is not None
    assert known.frames == made.frames
    assert np.array_equal(known.energies, made.energies)
    assert known.marks == made.marks
    assert len(made.marks) == len(clip.marks) == 5
    assert press.known(clip.key, pause_ms=500, gain_db=1.0) is None
    assert press.known(clip.key, pause_ms=400, gain_db=2.0) is None
    (name, whole), *_ = blobs.held.items()
    for place in {*range(300), *range(0, len(whole), 97), *range(len(whole) - 100, len(whole))}:
        for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
            blobs.held[name] = damaged
            assert press.known(clip.key, pause_ms=400, gain_db=1.0) is None, place
    blobs.held[name] = sealed(name, b"{}\nof another version")
    assert press.known(clip.key, pause_ms=400, gain_db=1.0) is None


def test_a_run_under_the_name_of_another_is_a_miss() -> None:
    blobs = MemoryBlobs()
    press = Press(blobs)
    for text in TEXTS[:2]:
        press.run(clip_of(text), pause_ms=400, gain_db=1.0)
    (one, run), (other, other_run) = blobs.held.items()
    blobs.held |= {one: other_run, other: run}
    assert [press.known(text, pause_ms=400, gain_db=1.0) for text in TEXTS[:2]] == [None, None]


@pytest.mark.parametrize("gain_db", [-6.0, 0.0, 4.0])
def test_loudness_agrees_with_another_meter(runs: list[Run], gain_db: float) -> None:
    press = Press(MemoryBlobs())
    laid = lay([press.run(clip_of(text), pause_ms=700, gain_db=gain_db) for text in TEXTS])
    samples, rate = encode.decode(whole(laid))
    other = pyloudnorm.Meter(rate).integrated_loudness(samples.astype("float64"))
    assert laid.loudness_lufs == pytest.approx(other, abs=0.15)


def test_silence_has_no_loudness() -> None:
    assert loudness.loudness_lufs(loudness.frame_energies(np.zeros(24_000, np.float32))) == -np.inf
    assert loudness.true_peak_dbtp(np.zeros(100, np.float32)) == -np.inf


@pytest.mark.parametrize("gain_db", [0.0, 10.7, 25.0])
def test_no_peak_reaches_the_limit_after_encoding(gain_db: float) -> None:
    run = Press(MemoryBlobs()).run(clicks(), pause_ms=300, gain_db=gain_db)
    heard = encode.decode_run(run.frames)
    oversampled = 20 * np.log10(np.abs(resample_poly(heard, 8, 1)).max())
    assert oversampled <= loudness.MAX_TRUE_PEAK_DBTP + 0.05
    assert run.true_peak_dbtp == pytest.approx(oversampled, abs=0.2)


def test_what_the_codec_adds_below_the_limiter_is_held_too() -> None:
    """A square wave overshoots by decibels when it is encoded, far below where the limiter begins."""
    sound = np.sign(np.sin(np.arange(24_000) * 0.35)) * 10 ** (-4.0 / 20)
    clip = Clip(key="square", sample_rate=24_000, pcm=(sound * 32_767).astype("<i2").tobytes())
    run = Press(MemoryBlobs()).run(clip, pause_ms=300, gain_db=0.0)
    assert run.true_peak_dbtp <= loudness.MAX_TRUE_PEAK_DBTP


def test_the_limiter_never_passes_its_ceiling_and_leaves_quiet_sound_alone() -> None:
    rng = np.random.default_rng(3)
    sound = (rng.standard_normal(24_000) * 0.3).astype(np.float32)
    ceiling = 10 ** (loudness.CEILING_DBFS / 20)
    assert np.abs(loudness.Leveller(sound).levelled(12.0)).max() <= ceiling * 1.0001
    quiet = sound * np.float32(0.05)
    assert np.array_equal(loudness.Leveller(quiet).levelled(0.0), quiet)


@pytest.mark.parametrize("size", [1, 7, 191, 192, 193, 5000])
def test_the_moving_minimum_is_the_minimum_of_the_window(size: int) -> None:
    values = np.random.default_rng(size).random(size).astype(np.float32)
    expected = [values[max(0, n - 20) : n + 21].min() for n in range(size)]
    assert np.array_equal(loudness._moving_minimum(values, 20), np.array(expected, np.float32))


def edges(samples: NDArray[np.float32]) -> tuple[float, float]:
    loud = np.flatnonzero(np.abs(samples) > 10 ** (-45 / 20))
    return loud[0] / 24_000, (len(samples) - loud[-1]) / 24_000


def test_edges_are_trimmed_and_the_pause_is_added() -> None:
    quiet = np.zeros(24_000, "<i2").tobytes()
    clip = clip_of(TEXTS[0])
    padded = Clip(key="x", sample_rate=24_000, pcm=quiet + clip.pcm + quiet)
    found = segments.trimmed(padded, 500)
    lead, tail = edges(found.samples)
    assert lead < 0.12
    assert 0.5 <= tail < 0.75
    assert found.cut_seconds == pytest.approx(1.0 - segments.LEAD_MS / 1000, abs=0.01)
    assert found.speech_seconds == pytest.approx(clip.seconds, abs=0.3)


@pytest.mark.parametrize("lead_seconds", [0.0, 0.03, 0.5, 1.234])
@pytest.mark.parametrize("rate", [24_000, 22_050, 44_100])
def test_marks_move_with_what_is_cut_away(lead_seconds: float, rate: int) -> None:
    """In the decoded run each tone swells from where its mark says, whatever lay before it and at whatever rate."""
    clip = clip_of(TEXTS[0], rate=rate)
    marks = [
        replace(m, start_seconds=m.start_seconds + lead_seconds, end_seconds=m.end_seconds + lead_seconds)
        for m in clip.marks
    ]
    padded = replace(clip, pcm=bytes(round(lead_seconds * rate) * 2) + clip.pcm, marks=tuple(marks))
    run = Press(MemoryBlobs()).run(padded, pause_ms=400, gain_db=0.0)
    heard = np.abs(encode.decode_run(run.frames)[encode.DELAY_SAMPLES :])
    assert len(run.marks) == 5
    for mark in run.marks:
        middle = (mark.start_seconds + mark.end_seconds) / 2
        inside = heard[round(mark.start_seconds * 24_000) : round(mark.end_seconds * 24_000)].astype("float64")
        centre = mark.start_seconds + float(np.average(np.arange(len(inside)), weights=inside**2)) / 24_000
        assert centre == pytest.approx(middle, abs=0.006)
        edge = heard[
            max(0, round((mark.start_seconds - 0.003) * 24_000)) : round((mark.start_seconds + 0.003) * 24_000)
        ]
        assert edge.max() < 0.1, "between two tones it is quiet"


def test_marks_stay_inside_the_speech() -> None:
    """A mark that reaches into silence which was cut away ends with the speech."""
    clip = clip_of(TEXTS[0])
    late = replace(clip, marks=(replace(clip.marks[-1], end_seconds=9.0),))
    run = Press(MemoryBlobs()).run(late, pause_ms=100, gain_db=0.0)
    assert run.marks[0].end_seconds == run.speech_seconds


def test_another_sample_rate_is_brought_to_ours() -> None:
    press = Press(MemoryBlobs())
    ours = press.run(clip_of(TEXTS[0]), pause_ms=300, gain_db=0.0)
    theirs = press.run(clip_of(TEXTS[0], rate=22_050), pause_ms=300, gain_db=0.0)
    assert theirs.frame_count == pytest.approx(ours.frame_count, abs=1)


@pytest.mark.parametrize("data", [b"", b"not sound", b"\xff\xf3\x84\xc4" * 3])
def test_broken_sound_is_an_audio_error(data: bytes) -> None:
    with pytest.raises(AudioError):
        samples, _ = encode.decode(data)
        if not samples.size:
            raise AudioError


def sentence(n: int) -> Sentence:
    return Sentence(
        id=f"s{n}", written=f"W{n}", spoken="w", language="en", kind=BlockKind.PARAGRAPH, block=0, pause_ms=400
    )


def test_the_time_line_says_where_the_sound_really_is(runs: list[Run]) -> None:
    lengths = [
        RunLength(sentence=sentence(n), frames=run.frame_count, speech_seconds=run.speech_seconds)
        for n, run in enumerate(runs)
    ]
    heard = encode.decode(whole(lay(runs)))[0]
    heard = heard[len(heard) - sum(run.frame_count for run in runs) * 576 :]
    for cue in cues(lengths):
        inside = heard[int(cue.start * 24_000) : int(cue.end * 24_000)]
        lead, tail = edges(inside)
        assert lead < 0.1
        assert tail < 0.16
        before = heard[int((cue.start - 0.1) * 24_000) : int((cue.start - 0.005) * 24_000)]
        assert not before.size or np.abs(before).max() < 0.02


def test_chapters_lie_end_to_end() -> None:
    chapters = [(Chapter(number=n, title=f"T{n}", sentences=()), frames) for n, frames in ((1, 100), (2, 50))]
    found = marks(chapters)
    assert [(m.number, m.start, m.end) for m in found] == [(1, 0.0, 2.4), (2, 2.4, 3.6)]


def test_the_words_of_a_sentence_have_its_place_in_the_chapter_and_in_the_whole() -> None:
    words = (
        Mark(start=0, end=3, start_seconds=0.06, end_seconds=0.31),
        Mark(start=4, end=10, start_seconds=0.31, end_seconds=1.0),
    )
    length = RunLength(sentence=sentence(1), frames=100, speech_seconds=1.2, words=words)
    chapter = cues([length, length])
    whole = moved(chapter, frames=1000)
    delay = encode.DELAY_SAMPLES / 24_000
    for cue, frames in zip((*chapter, *whole), (0, 100, 1000, 1100), strict=True):
        assert [(w.start, w.end) for w in cue.words] == [(0, 3), (4, 10)]
        starts = [w.start_seconds for w in cue.words]
        assert starts == pytest.approx([frames * 0.024 + delay + s for s in (0.06, 0.31)], abs=0.001)
        assert cue.words[1].end_seconds == pytest.approx(frames * 0.024 + delay + 1.0, abs=0.001)
    assert cues([RunLength(sentence=sentence(1), frames=100, speech_seconds=1.2)])[0].words == ()
