"""What can be set about the sound, and what cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_app.config import Narration, load
from voice_app.errors import ConfigError


def test_pauses_earcons_and_voices_are_settings(tmp_path: Path) -> None:
    file = tmp_path / "voice_app.toml"
    file.write_text('[narration]\npauses = 1.5\nearcons = true\nquote_voice = "espeak/en-gb"\n')
    found = load(environ={"VOICE_APP_NARRATION__FALLBACK_VOICE": ""}, file=file).narration
    assert found == Narration(pauses=1.5, earcons=True, quote_voice="espeak/en-gb", fallback_voice="")


@pytest.mark.parametrize(
    ("key", "value"),
    [("rate", 0.4), ("rate", 2.1), ("pauses", 0), ("pauses", 3), ("pauses", "nan"), ("rate", "inf")],
)
def test_a_pace_or_a_pause_out_of_range_is_refused_with_the_range(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(ConfigError, match=rf"narration\.{key} cannot be .* between 0\.5 and 2\.\d"):
        load(flags={f"narration.{key}": value}, environ={}, file=tmp_path / "none.toml")


@pytest.mark.parametrize("value", [0.5, 1, 2.0])
def test_both_ends_of_a_range_are_in_it(tmp_path: Path, value: float) -> None:
    flags = {"narration.rate": value, "narration.pauses": value}
    assert load(flags=flags, environ={}, file=tmp_path / "none.toml").narration.rate == value
