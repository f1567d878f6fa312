"""The promise of the level, kept by real voices: every chapter at -16 LUFS, and no peak that a player would cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.signal import resample_poly

from tests.conftest import require
from tests.metering import ebur128_lufs
from voice_app.audio import encode
from voice_app.audio.loudness import TARGET_LUFS
from voice_app.config import load
from voice_app.wiring import build

TOLERANCE_LU = 0.5
SHORT_SECONDS = 6.0  # in a shorter chapter a meter hears mostly pauses
# Short chapters, single words, questions and lists are the hard case; long paragraphs are the easy one.
NOTICES = """# Notices for the week

The week begins with a fair and ends with a storm, if the forecast is right.

## Monday

The library opens at nine. Bring your card!

## Tuesday

Bins are collected. Please put them out before seven, and not the night before: the gulls have learnt how lids work.

## Wednesday

- Choir practice
- Swimming
- Soup

> Nobody sings well on an empty stomach, the old choirmaster used to say.

## Thursday

Is there school? No. Will there be school on Friday? Nobody has told us yet, and it is not for want of asking.
"""
WALK = """# A walk without a map

There is a particular kind of tiredness that comes from always knowing where one is. Last spring I left the telephone
on the kitchen table, next to the pears, and took the wrong turn at the mill, which I have passed a hundred times.

## What happened

I came out above the valley, at a place where the river makes a loop so tight that it almost touches itself. A man was
mending a fence there. It rained; I have seldom been so wet, or so pleased.
"""


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"narration.earcons": True},
        pytest.param({"narration.voice": "espeak/en-gb"}, marks=pytest.mark.outside),
        pytest.param({"narration.heading_voice": "espeak/en-gb"}, marks=pytest.mark.outside),
    ],
    ids=["hibari", "earcons", "espeak", "two voices"],
)
def test_every_chapter_has_the_level_and_no_peak_is_cut(tmp_path: Path, settings: dict[str, object]) -> None:
    if any("espeak" in str(value) for value in settings.values()):
        require("espeak-ng")
    flags = settings | {"paths.cache": tmp_path / "cache", "paths.content": tmp_path / "content"}
    studio = build(load(flags=flags, environ={}, file=tmp_path / "none.toml"))
    for text in (NOTICES, WALK):
        made = studio.narrate(studio.read(studio.pasted(text.encode())), tmp_path)
        assert not made.audio.failed
        assert not made.audio.stood_in
        assert len(made.audio.chapters) > 1
        for file, seconds in [
            (made.audio.file, made.audio.seconds),
            *((c.file, c.seconds) for c in made.audio.chapters),
        ]:
            data = (tmp_path / file).read_bytes()
            heard, _ = encode.decode(data)
            assert 20 * np.log10(np.abs(resample_poly(heard, 4, 1)).max()) <= -1.0
            if seconds > SHORT_SECONDS:
                assert ebur128_lufs(data) == pytest.approx(TARGET_LUFS, abs=TOLERANCE_LU), file
