"""How articles are read, as a setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_app.config import load
from voice_app.errors import ConfigError
from voice_app.model import Manner, Style


def test_the_defaults_are_those_of_the_model(tmp_path: Path) -> None:
    assert load(environ={}, file=tmp_path / "none.toml").reading == Style()


@pytest.mark.parametrize("word", ["left-out", "left out", "LEFT_OUT"])
def test_manners_are_understood_from_file_and_environment(tmp_path: Path, word: str) -> None:
    file = tmp_path / "voice_app.toml"
    file.write_text(f'[reading]\ncode = "{word}"\n')
    found = load(environ={"VOICE_APP_READING__NOTES": "read"}, file=file).reading
    assert (found.code, found.notes) == (Manner.LEFT_OUT, Manner.READ)


@pytest.mark.parametrize(
    ("kind", "word", "told"),
    [
        ("code", "reed", "Did you mean read?"),
        ("code", "leftout", "Did you mean left-out?"),
        ("headings", "left-out", "it is one of read, named"),
        ("cod", "read", "Did you mean reading.code?"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_hint(tmp_path: Path, kind: str, word: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told.replace("?", r"\?")):
        load(flags={f"reading.{kind}": word}, environ={}, file=tmp_path / "none.toml")
