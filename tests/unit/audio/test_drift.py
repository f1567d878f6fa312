"""Word times against the decoded sound: `make bench-drift` does the same over an hour."""

from __future__ import annotations

import pytest

from tests.bench.drift import narrated, tick_blocks, tick_errors
from voice_app.testing import TickEngine

MINUTES = 10.0  # each of two chapters
MAX_DRIFT_SECONDS = 0.05  # the promise over an hour


def test_every_word_sounds_when_its_time_says_in_the_chapter_and_in_the_whole_file() -> None:
    for _, data, cues in narrated(TickEngine, "tick/tock", tick_blocks(MINUTES)):
        assert cues[-1].end >= MINUTES * 60
        errors = tick_errors(data, cues)
        assert len(errors) > MINUTES * 100
        assert max(map(abs, errors)) < 0.005, "far below the promise, as nothing in it is measured"
        assert errors[-1] == pytest.approx(errors[0], abs=MAX_DRIFT_SECONDS / 10)
