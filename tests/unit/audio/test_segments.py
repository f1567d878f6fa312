from __future__ import annotations

import numpy as np
import pytest
from pydub import AudioSegment
from pydub.silence import detect_leading_silence

from voice_app.audio.segments import _leading_silence_ms

LIMIT_DBFS = -50.0


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000])
@pytest.mark.parametrize("seconds", [0.0, 0.004, 0.237, 1.0])
def test_silence_is_found_where_pydub_finds_it(rate_hz: int, seconds: float) -> None:
    rng = np.random.default_rng(3)
    quiet = rng.normal(0, 60, round(seconds * rate_hz))  # 5 dB below the limit
    levels = np.concatenate([quiet, rng.normal(0, 2000, rate_hz // 3)]).astype("<i2")
    sound = AudioSegment(data=levels.tobytes(), sample_width=2, frame_rate=rate_hz, channels=1)
    assert _leading_silence_ms(levels, rate_hz, LIMIT_DBFS) == detect_leading_silence(
        sound, silence_threshold=LIMIT_DBFS
    )


def test_silence_all_through_is_as_long_as_the_clip() -> None:
    assert _leading_silence_ms(np.zeros(2_400, np.int16), 24_000, LIMIT_DBFS) == 100
    assert _leading_silence_ms(np.zeros(0, np.int16), 24_000, LIMIT_DBFS) == 0
