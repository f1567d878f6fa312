"""The level of every sentence, and what stands before and around it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.metering import ebur128_lufs
from voice_app.audio import earcons, encode, loudness, segments
from voice_app.audio.press import Press, Run, heralded, lay
from voice_app.audio.timeline import RunLength, cues
from voice_app.model import BlockKind, Clip, Earcon, Sentence, SpeakRequest
from voice_app.testing import MemoryBlobs, TickEngine

SOUNDS = [earcon for earcon in Earcon if earcon]


def clip(text: str, *, scale: float = 1.0) -> Clip:
    samples = TickEngine().speak(SpeakRequest(text=text, language="en", voice="tock")).samples * scale
    return Clip(key=f"{text}{scale}", sample_rate=24_000, pcm=(samples * 32767).astype("<i2").tobytes())


def joined(runs: Sequence[Run]) -> bytes:
    return b"".join(lay(runs).pieces)


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.4])
def test_a_sentence_that_is_softer_or_louder_than_its_voice_is_brought_to_the_level(scale: float) -> None:
    press = Press(MemoryBlobs())
    usual = [clip("Good morning to you all."), clip("Nobody could remember such a quiet winter.")]
    gain_db = press.calibrated_gain_db(usual)
    odd = clip("The platform is already full of people.", scale=scale)
    runs = [press.run(each, pause_ms=700, gain_db=gain_db) for each in (*usual, odd)]
    assert ebur128_lufs(joined(runs)) == pytest.approx(loudness.TARGET_LUFS, abs=0.5)
    assert ebur128_lufs(joined(runs[2:] * 3)) == pytest.approx(loudness.TARGET_LUFS, abs=0.5)


def test_a_whisper_far_below_its_voice_is_raised_by_no_more_than_the_limit() -> None:
    press = Press(MemoryBlobs())
    gain_db = press.calibrated_gain_db([clip("Good morning to you all.")])
    whisper = lay([press.run(clip("Good morning to you all.", scale=0.1), pause_ms=700, gain_db=gain_db)])
    assert whisper.loudness_lufs == pytest.approx(loudness.TARGET_LUFS - 20 + loudness.MAX_CORRECTION_DB, abs=0.7)


def test_the_level_of_a_sentence_does_not_depend_on_its_pause() -> None:
    press = Press(MemoryBlobs())
    shortest, longest = (press.run(clip("The kettle is on."), pause_ms=each, gain_db=0.0) for each in (96, 1920))
    speech = shortest.frame_count - 4
    assert longest.frames[: speech * encode.FRAME_BYTES] == shortest.frames[: speech * encode.FRAME_BYTES]


@pytest.mark.parametrize("pitch_hz", [200, 1000, 6000])
def test_what_is_encoded_is_decoded_at_the_level_it_had(pitch_hz: int) -> None:
    tone = (0.5 * np.sin(2 * np.pi * pitch_hz * np.arange(24_000) / 24_000)).astype(np.float32)
    heard = encode.decode_run(encode.encode_run(tone))[4_000:20_000]
    assert 20 * np.log10(heard.std() / tone.std()) == pytest.approx(0.0, abs=0.05)


def test_a_soft_consonant_at_the_edge_is_kept_and_the_noise_before_it_is_not() -> None:
    rng = np.random.default_rng(5)
    vowel = 0.4 * np.sin(2 * np.pi * 220 * np.arange(12_000) / 24_000)
    consonant = rng.standard_normal(2_880) * 10 ** (-45 / 20)  # 120 ms of an f, 34 dB below the vowel
    noise = rng.standard_normal(8_000) * 10 ** (-75 / 20)
    sound = np.concatenate([noise, consonant, vowel, consonant, noise])
    trimmed = segments.trimmed(Clip(key="f", sample_rate=24_000, pcm=(sound * 32767).astype("<i2").tobytes()), 0)
    spoken = (len(vowel) + 2 * len(consonant)) / 24_000
    assert trimmed.speech_seconds == pytest.approx(spoken + (segments.LEAD_MS + segments.TAIL_MS) / 1000, abs=0.025)
    assert 20 * np.log10(np.sqrt((trimmed.samples[1_600:3_600] ** 2).mean())) > -48


# -- earcons ------------------------------------------------------------------------------------


def largest_step(samples: NDArray[np.float32]) -> float:
    return float(np.abs(np.diff(samples)).max())


@pytest.mark.parametrize("earcon", SOUNDS)
def test_an_earcon_is_short_soft_and_silent_at_its_ends(earcon: Earcon) -> None:
    sound = earcons.sound(earcon)
    assert len(sound) % loudness.FRAME_SAMPLES == 0
    assert len(sound) / loudness.RATE_HZ < 0.45
    level = loudness.loudness_lufs(loudness.frame_energies(sound))
    assert level == pytest.approx(earcons.LEVEL_LUFS, abs=0.1)
    assert earcons.LEVEL_LUFS < loudness.TARGET_LUFS
    assert np.abs(sound[:24]).max() < 0.03 * np.abs(sound).max()  # it begins softly
    assert np.abs(sound[-240:]).max() < 0.03 * np.abs(sound).max()
    assert largest_step(sound) < 0.2  # half of what is usual in speech


def test_earcons_differ() -> None:
    sounds = [earcons.sound(earcon).tobytes() for earcon in SOUNDS]
    assert len(set(sounds)) == len(SOUNDS)


@pytest.fixture
def spoken() -> list[Run]:
    press = Press(MemoryBlobs())
    return [press.run(clip(text), pause_ms=700, gain_db=0.0) for text in ("Good morning.", "The quay", "It is deep.")]


@pytest.mark.parametrize("earcon", SOUNDS)
def test_with_an_earcon_the_speech_keeps_its_very_bytes_and_no_join_clicks(earcon: Earcon, spoken: list[Run]) -> None:
    first, heading, last = spoken
    sounding = heralded(heading, earcon)
    assert sounding.frames.endswith(heading.frames)
    alone = [encode.decode(run.frames)[0] for run in (first, sounding, last)]
    decoded, _ = encode.decode(joined([first, sounding, last]))
    whole = np.concatenate(alone)
    heard = decoded[-len(whole) :]
    assert np.array_equal(heard, whole)
    inside = max(largest_step(each) for each in alone)
    starts = [0, len(alone[0]), len(alone[0]) + sounding.lead_frames * 576, len(alone[0]) + len(alone[1])]
    assert max(largest_step(heard[max(0, at - 2) : at + 2]) for at in starts) < min(0.001, inside)


def test_the_time_line_is_where_the_speech_is_and_not_its_earcon(spoken: list[Run]) -> None:
    runs = [spoken[0], heralded(spoken[1], Earcon.SECTION), spoken[2]]
    sentences = [
        Sentence(id=f"s{n}", written="w", spoken="w", language="en", kind=BlockKind.PARAGRAPH, block=0, pause_ms=700)
        for n in range(3)
    ]
    lengths = [
        RunLength(
            sentence=sentence,
            frames=run.frame_count,
            speech_seconds=run.speech_seconds,
            lead_frames=run.lead_frames,
        )
        for sentence, run in zip(sentences, runs, strict=True)
    ]
    heard = np.concatenate([encode.decode(run.frames)[0] for run in runs])
    alone = [encode.decode(run.frames)[0] for run in spoken]
    for cue, run, own in zip(cues(lengths), spoken, alone, strict=True):
        speech = own[encode.DELAY_SAMPLES :][: round(run.speech_seconds * 24_000)]
        at = round(cue.start * 24_000)  # times are rounded to a tenth of a millisecond
        assert any(np.array_equal(heard[at + off :][: len(speech)], speech) for off in (-2, -1, 0, 1, 2))


def test_earcons_leave_the_level_of_a_chapter_alone(spoken: list[Run]) -> None:
    press = Press(MemoryBlobs())
    gain_db = press.calibrated_gain_db([clip("Good morning to you all.")])
    runs = [press.run(clip(text), pause_ms=700, gain_db=gain_db) for text in ("The quay", "It is old and deep.")]
    sounding = [heralded(runs[0], Earcon.SECTION), runs[1]]
    assert lay(sounding).loudness_lufs == pytest.approx(loudness.TARGET_LUFS, abs=0.5)
