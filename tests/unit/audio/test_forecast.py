"""How long something will sound, before anybody has spoken it."""

from __future__ import annotations

import pytest

from voice_app.audio.encode import FRAME_SECONDS
from voice_app.audio.forecast import SECONDS_A_CHARACTER, Pace, seconds_of


def test_a_pace_is_a_guess_at_first_and_then_what_was_heard() -> None:
    pace, text = Pace(), "A sentence of some length."
    assert pace.speech_seconds(text) == pytest.approx(len(text) * SECONDS_A_CHARACTER)
    for _ in range(400):
        pace.learn(text, 3.0)
    assert pace.speech_seconds(text) == pytest.approx(3.0, rel=0.03)
    assert pace.speech_seconds(text * 2) == pytest.approx(6.0, rel=0.03)


def test_one_odd_sentence_does_not_spoil_the_guess() -> None:
    pace = Pace()
    pace.learn("No.", 2.0)
    assert pace.speech_seconds("x" * 100) < 1.2 * 100 * SECONDS_A_CHARACTER


@pytest.mark.parametrize(("speech", "pause_ms"), [(0.0, 0), (1.234, 350), (9.9, 1200)])
def test_a_run_is_a_whole_number_of_frames_and_a_little_longer_than_its_sound(speech: float, pause_ms: int) -> None:
    seconds = seconds_of(speech, pause_ms)
    assert seconds / FRAME_SECONDS == pytest.approx(round(seconds / FRAME_SECONDS))
    assert 0 < seconds - speech - pause_ms / 1000 < 4 * FRAME_SECONDS
