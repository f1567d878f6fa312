from __future__ import annotations

import numpy as np
import pytest
from pydub import AudioSegment
from pydub.silence import detect_leading_silence

from voice_app.audio.segments import LOOK_MS, SILENCE_BELOW_DB, _sounding_ms


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000])
@pytest.mark.parametrize("before_seconds", [0.0, 0.004, 0.237, 1.0])
@pytest.mark.parametrize("after_seconds", [0.0, 0.31, 30.0])
def test_silence_is_found_where_pydub_finds_it(rate_hz: int, before_seconds: float, after_seconds: float) -> None:
    rng = np.random.default_rng(3)
    before, after = (rng.normal(0, 2, round(seconds * rate_hz)) for seconds in (before_seconds, after_seconds))
    levels = np.concatenate([before, rng.normal(0, 4000, rate_hz // 3), after]).astype("<i2")
    sound = AudioSegment(data=levels.tobytes(), sample_width=2, frame_rate=rate_hz, channels=1)
    limit_dbfs = sound.dBFS - SILENCE_BELOW_DB
    start_ms, end_ms = _sounding_ms(levels, rate_hz)
    assert start_ms == pytest.approx(detect_leading_silence(sound, silence_threshold=limit_dbfs), abs=LOOK_MS)
    theirs_ms = len(sound) - detect_leading_silence(sound.reverse(), silence_threshold=limit_dbfs)
    assert end_ms == pytest.approx(theirs_ms, abs=LOOK_MS + 1)


@pytest.mark.parametrize("count", [0, 7, 2_400])
def test_silence_all_through_is_all_kept(count: int) -> None:
    start_ms, end_ms = _sounding_ms(np.zeros(count, np.int16), 24_000)
    assert start_ms == 0
    assert end_ms >= count / 24
